import { type Assessment, SUBJECT_KINDS, SUBJECT_WORDS } from '../../model/index.js';
import { formatCount, joinWords, plural } from '../../text/format.js';

/** Returns the number of checks: one policy on one subject is one check. */
export function checkCount({ outcomes }: Pick<Assessment, 'outcomes'>): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}

/** Returns `2,000 keys, 60 principals and 1 organisation`, without kinds that have no subject. */
export function subjectsText({ subjects }: Assessment): string {
  const present = SUBJECT_KINDS.filter((kind) => subjects[kind] > 0);
  return joinWords(present.map((kind) => plural(subjects[kind], ...SUBJECT_WORDS[kind])));
}

/** Returns the result in one line. */
export function headline(assessment: Assessment): string {
  const { outcomes } = assessment;
  if (checkCount(assessment) === 0) return 'Nothing was evaluated, so nothing can be said.';
  if (outcomes.fail > 0)
    return `${formatCount(outcomes.fail)} of ${plural(checkCount(assessment), 'check')} failed.`;
  const undecided = outcomes['no-evidence'] + outcomes.error;
  if (undecided > 0) return `No check failed; ${formatCount(undecided)} could not be decided.`;
  if (outcomes.pass === 0) return 'No check failed, and none passed.';
  return 'No check failed on the records supplied.';
}
