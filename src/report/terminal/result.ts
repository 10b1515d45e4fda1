import { type Assessment, SEVERITIES } from '../../model/index.js';
import { formatCount, formatMoment, plural } from '../../text/format.js';
import { wrap } from '../../text/wrap.js';
import type { Glance } from '../text/glance.js';
import { organisationText } from '../text/organisation-text.js';
import { SEVERITY_WORDS } from '../text/words.js';
import { subjectsText } from '../view/summary.js';
import type { Paint } from './paint.js';

/** Returns who was audited, and the result in subjects and checks; what is undecided first if it is most. */
export function resultLines(
  assessment: Assessment,
  { mostUndecided, failures, others, changes, merged, exceptions, unrecognised, checks }: Glance,
  paint: Paint,
  width: number,
): string[] {
  const { plan, policies } = assessment;
  const examined = `${subjectsText(assessment) || 'No subjects'}; ${plural(policies.length, 'policy', 'policies')}.`;
  const sentences = [mostUndecided, failures].filter((text) => text !== null);
  return [
    ...wrap(`${organisationText(plan)}, as of ${formatMoment(plan.asOf)}`, width).map(paint.bold),
    ...wrap(examined, width),
    '',
    ...sentences.flatMap((text) => wrap(text, width)).map(paint.bold),
    ...[others, changes, merged, exceptions].flatMap((text) => (text === null ? [] : wrap(text, width))),
    ...(unrecognised === null ? [] : wrap(unrecognised, width).map((line) => paint.warn(line))),
    ...wrap(checks, width),
    ...severityLines(assessment, paint, width),
  ];
}

/** Returns the failures by severity in one line, or, if it does not fit, one line each. */
function severityLines({ severities, outcomes }: Assessment, paint: Paint, width: number): string[] {
  if (outcomes.fail === 0) return [];
  const counts = SEVERITIES.map((severity) => ({
    paint: severities[severity] > 0 ? paint.severity[severity] : paint.dim,
    text: `${formatCount(severities[severity])} ${SEVERITY_WORDS[severity].toLowerCase()}`,
  }));
  const line = (parts: readonly string[]): string => `Failed by severity: ${parts.join(', ')}`;
  const painted = counts.map((count) => count.paint(count.text));
  return line(counts.map(({ text }) => text)).length <= width
    ? [line(painted)]
    : ['Failed by severity:', ...painted.map((part) => `  ${part}`)];
}
