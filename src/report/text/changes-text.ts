import { type Assessment, type CheckChangeKind, SEVERITIES } from '../../model/index.js';
import { bySettingsText } from '../../text/by-settings.js';
import { formatCount, formatDay, formatMoment, joinWords } from '../../text/format.js';

/** A kind of change with the number of its checks. */
export type CountedChange = { key: CheckChangeKind | 'overdue'; label: string; count: number };

/** What became of checks since the previous pack, in the order of reports; kinds without any are left out, but for the first four. */
const SAID: readonly { key: CheckChangeKind; label: string; always: boolean }[] = [
  { key: 'new', label: 'new', always: true },
  { key: 'regressed', label: 'regressed', always: true },
  { key: 'lapsed', label: 'no longer covered by an exception', always: false },
  { key: 'persisting', label: 'persisting', always: true },
  { key: 'fixed', label: 'fixed', always: true },
  { key: 'waived', label: 'under an accepted exception', always: false },
  { key: 'no-longer-applies', label: 'no longer concerned', always: false },
  { key: 'gone', label: 'gone with their subject or policy', always: false },
  { key: 'newly-undecided', label: 'newly undecided', always: false },
];

/** Returns what changed since the previous pack, with the failures that are overdue; null if no previous pack was given. */
export function changeCounts({ changes }: Pick<Assessment, 'changes'>): CountedChange[] | null {
  if (changes === undefined) return null;
  const late = SEVERITIES.reduce((sum, severity) => sum + changes.overdue[severity], 0);
  const counted = SAID.map(({ key, label, always }) => ({
    key,
    label,
    always,
    count: changes.counts[key]?.total ?? 0,
  })).filter(({ always, count }) => always || count > 0);
  return [
    ...counted.map(({ key, label, count }) => ({
      key,
      label: key === 'fixed' ? `${label}${bySettingsText(changes.fixedBySettings ?? 0)}` : label,
      count,
    })),
    { key: 'overdue', label: 'overdue by the suggested dates', count: late },
  ];
}

/** Returns `Since 30 June 2026: 3 new, 1 regressed, 12 persisting and 5 fixed; 4 overdue by the suggested dates.`; null without a previous pack. */
export function changesText(assessment: Pick<Assessment, 'changes'>): string | null {
  const counts = changeCounts(assessment);
  if (counts === null || assessment.changes === undefined) return null;
  const parts = counts.map(({ label, count }) => `${formatCount(count)} ${label}`);
  const late = parts.pop() ?? '';
  return `Since ${formatMoment(assessment.changes.previous.asOf)}: ${joinWords(parts)}; ${late}.`;
}

/** Returns `new` if a failure was first seen in this pack, else `since 30 June 2026`; null if it is not known. */
export function firstSeenText(firstSeen: string | undefined, asOf: string): string | null {
  if (firstSeen === undefined) return null;
  return firstSeen === asOf ? 'new' : `since ${formatDay(firstSeen)}`;
}
