import { CAUSE_WORDS, glanceOf } from '../../index.js';
import { formatCount, plural, start } from '../../text/format.js';
import { markdownText } from '../../text/markdown.js';
import { type Causes, type ChangedChecks, type Changes, changedCount } from '../changes.js';
import { missingSentences, missingWords } from '../missing-now.js';
import type { RunReport } from '../run-report.js';
import { leadLine } from './lead.js';
import {
  CHANGE_HEAD,
  CHECK_HEAD,
  changeRows,
  checkRows,
  countsTable,
  frameworksTable,
  table,
} from './tables.js';
import { withoutMentions } from './without-mentions.js';

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

function sections(report: RunReport, rows: number): string[] {
  const { changes } = report;
  const all = [
    [leadLine(report)],
    glanceLines(report),
    countsTable(report),
    ...(changes === null ? [worstSection(report, rows)] : changeSections(changes, rows)),
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

/** Returns what every report says first; what is undecided before all else if it is most. */
function glanceLines({ assessment }: RunReport): string[] {
  const { mostUndecided, failures, others, undecided } = glanceOf(assessment);
  const sentences = [mostUndecided, failures, others, mostUndecided === null ? undecided : null];
  return [sentences.filter((sentence) => sentence !== null).join(' ')];
}

function worstSection({ worst, assessment }: RunReport, rows: number): string[] {
  const { fail } = assessment.outcomes;
  return tableSection('Worst failures', fail, [...CHECK_HEAD], checkRows(worst.slice(0, rows)));
}

function changeSections(changes: Changes, rows: number): string[][] {
  const section = (title: string, checks: ChangedChecks) => {
    const shown = changeRows(checks.examples.slice(0, rows));
    const lines = tableSection(title, changedCount(checks), [...CHANGE_HEAD], shown);
    return lines.length === 0 ? [] : [...lines, '', causesLine(checks.causes)];
  };
  return [
    listSection('Missing now', isMissing(changes) ? missingSentences(changes.missing) : [], rows),
    listSection('Settings that differ', settingsOf(changes), rows),
    section('New', changes.new),
    section('Fixed', changes.fixed),
    notCounted(changes),
  ];
}

function isMissing({ missing }: Changes): boolean {
  return missingWords(missing) !== '';
}

function settingsOf({ settings, accepted, since }: Changes): string[] {
  const covered = `An accepted exception covers ${plural(accepted, 'failure')} now, and not in ${since}.`;
  return [...(accepted > 0 ? [covered] : []), ...settings];
}

function causesLine(causes: Causes): string {
  const words: { readonly [cause: string]: string } = { ...CAUSE_WORDS, unknown: 'not known' };
  const counted = Object.entries(causes).sort(([, a], [, b]) => b - a);
  return `Explained by: ${counted.map(([cause, count]) => `${words[cause] ?? cause} ${formatCount(count)}`).join(', ')}.`;
}

function tableSection(title: string, all: number, head: string[], shown: string[][]): string[] {
  if (all === 0) return [];
  const more = all - shown.length;
  const rest = more > 0 ? ['', `${formatCount(more)} more in the evidence pack.`] : [];
  return [`### ${title} (${formatCount(all)})`, '', ...table(head, shown), ...rest];
}

/** Returns what is neither new nor fixed nor missing, and what a reader should know of the comparison. */
function notCounted(changes: Changes): string[] {
  const { noLongerApplies, missing, notes } = changes;
  const replaced = isMissing(changes) ? [] : missingSentences(missing);
  return [
    ...replaced.map((sentence) => `- ${markdownText(sentence)} Every check of them is still there.`),
    ...(noLongerApplies > 0
      ? [
          `- ${plural(noLongerApplies, 'check')} that failed before: the policy does not concern the subject now. Not counted as fixed.`,
        ]
      : []),
    ...notes.map((note) => `- ${markdownText(note)}`),
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
