import type { Assessment, Incomplete } from '../../model/index.js';
import { formatCount } from '../../text/format.js';
import { wrap } from '../../text/wrap.js';
import { glanceOf } from '../text/glance.js';
import { IN_THE_PART_TESTED, partialInputLines } from '../text/partial-inputs.js';
import { printable } from '../text/printable.js';
import { scopeCountLines } from '../text/scope-counts.js';
import { scopeLines } from '../text/scope-lines.js';
import { endingText, type RunEnd } from './ending.js';
import { actionLines } from './first-actions.js';
import { frameworkDetails, frameworkLines } from './frameworks.js';
import { missingLines } from './missing.js';
import { type Paint, painter } from './paint.js';
import { resultLines } from './result.js';

/** How the summary is printed. */
export type SummaryOptions = {
  /** Folder of the evidence pack; null if none was written. */
  output: string | null;
  /** File of the pack to open first; null if it has none for reading. */
  open?: string | null;
  /** Whether to use ANSI colours. */
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Outputs that could not be written; none by default. */
  unwritten?: readonly Incomplete[];
  /** How the run ended, for the reason of its exit code; left out for a pack that is only read. */
  end?: RunEnd;
  /** Whether to print what was taken as given, every verdict and every reason for incompleteness. */
  verbose?: boolean;
};

const LONGEST_MESSAGE = 400;
const MOST_REASONS = 10;
const MOST_PARTIAL = 3;

/**
 * Returns what a terminal shows after an audit: the result, the first actions, a line for each framework, what would
 * decide most, what is incomplete, the reason of the exit code, and where to look.
 */
export function renderSummaryText(original: Assessment, options: SummaryOptions): string {
  const { unwritten = [], verbose = false } = options;
  const assessment = printable(
    { ...original, incomplete: [...original.incomplete, ...unwritten] },
    LONGEST_MESSAGE,
  );
  const width = Math.max(40, Math.min(options.width, 100));
  const paint = painter(options.color);
  const glance = glanceOf(assessment);
  const blocks = [
    resultLines(assessment, glance, paint, width),
    actionLines(glance, paint, width, assessment.plan.asOf),
    ...(verbose
      ? [
          scopeBlock(assessment, paint, width),
          ...assessment.frameworks.map((one) => frameworkDetails(one, paint, width)),
        ]
      : [frameworkLines(assessment, paint, width)]),
    missingLines(glance, paint, width),
    partialBlock(assessment, paint, width, verbose),
    incompleteBlock(assessment, paint, width, verbose),
    endBlock(assessment, options, paint, width),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function partialBlock(assessment: Assessment, paint: Paint, width: number, verbose: boolean): string[] {
  const lines = partialInputLines(assessment, verbose ? Number.POSITIVE_INFINITY : MOST_PARTIAL);
  if (lines.length === 0) return [];
  const listed = lines.flatMap((line) => wrap(`- ${line}`, width - 4, '  '));
  return [
    ...wrap(IN_THE_PART_TESTED, width).map((line) => paint.warn(line)),
    ...listed.map((line) => `  ${line}`),
  ];
}

function scopeBlock(assessment: Assessment, paint: Paint, width: number): string[] {
  const counts = scopeCountLines(assessment).map(({ label, counts: all }) => `${label}: ${all.join('; ')}`);
  const lines = [...scopeLines(assessment.plan), ...counts].flatMap((line) => wrap(line, width - 2, '  '));
  return [paint.bold('Taken as given'), ...lines.map((line) => `  ${line}`)];
}

function incompleteBlock(
  { incomplete }: Assessment,
  paint: Paint,
  width: number,
  verbose: boolean,
): string[] {
  if (incomplete.length === 0) return [];
  const most = verbose ? incomplete.length : MOST_REASONS;
  const lines = incomplete.slice(0, most).flatMap(({ message }) => wrap(`- ${message}`, width - 4, '  '));
  const rest = incomplete.length - most;
  const more =
    rest > 0
      ? wrap(`  and ${formatCount(rest)} more, all in the report and with --verbose`, width, '  ')
      : [];
  return [paint.warn('This run is incomplete'), ...lines.map((line) => `  ${line}`), ...more];
}

function endBlock(
  assessment: Assessment,
  { output, open, end }: SummaryOptions,
  paint: Paint,
  width: number,
): string[] {
  return [
    ...(end === undefined ? [] : wrap(endingText(assessment, end), width).map(paint.bold)),
    output === null ? 'No evidence pack was written.' : `Evidence pack: ${paint.bold(output)}`,
    ...(open ? [`Open ${paint.bold(open)}`] : []),
    paint.dim('Indicative; an assessor concludes.'),
  ];
}
