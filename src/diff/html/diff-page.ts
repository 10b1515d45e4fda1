import {
  CHECK_CHANGES,
  type CheckChange,
  type CheckChangeKind,
  type DiffedPack,
  WORSE_CHANGES,
} from '../../model/index.js';
import { formatCount, formatDays, formatMoment, plural, shortHash } from '../../text/format.js';
import { printable } from '../../text/printable.js';
import type { Comparison } from '../compare-packs.js';
import { headlineOf } from '../headline.js';
import {
  CHANGE_MEANINGS,
  CHANGE_WORDS,
  causeCounts,
  causesText,
  frameworkDifferenceText,
  frameworkWords,
  otherScopeText,
  resultText,
  severityCounts,
} from '../words.js';
import { renderPage } from './page.js';

/** Most rows of a list: more would make the page slow to open. */
export const ROWS_LISTED = 500;

/** Changes whose rows are always shown: failures that are there now. */
const OPEN: readonly CheckChangeKind[] = [...WORSE_CHANGES, 'persisting'];
/** Most rows of any other list that are shown at once. */
const FOLDED_FROM = 10;

/** What stands for a cause if a check has the result it had. */
const NO_CHANGE = 'no change';

type Summary = Comparison['summary'];

/** Returns diff.html: counts with their causes, controls, differences, and the first changes of each kind. */
export async function diffHtml({ summary, changes }: Comparison): Promise<string> {
  const first: CheckChange[] = [];
  for await (const change of changes(ROWS_LISTED)) first.push(change);
  const shown = printable(summary);
  const { old, new: now, notes, counts, controls, frameworks } = shown;
  return renderPage('diff.hbs', {
    organisation: now.organisation,
    headline: headlineOf(shown),
    old: { when: formatMoment(old.asOf), hash: shortHash(old.assessmentSha256) },
    new: { when: formatMoment(now.asOf), hash: shortHash(now.assessmentSha256) },
    notes,
    counts: CHECK_CHANGES.map((kind) => countRow(kind, counts)),
    controls: controls.map((control) => ({
      ...control,
      framework: frameworkWords(control.framework, frameworks),
      before: control.old?.text ?? 'not there',
      now: control.new?.text ?? 'not there',
      causes: causesText(control.causes),
    })),
    otherScope: otherScopeText(shown),
    differences: differenceRows(shown),
    lists: CHECK_CHANGES.flatMap((kind) => listOf(kind, printable(first), counts)),
  });
}

function countRow(kind: CheckChangeKind, counts: Summary['counts']) {
  const { total, severities, causes } = counts[kind];
  return {
    kind,
    word: CHANGE_WORDS[kind],
    meaning: CHANGE_MEANINGS[kind],
    listed: total > 0,
    total: formatCount(total),
    severities: unbroken(severityCounts(severities)),
    causes: unbroken(causeCounts(causes)) || (total > 0 ? NO_CHANGE : ''),
  };
}

/** Returns a list of counts in which no line breaks between a count and what it counts. */
function unbroken(counts: string): string {
  return counts.replace(/(\d) (?=\D)| (?=\d+(,|$))/g, '$1\u00a0');
}

function listOf(kind: CheckChangeKind, all: readonly CheckChange[], counts: Summary['counts']) {
  const own = all.filter(({ change }) => change === kind);
  if (own.length === 0) return [];
  const { total } = counts[kind];
  const cut = `The first ${formatCount(own.length)} of ${formatCount(total)}, worst first; all are in diff.csv (--format csv).`;
  const note = own.length < total ? cut : null;
  const folded = OPEN.includes(kind) || own.length <= FOLDED_FROM ? null : plural(own.length, 'row');
  return [{ kind, word: CHANGE_WORDS[kind], note, folded, rows: own.map(rowOf) }];
}

function rowOf({ id, ruleId, subject, old, new: now, causes, message }: CheckChange) {
  return {
    id,
    severity: now?.severity ?? old?.severity ?? '',
    rule: ruleId,
    subject: subject.label ?? subject.id,
    owner: subject.owner ?? 'not stated',
    before: resultText(old),
    now: resultText(now),
    causes: isUnchanged(old, now) ? NO_CHANGE : causesText(causes),
    message: message ?? '',
  };
}

