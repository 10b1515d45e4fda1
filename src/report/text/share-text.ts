import type { MappingResult, OutcomeCounts } from '../../model/index.js';
import { formatCount } from '../../text/format.js';

/** Returns the number of subjects that passed or failed: the denominator of every share in a report. */
export function testedCount({ pass, fail }: OutcomeCounts): number {
  return pass + fail;
}

/**
 * Returns `13 of 48 tested, 9 of them against keyproof's default only (2,351 do not apply)`: failures, how many were tested, and what
 * became of the others.
 */
export function shareText(outcomes: OutcomeCounts, defaultFailures = 0): string {
  const others = othersText(outcomes);
  const share = testedText(outcomes, defaultFailures);
  return others === '' ? share : `${share} (${others})`;
}

/** Returns `13 of 48 tested, 9 of them against keyproof's default only`. */
export function testedText(outcomes: OutcomeCounts, defaultFailures = 0): string {
  const tested = testedCount(outcomes);
  if (tested === 0) return 'none tested';
  const share = `${formatCount(outcomes.fail)} of ${formatCount(tested)} tested`;
  return [share, ...defaultsText(outcomes, defaultFailures)].join(', ');
}

/** Returns `9 of them against keyproof's default only`, the failures that a framework calls observations; nothing if there are none. */
export function defaultsText({ fail }: OutcomeCounts, defaultFailures = 0): string[] {
  if (defaultFailures === 0) return [];
  const some = defaultFailures < fail ? `${formatCount(defaultFailures)} of them ` : '';
  return [`${some}against keyproof's default only`];
}

/** Returns `1,508 without evidence, 38 do not apply`; empty if every subject was tested. */
export function othersText(outcomes: OutcomeCounts): string {
  const parts: [count: number, words: string][] = [
    [outcomes['no-evidence'], 'without evidence'],
    [outcomes.error, 'in error'],
    [outcomes.waived, 'waived'],
    [outcomes.attested, 'attested'],
    [outcomes['not-applicable'], outcomes['not-applicable'] === 1 ? 'does not apply' : 'do not apply'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${formatCount(count)} ${words}`)
    .join(', ');
}

/** Returns `40 out of scope` and the like: the subjects that a mapping leaves out, by why; they are in no denominator. */
export function outsideTexts({
  undecided,
  outOfScope,
  notStated = 0,
}: Pick<MappingResult, 'undecided' | 'outOfScope' | 'notStated'>): string[] {
  return [
    ...(undecided > 0 ? [`${formatCount(undecided)} of unknown scope`] : []),
    ...(outOfScope > 0 ? [`${formatCount(outOfScope)} out of scope`] : []),
    ...(notStated > 0 ? [`${formatCount(notStated)} scope not stated`] : []),
  ];
}
