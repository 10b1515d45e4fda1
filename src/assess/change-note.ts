import { type CheckChangeKind, type PreviousChanges, SEVERITIES } from '../model/index.js';
import { formatCount, formatMoment, plural } from '../text/format.js';

const NAMED: readonly (readonly [CheckChangeKind, string])[] = [
  ['new', 'new'],
  ['regressed', 'regressed'],
  ['lapsed', 'no longer under an exception'],
  ['persisting', 'persisting'],
  ['fixed', 'fixed'],
  ['gone', 'gone with their subject or rule'],
  ['newly-undecided', 'undecided now'],
];

/** Returns the sentence on what changed since the previous pack; none if none was given. */
export function changeNotes(changes: PreviousChanges | undefined): string[] {
  if (changes === undefined) return [];
  const { previous, counts, overdue } = changes;
  const parts = NAMED.flatMap(([kind, words]) => {
    const total = counts[kind]?.total ?? 0;
    return total === 0 ? [] : [`${formatCount(total)} ${words}`];
  });
  const late = SEVERITIES.reduce((sum, severity) => sum + overdue[severity], 0);
  const found = parts.length === 0 ? 'no check changed or fails' : parts.join(', ');
  return [`since ${formatMoment(previous.asOf)}: ${found}; ${plural(late, 'failure')} overdue.`];
}
