import { type Assessment, SEVERITIES } from '../../model/index.js';
import { formatCount, formatMoment } from '../../text/format.js';
import { wrap } from '../../text/wrap.js';
import type { Glance } from '../text/glance.js';
import { organisationText } from '../text/organisation-text.js';
import { SEVERITY_WORDS } from '../text/words.js';
import { subjectsText } from '../view/summary.js';
import type { Paint } from './paint.js';

/** Returns who was audited, and the result in subjects and checks; what is undecided first if it is most. */
export function resultLines(
  assessment: Assessment,
  { mostUndecided, failures, others, changes, merged, exceptions, checks }: Glance,
  paint: Paint,
  width: number,
): string[] {
  const { plan, policies } = assessment;
  const examined = `${subjectsText(assessment) || 'No subjects'}; ${formatCount(policies.length)} policies.`;
  const sentences = [mostUndecided, failures].filter((text) => text !== null);
  return [
    paint.bold(`${organisationText(plan)}, as of ${formatMoment(plan.asOf)}`),
    ...wrap(examined, width),
    '',
    ...sentences.flatMap((text) => wrap(text, width)).map(paint.bold),
    ...[others, changes, merged, exceptions].flatMap((text) => (text === null ? [] : wrap(text, width))),
    ...wrap(checks, width),
    ...severityLine(assessment, paint),
  ];
}

function severityLine({ severities, outcomes }: Assessment, paint: Paint): string[] {
  if (outcomes.fail === 0) return [];
  const parts = SEVERITIES.map((severity) => {
    const text = `${formatCount(severities[severity])} ${SEVERITY_WORDS[severity].toLowerCase()}`;
    return severities[severity] > 0 ? paint.severity[severity](text) : paint.dim(text);
  });
  return [`Failed by severity: ${parts.join(', ')}`];
}
