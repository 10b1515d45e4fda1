import type { RegisteredWaiver, WaiverState } from '../../model/index.js';
import { formatCount, plural } from '../../text/format.js';

/** What a reader calls the state of an accepted exception; one in force that names no failure is unused. */
export type ExceptionState = WaiverState | 'unused';

/** What a reader calls each state. */
export const EXCEPTION_WORDS: { readonly [S in ExceptionState]: string } = {
  'in-force': 'in force',
  expired: 'expired: covers nothing',
  'not-yet-granted': 'not yet granted: covers nothing',
  unused: 'unused: names no failure',
};

/** Returns the state of an accepted exception as reports state it. */
export function exceptionState({ state, failures }: RegisteredWaiver): ExceptionState {
  return state === 'in-force' && failures === 0 ? 'unused' : state;
}

/** Returns which subjects of its rule an accepted exception covers. */
export function subjectsOfException({ subjects, allSubjects }: RegisteredWaiver): string {
  return allSubjects ? 'every subject of the policy' : subjects.join(', ');
}

/** Returns how many accepted exceptions are in which state, in one sentence. */
export function exceptionsText(exceptions: readonly RegisteredWaiver[]): string {
  if (exceptions.length === 0) return 'No exception was accepted.';
  return `${exceptionCounts(exceptions)}. Only one in force changes an outcome, to “waived”, which is no pass.`;
}

/** Returns `5 accepted exceptions: 2 in force, 1 expired, 2 unused`, by the state of each; `2 accepted exceptions in force` if all are. */
export function exceptionCounts(exceptions: readonly RegisteredWaiver[]): string {
  const all = plural(exceptions.length, 'accepted exception');
  if (exceptions.every((one) => exceptionState(one) === 'in-force')) return `${all} in force`;
  const states = Object.keys(EXCEPTION_WORDS) as ExceptionState[];
  const parts = states.flatMap((state) => {
    const count = exceptions.filter((one) => exceptionState(one) === state).length;
    return count === 0 ? [] : [`${formatCount(count)} ${EXCEPTION_WORDS[state].replace(/:.*/, '')}`];
  });
  return `${all}: ${parts.join(', ')}`;
}
