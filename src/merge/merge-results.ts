import {
  type ElementOutcome,
  type JudgedObservation,
  OUTCOMES,
  type Outcome,
  type Policy,
  type Violation,
  worstSeverity,
} from '../model/index.js';
import { distinctTexts } from '../text/compare-text.js';
import { compareViolations } from '../text/violation-order.js';

/** What decides how results of a policy are merged. */
export type MergedPolicy = Pick<Policy, 'severity' | 'elements'>;

/**
 * Merges what several packs state of one policy on one subject. Each tested evidence of its own, so that the first outcome in
 * the order of `OUTCOMES` counts: a pass of one pack answers for nothing that another found, or found no evidence of. Violations,
 * missing paths and reasons of all of them are kept. The order of the packs changes nothing.
 *
 * @param results at least one, all of the same policy and subject.
 */
export function mergeResults(results: readonly JudgedObservation[], policy: MergedPolicy): JudgedObservation {
  const [first, ...others] = results;
  if (first === undefined) throw new Error('there is no result to merge');
  if (others.length === 0) return { ...first, controls: [] };
  const outcome = firstOutcome(results.map((result) => result.outcome));
  const deciding = results.filter((result) => result.outcome === outcome);
  const violations = distinctViolations(results).sort(compareViolations(policy));
  const { waiver: _waiver, firstSeen: _firstSeen, ...same } = first;
  return {
    ...same,
    outcome,
    severity: worstSeverity(deciding.map(({ severity }) => severity)),
    violations,
    missing: distinctTexts(results.flatMap(({ missing }) => missing)),
    reasons: distinctTexts(deciding.flatMap(({ reasons }) => reasons)),
    error: deciding.flatMap(({ error }) => error ?? []).sort()[0] ?? null,
    elements: mergedElements(results, outcome, policy),
    controls: [],
    ...optional('waiver', deciding.flatMap(({ waiver }) => waiver ?? []).sort()[0]),
    ...optional('firstSeen', deciding.flatMap(({ firstSeen }) => firstSeen ?? []).sort()[0]),
  };
}

function optional<N extends string>(name: N, value: string | undefined): { [K in N]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [K in N]?: string };
}

function firstOutcome(outcomes: readonly Outcome[]): Outcome {
  return OUTCOMES.find((one) => outcomes.includes(one)) ?? 'error';
}

function distinctViolations(results: readonly JudgedObservation[]): Violation[] {
  const all = results.flatMap(({ violations }) => violations);
  return [...new Map(all.map((violation) => [JSON.stringify(violation), violation])).values()];
}

/** Returns the merged results of the elements; none if no pack tells them apart and the results agree. */
function mergedElements(
  results: readonly JudgedObservation[],
  outcome: Outcome,
  { elements = [] }: MergedPolicy,
): ElementOutcome[] {
  const alike = results.every((result) => result.elements.length === 0 && result.outcome === outcome);
  if (alike || elements.length < 2) return [];
  return elements.map(({ id }) =>
    mergedElement(
      id,
      results.map((result) => elementOf(id, result)),
    ),
  );
}

function mergedElement(element: string, results: readonly ElementOutcome[]): ElementOutcome {
  const outcome = firstOutcome(results.map((result) => result.outcome));
  const deciding = results.filter((result) => result.outcome === outcome);
  return {
    element,
    outcome,
    severity: worstSeverity(deciding.map(({ severity }) => severity)),
    missing: distinctTexts(results.flatMap(({ missing }) => missing)),
    reasons: distinctTexts(deciding.flatMap(({ reasons }) => reasons)),
  };
}

/** Returns the result on an element; a pack that tells no elements apart states the same of all. */
function elementOf(id: string, result: JudgedObservation): ElementOutcome {
  const { outcome, severity, missing, reasons } = result;
  const own = result.elements.find(({ element }) => element === id);
  return own ?? { element: id, outcome, severity, missing, reasons };
}