function isUnchanged(old: CheckChange['old'], now: CheckChange['new']): boolean {
  return old?.outcome === now?.outcome && old?.severity === now?.severity;
}

type Row = { what: string; before: string; now: string };

function differenceRows({ old, new: now, differences, frameworks: named }: Summary): Row[] {
  const { inputs, rules, facts, config, reading, scope, exceptions, frameworks, tool, time } = differences;
  const row = (what: string, before: unknown, now: unknown): Row => ({
    what,
    before: valueText(before),
    now: valueText(now),
  });
  const files = plural(inputs.changed.length, 'file');
  return [
    ...(time ? [row('As-of date and period', whenText(old), whenText(now))] : []),
    ...(inputs.changed.length > 0 ? [row('Input files with other content', files, files)] : []),
    ...(inputs.added.length > 0 ? [row('Input files added', '', inputs.added.join(', '))] : []),
    ...(inputs.removed.length > 0 ? [row('Input files no longer there', inputs.removed.join(', '), '')] : []),
    ...(inputs.unread.length > 0 ? [row('Input files not read any more', inputs.unread.join(', '), '')] : []),
    ...policyRows(rules),
    ...rules.flatMap(({ ruleId, params }) =>
      params.map((param) => row(`Threshold ${ruleId}, ${param.name}`, param.old, param.new)),
    ),
    ...facts.map((fact) => row(`Fact ${fact.name}`, fact.old, fact.new)),
    ...(config ? [row('keyproof.yaml', 'one text', 'another')] : []),
    ...(reading ? [row('How it reads exports (sources, classify)', 'one text', 'another')] : []),
    ...(scope ? [row('Rules of `scope`', 'one list', 'another')] : []),
    ...exceptions.added.map((id) => row(`Exception ${id}`, '', 'added')),
    ...exceptions.removed.map((id) => row(`Exception ${id}`, 'there', 'removed')),
    ...exceptions.changed.map((id) => row(`Exception ${id}`, 'one text', 'another')),
    ...frameworks.added.map((id) =>
      row(`Framework ${frameworkWords(id, named)}`, 'not assessed', 'assessed'),
    ),
    ...frameworks.removed.map((id) =>
      row(`Framework ${frameworkWords(id, named)}`, 'assessed', 'not assessed'),
    ),
    ...frameworks.changed.map((one) =>
      row(
        `File of ${frameworkWords(one.id, named)}`,
        `version ${one.versions.old}`,
        `version ${one.versions.new}; ${frameworkDifferenceText(one, 20)}`,
      ),
    ),
    ...(tool ? [row('Version of keyproof', old.toolVersion, now.toolVersion)] : []),
  ];
}

/** Returns a line for each way in which policies differ, not one for each policy: after an update all of them do. */
function policyRows(rules: Summary['differences']['rules']): Row[] {
  const idsOf = (own: typeof rules) => own.map(({ ruleId }) => ruleId).join(', ');
  const added = idsOf(rules.filter(({ what }) => what === 'added'));
  const removed = idsOf(rules.filter(({ what }) => what === 'removed'));
  const rewritten = idsOf(rules.filter(({ source }) => source === true));
  return [
    ...(added === '' ? [] : [{ what: 'Policies added', before: '', now: added }]),
    ...(removed === '' ? [] : [{ what: 'Policies no longer there', before: removed, now: '' }]),
    ...(rewritten === ''
      ? []
      : [{ what: 'Policies with another source', before: 'one text', now: `another: ${rewritten}` }]),
  ];
}

function whenText({ asOf, period }: DiffedPack): string {
  return period === null
    ? formatMoment(asOf)
    : `${formatMoment(asOf)}, ${formatDays(period.from, period.to)}`;
}

function valueText(value: unknown): string {
  if (value === null) return 'not stated';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
