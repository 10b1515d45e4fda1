import type { Incomplete, OutcomeCounts, PolicyResult, SubjectCounts } from '../model/index.js';
import { formatCount } from '../text/format.js';
import { total } from './mapping-state.js';
import { subjects } from './words.js';

/**
 * Returns the reasons that earlier stages gave and those found only now: policies that failed, or nothing evaluated
 * at all.
 */
export function incompleteReasons(
  given: readonly Incomplete[],
  policies: readonly PolicyResult[],
  subjectCounts: SubjectCounts,
): Incomplete[] {
  return [
    ...given,
    ...policies.flatMap((policy) => policyErrors(policy)),
    ...policies.flatMap((policy) => notEvaluated(policy, subjectCounts[policy.subject])),
    ...nothingEvaluated(policies),
  ];
}

function policyErrors({ id, subject, outcomes, errors }: PolicyResult): Incomplete[] {
  if (outcomes.error === 0) return [];
  const first = errors[0] ? `: ${errors[0].message.replace(/\.$/, '')}` : '';
  const more = errors.length > 1 ? ` (and ${formatCount(errors.length - 1)} more)` : '';
  const message = `Policy ${id} could not be evaluated on ${subjects(outcomes.error, subject)}${first}${more}.`;
  return [{ kind: 'policy-error', message }];
}

function notEvaluated({ id, subject, population }: PolicyResult, expected: number): Incomplete[] {
  if (population >= expected) return [];
  const message = `Policy ${id} gave no result on ${subjects(expected - population, subject)}.`;
  return [{ kind: 'policy-error', message }];
}

function nothingEvaluated(policies: readonly PolicyResult[]): Incomplete[] {
  const undecided = (outcomes: OutcomeCounts): number => outcomes['not-applicable'] + outcomes['no-evidence'];
  const decides = ({ outcomes }: { outcomes: OutcomeCounts }): boolean =>
    total(outcomes) > undecided(outcomes);
  if (policies.some((policy) => decides(policy) || policy.elements.some(decides))) return [];
  const message = 'Nothing was evaluated: no policy found evidence to decide on in the files supplied.';
  return [{ kind: 'nothing-evaluated', message }];
}
