import {
  type ElementOutcome,
  type Observation,
  type Policy,
  type PolicyElement,
  worstSeverity,
} from '../model/index.js';
import { type Concerning, type SaidByPolicy, textsOf } from '../policies/said-by-policy.js';

/** An element as the evaluator sees it. */
export type EvaluatedElement = {
  /** Id. */
  id: string;
  /** Its outcome if nothing is wrong and nothing is missing. */
  clean: 'pass' | 'attested';
};

/** Returns the elements that a policy declares as the evaluator sees them; none if it is one element with its own id. */
export function evaluatedElements({ elements, evidence }: Pick<Policy, 'elements' | 'evidence'>): {
  elements?: EvaluatedElement[];
} {
  if (elements === undefined) return {};
  const isData = (element: PolicyElement) => evidence === 'data' || element.evidence === 'data';
  return {
    elements: elements.map((element) => ({ id: element.id, clean: isData(element) ? 'pass' : 'attested' })),
  };
}

type Whole = Pick<Observation, 'outcome' | 'violations'>;

/**
 * Works out the outcome of each element: it fails if a violation names it; else it has no evidence if a missing path concerns
 * it; else it is not applicable if a reason concerns it. A reason for the whole policy makes all of it not applicable.
 *
 * @param severityOf severity of a violation.
 * @returns the elements in their order; empty if there is one, or if all have the outcome of the policy for the same reasons.
 */
export function elementOutcomes(
  whole: Whole,
  said: SaidByPolicy,
  elements: readonly EvaluatedElement[],
  severityOf: (violation: Observation['violations'][number]) => Observation['severity'],
): ElementOutcome[] {
  if (elements.length < 2 || isClean(whole, said, elements)) return [];
  const results = elements.map((element) => elementOutcome(element, whole, said, severityOf));
  const scoped = [...said.missing, ...said.reasons].some((one) => one.elements !== null);
  const alike = results.every(({ outcome }) => outcome === whole.outcome && outcome !== 'fail');
  return alike && !scoped ? [] : results;
}

/** Returns whether nothing was said of any element, and each has the outcome of the policy then. */
function isClean(
  { outcome, violations }: Whole,
  { missing, reasons }: SaidByPolicy,
  elements: readonly EvaluatedElement[],
): boolean {
  if (violations.length + missing.length + reasons.length > 0) return false;
  return elements.every(({ clean }) => clean === outcome);
}

function elementOutcome(
  { id, clean }: EvaluatedElement,
  whole: Whole,
  said: SaidByPolicy,
  severityOf: (violation: Observation['violations'][number]) => Observation['severity'],
): ElementOutcome {
  const own = whole.violations.filter(({ element }) => element === id);
  const missing = textsFor(said.missing, id);
  const reasons = textsFor(said.reasons, id);
  const blank = { element: id, severity: null, missing, reasons: [] };
  if (own.length > 0) return { ...blank, outcome: 'fail', severity: worstSeverity(own.map(severityOf)) };
  if (missing.length > 0) return { ...blank, outcome: 'no-evidence' };
  if (reasons.length > 0) return { ...blank, outcome: 'not-applicable', reasons };
  return { ...blank, outcome: clean };
}

/** Returns the texts that concern an element, sorted, each once. */
function textsFor(said: readonly Concerning[], id: string): string[] {
  return textsOf(said.filter(({ elements }) => elements === null || elements.includes(id)));
}
