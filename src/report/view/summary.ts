import { type Assessment, SUBJECT_KINDS, SUBJECT_WORDS } from '../../model/index.js';
import { joinWords, plural } from '../../text/format.js';

/** Returns the number of checks: one policy on one subject is one check. */
export function checkCount({ outcomes }: Pick<Assessment, 'outcomes'>): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}

/** Returns `2,000 keys, 60 principals and 1 organisation`, without kinds that have no subject. */
export function subjectsText({ subjects }: Assessment): string {
  const present = SUBJECT_KINDS.filter((kind) => subjects[kind] > 0);
  return joinWords(present.map((kind) => plural(subjects[kind], ...SUBJECT_WORDS[kind])));
}
