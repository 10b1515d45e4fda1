import { CHECK_CHANGES, type CheckChange, type CheckChangeKind, WORSE_CHANGES } from '../model/index.js';
import { formatCount, formatMoment, joinWords, plural } from '../text/format.js';
import { printable } from '../text/printable.js';
import type { Comparison } from './compare-packs.js';
import { headlineOf } from './headline.js';
import {
  CHANGE_WORDS,
  causeCounts,
  causesText,
  frameworkDifferenceText,
  frameworkWords,
  otherScopeText,
  resultText,
  settingsWords,
  severityCounts,
} from './words.js';

/** Most lines of each list. */
const LISTED = 10;

/** Returns a comparison as text for a terminal: counts with their causes, the first failures, controls, what differs. */
export async function diffText({ summary, changes }: Comparison): Promise<string> {
  const first: CheckChange[] = [];
  for await (const change of changes(LISTED)) first.push(change);
  const shown = printable(summary);
  const counted = CHECK_CHANGES.filter((kind) => shown.counts[kind].total > 0);
  const counts = [...counted.map((kind) => countLine(kind, shown)), ...unexamined(shown)];
  return [
    headline(shown),
    ...shown.notes.map((note) => `! ${note}`),
    ...(counts.length > 0 ? ['', ...counts] : []),
    ...worse(printable(first), shown),
    ...controls(shown),
    ...otherScope(shown),
    ...differences(shown),
  ].join('\n');
}

function headline(summary: Comparison['summary']): string {
  const { old, new: now } = summary;
  return `${now.organisation}: from ${formatMoment(old.asOf)} to ${formatMoment(now.asOf)}.\n${headlineOf(summary)}`;
}

function countLine(kind: CheckChangeKind, { counts }: Comparison['summary']): string {
  const { total, severities, causes } = counts[kind];
  const details = [severityCounts(severities), causeCounts(causes)].filter((text) => text !== '');
  const line = `${formatCount(total).padStart(8)}  ${CHANGE_WORDS[kind]}`;
  return details.length === 0 ? line : `${line}: ${details.join('; cause: ')}`;
}

/** Returns what passed in the old pack and is not in the new one: no kind of change counts it. */
function unexamined({ unexamined: count }: Comparison['summary']): string[] {
  if (count === 0) return [];
  return [
    `${formatCount(count).padStart(8)}  Passed before, and not examined any more: the subject or policy is not there`,
  ];
}

function worse(changes: readonly CheckChange[], { counts }: Comparison['summary']): string[] {
  return WORSE_CHANGES.flatMap((kind) => {
    const own = changes.filter(({ change }) => change === kind);
    if (own.length === 0) return [];
    const more = counts[kind].total - own.length;
    return [
      '',
      `${CHANGE_WORDS[kind]}:`,
      ...own.map(changeLine),
      ...(more > 0 ? [andMore(more, 'csv')] : []),
    ];
  });
}

function changeLine({ id, ruleId, subject, old, new: now, causes, message }: CheckChange): string {
  const severity = now?.severity ?? old?.severity ?? '';
  const owner = subject.owner === null ? '' : `, ${subject.owner}`;
  return `  ${severity.padEnd(8)}  ${ruleId}  ${subject.label ?? subject.id}${owner} (${id})\n            ${resultText(old)} -> ${resultText(now)}; cause: ${causesText(causes)}${message === null ? '' : `\n            ${message}`}`;
}

function andMore(more: number, format: 'csv' | 'html'): string {
  return `  and ${formatCount(more)} more, all in diff.${format} (--format ${format})`;
}

function controls({ controls: all, frameworks }: Comparison['summary']): string[] {
  if (all.length === 0) return [];
  const lines = all.slice(0, LISTED).map(({ framework, control, old, new: now, causes }) => {
    return `  ${frameworkWords(framework, frameworks)} ${control}: ${old?.text ?? 'not there'} -> ${now?.text ?? 'not there'}; cause: ${causesText(causes)}`;
  });
  const more = all.length - lines.length;
  return ['', 'Controls whose verdict differs:', ...lines, ...(more > 0 ? [andMore(more, 'html')] : [])];
}

function otherScope(summary: Comparison['summary']): string[] {
  const text = otherScopeText(summary);
  return text === null ? [] : ['', text];
}

function differences({ differences: found, frameworks: named }: Comparison['summary']): string[] {
  const { time, inputs, config, frameworks } = found;
  const words = (ids: readonly string[]) => ids.map((id) => frameworkWords(id, named));
  const files = inputs.added.length + inputs.removed.length + inputs.changed.length + inputs.unread.length;
  const lines = [
    ...(time ? ['the as-of date or the period'] : []),
    ...(files > 0 ? [plural(files, 'input file')] : []),
    ...settingsWords(found, config ? ['keyproof.yaml'] : []),
  ];
  return [
    '',
    lines.length === 0
      ? 'The packs differ in nothing that decides a check.'
      : `What differs: ${joinWords(lines)}.`,
    ...frameworks.changed.map(
      (one) => `File of ${frameworkWords(one.id, named)}: ${frameworkDifferenceText(one)}.`,
    ),
    ...frameworkLine('added', words(frameworks.added)),
    ...frameworkLine('removed', words(frameworks.removed)),
  ];
}

function frameworkLine(what: 'added' | 'removed', titles: readonly string[]): string[] {
  const pack = what === 'added' ? 'new' : 'old';
  return titles.length === 0
    ? []
    : [`Only the ${pack} pack assesses ${joinWords(titles)}; their controls are not compared.`];
}
