import type { JudgedObservation } from '../../index.js';
import { formatCount, start } from '../../text/format.js';
import { markdownText } from '../../text/markdown.js';
import { type ChangedChecks, changedCount } from '../changes.js';
import type { RunReport } from '../run-report.js';
import { leadLine } from './lead.js';
import { CHECK_HEAD, checkRows, countsTable, frameworksTable, table } from './tables.js';

/** How much a text may hold. */
export type Room = {
  /** Bytes in UTF-8. */
  bytes: number;
  /** Rows of a table of checks. */
  rows: number;
};

/** GitHub refuses a step summary of more than 1 MiB as a whole; a little is left for what it adds. */
export const SUMMARY_ROOM: Room = { bytes: 1_000_000, rows: 500 };

/** GitHub refuses a comment of more than 65,536 characters. */
export const COMMENT_ROOM: Room = { bytes: 60_000, rows: 25 };

/**
 * Returns the Markdown of the step summary or of the comment: the lead line, the counts, what is new and fixed or else the worst,
 * the frameworks, and where the pack is. It takes fewer rows until it fits.
 */
export function runMarkdown(report: RunReport, room: Room): string {
  for (let rows = room.rows; rows > 0; rows = Math.floor(rows / 2)) {
    const text = withoutMentions(`${sections(report, rows).join('\n\n')}\n`);
    if (Buffer.byteLength(text) <= room.bytes) return text;
  }
  return `${withoutMentions(start(leadLine(report), room.bytes / 4))}\n`;
}

/** A name in evidence must not notify a person or team of that name on GitHub: a character without width parts it from its `@`. */
function withoutMentions(text: string): string {
  return text.replace(/(?<![\w`])@(?=\w)/g, '@\u200b');
}

function sections(report: RunReport, rows: number): string[] {
  const { changes } = report;
  const checks =
    changes === null
      ? [checksSection('Worst failures', report.worst, report.assessment.outcomes.fail, rows)]
      : [changedSection('New', changes.new, rows), changedSection('Fixed', changes.fixed, rows)];
  const all = [
    [leadLine(report)],
    countsTable(report),
    ...checks,
    [...unclearLine(report)],
    listSection(
      'Incomplete',
      report.incomplete.map(({ message }) => message),
      rows,
    ),
    frameworksTable(report),
    listSection('Notes', report.notes, rows),
    packLines(report),
  ];
  return all.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
}

function changedSection(title: string, checks: ChangedChecks, rows: number): string[] {
  return checksSection(title, checks.examples, changedCount(checks), rows);
}

function checksSection(
  title: string,
  checks: readonly JudgedObservation[],
  all: number,
  rows: number,
): string[] {
  if (all === 0) return [];
  const shown = checks.slice(0, rows);
  const more = all - shown.length;
  const rest = more > 0 ? ['', `${formatCount(more)} more in findings.csv of the evidence pack.`] : [];
  return [`### ${title} (${formatCount(all)})`, '', ...table(CHECK_HEAD, checkRows(shown)), ...rest];
}

function unclearLine({ changes }: RunReport): string[] {
  if (changes === null || changes.unclear === 0) return [];
  return [
    `${formatCount(changes.unclear)} checks that failed before are neither failed nor passed now: waived, without evidence, or their subject is not in the exports. They do not count as fixed.`,
  ];
}

function listSection(title: string, items: readonly string[], rows: number): string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, rows).map((item) => `- ${markdownText(item)}`);
  const more = items.length - shown.length;
  return [`### ${title}`, '', ...shown, ...(more > 0 ? [`- and ${formatCount(more)} more`] : [])];
}

function packLines({ artifact, packSha256, runUrl }: RunReport): string[] {
  const kept =
    artifact === null
      ? 'The evidence pack is not kept as an artifact.'
      : `The evidence pack is the artifact \`${artifact.replace(/`/g, '')}\`${runUrl === null ? '' : ` of [this run](${runUrl}#artifacts)`}; open its index.html.`;
  return [
    `${kept} SHA-256 of its manifest.json: \`${packSha256}\`.`,
    '',
    'Indicative; an assessor concludes.',
  ];
}
