import {
  type Assessment,
  type FrameworkResult,
  type Incomplete,
  SEVERITIES,
  type Severity,
  SUBJECT_WORDS,
  VERDICTS,
} from '../model/index.js';
import { formatCount, formatMoment } from '../text/format.js';
import { printable } from './text/printable.js';
import { scopeLines } from './text/scope-lines.js';
import { SEVERITY_WORDS } from './text/words.js';
import { failedText } from './view/policy-view.js';
import { topRisks } from './view/risks.js';
import { checkCount, headline, subjectsText } from './view/summary.js';

/** How the summary is printed. */
export type SummaryOptions = {
  /** Folder of the evidence pack; null if none was written. */
  output: string | null;
  /** Whether to use ANSI colours. */
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Outputs that could not be written; none by default. */
  unwritten?: readonly Incomplete[];
};

type Style = (text: string) => string;
type Paint = { bold: Style; dim: Style; warn: Style; severity: { readonly [S in Severity]: Style } };

const MOST_RISKS = 5;
const LONGEST_MESSAGE = 400;

/**
 * Returns what a terminal shows after an audit: the result, frameworks, worst risks, what is incomplete and the
 * pack's folder.
 */
export function renderSummaryText(original: Assessment, options: SummaryOptions): string {
  const { unwritten = [] } = options;
  const assessment = printable(
    { ...original, incomplete: [...original.incomplete, ...unwritten] },
    LONGEST_MESSAGE,
  );
  const width = Math.max(40, Math.min(options.width, 100));
  const paint = painter(options.color);
  const blocks = [
    headBlock(assessment, paint, width),
    scopeBlock(assessment, paint, width),
    ...assessment.frameworks.map((framework) => frameworkBlock(framework, paint, width)),
    riskBlock(assessment, paint, width),
    incompleteBlock(assessment, paint, width),
    packBlock(options.output, paint),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function headBlock(assessment: Assessment, paint: Paint, width: number): string[] {
  const { plan, outcomes, policies } = assessment;
  const undecided = outcomes['no-evidence'] + outcomes.error;
  const counts = [
    `${formatCount(checkCount(assessment))} checks`,
    `${formatCount(outcomes.fail)} failed`,
    `${formatCount(outcomes.pass)} passed`,
    `${formatCount(undecided)} undecided`,
    `${formatCount(outcomes['not-applicable'])} not applicable`,
  ];
  return [
    paint.bold(`${plan.organisation}, as of ${formatMoment(plan.asOf)}`),
    ...wrap(`${subjectsText(assessment) || 'No subjects'}; ${formatCount(policies.length)} policies.`, width),
    '',
    ...wrap(headline(assessment), width).map(paint.bold),
    ...wrap(`${counts.join(', ')}.`, width),
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

function scopeBlock({ plan }: Assessment, paint: Paint, width: number): string[] {
  const lines = scopeLines(plan).flatMap((line) => wrap(line, width - 2, '  '));
  return [paint.bold('Taken as given'), ...lines.map((line) => `  ${line}`)];
}

function frameworkBlock(framework: FrameworkResult, paint: Paint, width: number): string[] {
  const { title, version, verdicts, vocabulary, controls } = framework;
  const digits = formatCount(controls.length).length;
  const lines = VERDICTS.filter((verdict) => verdicts[verdict] > 0).flatMap((verdict) =>
    wrap(
      `${formatCount(verdicts[verdict]).padStart(digits)} ${vocabulary[verdict]}`,
      width - 2 - digits,
      ' '.repeat(digits + 1),
    ).map((line) => `  ${line}`),
  );
  const heading = paint.bold(`${title} ${version}: ${formatCount(controls.length)} controls`);
  return [heading, ...lines, ...unknownFacts(framework, width)];
}

function unknownFacts({ undecided }: FrameworkResult, width: number): string[] {
  if (undecided.length === 0) return [];
  const facts = undecided.map(
    ({ field, kind, subjects }) =>
      `${field} (${formatCount(subjects)} ${SUBJECT_WORDS[kind][subjects === 1 ? 0 : 1]})`,
  );
  const text = `Unknown, so that what needs it was not used: ${facts.join(', ')}`;
  return wrap(text, width - 4, '  ').map((line) => `  ${line}`);
}

function riskBlock(assessment: Assessment, paint: Paint, width: number): string[] {
  const risks = topRisks(assessment, MOST_RISKS);
  if (risks.length === 0) return [];
  const lines = risks.flatMap(({ policy, severity }) => {
    const label = SEVERITY_WORDS[severity].padEnd(8);
    const [first = '', ...rest] = wrap(`${failedText(policy)}: ${policy.title} (${policy.id})`, width - 12);
    return [
      `  ${paint.severity[severity](label)}  ${first}`,
      ...rest.map((line) => `${' '.repeat(12)}${line}`),
    ];
  });
  return [paint.bold('Top risks'), ...lines];
}

function incompleteBlock({ incomplete }: Assessment, paint: Paint, width: number): string[] {
  if (incomplete.length === 0) return [];
  const lines = incomplete.slice(0, 10).flatMap(({ message }) => wrap(`- ${message}`, width - 4, '  '));
  const more =
    incomplete.length > 10 ? [`  and ${formatCount(incomplete.length - 10)} more, all in the report`] : [];
  return [paint.warn('This run is incomplete'), ...lines.map((line) => `  ${line}`), ...more];
}

function packBlock(output: string | null, paint: Paint): string[] {
  const where = output === null ? 'No evidence pack was written.' : `Evidence pack: ${paint.bold(output)}`;
  return [where, paint.dim('Indicative; an assessor concludes.')];
}

function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function painter(color: boolean): Paint {
  const style = (code: string) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: style('1'),
    dim: style('2'),
    warn: style('1;33'),
    severity: { critical: style('1;31'), high: style('31'), medium: style('33'), low: style('36') },
  };
}
