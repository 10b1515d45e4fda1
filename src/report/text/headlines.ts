import { type Action, type Assessment, SUBJECT_WORDS, type SubjectFailures } from '../../model/index.js';
import { formatCount, joinWords, plural } from '../../text/format.js';

type Counted = Pick<Assessment, 'outcomes' | 'subjectFailures'>;

/** Returns the checks that apply, and those of them that are undecided. */
export function undecidedOf({ outcomes }: Pick<Assessment, 'outcomes'>): {
  undecided: number;
  applying: number;
} {
  const all = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return { undecided: outcomes['no-evidence'] + outcomes.error, applying: all - outcomes['not-applicable'] };
}

/** Returns the sentence that comes before all else if more than half of the checks that apply are undecided; null otherwise. */
export function mostUndecidedText(assessment: Counted): string | null {
  const { undecided, applying } = undecidedOf(assessment);
  if (undecided * 2 <= applying) return null;
  return `${formatCount(undecided)} of ${plural(applying, 'check')} that apply could not be decided: evidence is missing.`;
}

/** Returns the result in keys, or in the first kind of subject if no key was examined. */
export function failuresText(assessment: Counted): string {
  const main = mainFailures(assessment);
  if (main === undefined) return 'Nothing was evaluated, so nothing can be said.';
  const all = plural(main.subjects, ...SUBJECT_WORDS[main.kind]);
  if (main.failed === 0) return withoutFailure(all, main.undecided);
  const { critical } = main.worst;
  return `${formatCount(critical)} of ${all} ${have(critical)} a critical failure; ${formatCount(main.failed)} ${have(main.failed)} a failure of any severity.`;
}

/** Returns `Failures also on 13 of 74 routes.` for the other kinds of subjects; null if none of them has one. */
export function otherFailuresText(assessment: Counted): string | null {
  const main = mainFailures(assessment);
  const others = assessment.subjectFailures.filter((one) => one !== main && one.failed > 0);
  if (others.length === 0) return null;
  const parts = others.map(
    ({ kind, failed, subjects }) => `${formatCount(failed)} of ${plural(subjects, ...SUBJECT_WORDS[kind])}`,
  );
  return `Failures also on ${joinWords(parts)}.`;
}

/** Returns the failures of keys; of the first kind examined if there is no key; undefined if nothing was evaluated. */
export function mainFailures({ subjectFailures, outcomes }: Counted): SubjectFailures | undefined {
  if (Object.values(outcomes).every((count) => count === 0)) return undefined;
  return subjectFailures.find(({ kind }) => kind === 'key') ?? subjectFailures[0];
}

/** Returns `13 of 48 keys tested`. */
export function testedText({ failed, tested, kind }: Pick<Action, 'failed' | 'tested' | 'kind'>): string {
  return `${formatCount(failed)} of ${plural(tested, ...SUBJECT_WORDS[kind])} tested`;
}

/** Returns `Farid Mansouri (5) and 3 others`: who has most of the failures; null if no owner is stated. */
export function ownersText({ owners }: Pick<Action, 'owners'>): string | null {
  const named = owners.filter(({ owner }) => owner !== null);
  const [first] = named;
  if (first === undefined) return null;
  const more = named.length === 1 ? '' : ` and ${plural(named.length - 1, 'other')}`;
  return `${first.owner} (${formatCount(first.failed)})${more}`;
}

function withoutFailure(all: string, undecided: number): string {
  if (undecided === 0) return `No failure was found on ${all} in the records supplied.`;
  return `No failure was found on ${all}; ${formatCount(undecided)} could not be decided in full.`;
}

function have(count: number): string {
  return count === 1 ? 'has' : 'have';
}
