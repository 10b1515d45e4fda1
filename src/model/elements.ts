import type { ElementOutcome, Observation } from './observation.js';
import { OUTCOMES, type Outcome, type Severity, worstSeverity } from './outcome.js';
import type { Policy } from './policy.js';

/** An element as mappings and reports name it. */
export type NamedElement = {
  /** Id. */
  id: string;
  /** A short phrase. */
  title: string;
};

/** The part of a result that depends on elements. */
type Result = Pick<Observation, 'outcome' | 'severity'> & {
  /** Result of each element; empty if the policy has none. */
  elements: readonly Pick<ElementOutcome, 'element' | 'outcome' | 'severity'>[];
};

/** Returns the elements of a policy: those it declares, or the one that it is. */
export function elementsOf({
  id,
  title,
  elements,
}: Pick<Policy, 'id' | 'title' | 'elements'>): NamedElement[] {
  return elements === undefined ? [{ id, title }] : elements.map((one) => ({ id: one.id, title: one.title }));
}

/**
 * Returns the result of some elements of a policy on a subject: the first outcome in the order of `OUTCOMES` that one of them
 * has, so that one failure fails and only all not applicable make it not applicable.
 *
 * @param taken ids of the elements; null for the policy as a whole.
 */
export function resultOfElements(
  { outcome, severity, elements }: Result,
  taken: readonly string[] | null,
): { outcome: Outcome; severity: Severity | null } {
  if (taken === null || elements.length === 0) return { outcome, severity };
  const own = elements.filter(({ element }) => taken.includes(element));
  return {
    outcome: OUTCOMES.find((one) => own.some((result) => result.outcome === one)) ?? outcome,
    severity: worstSeverity(own.map(({ severity: one }) => one)),
  };
}

/** Returns the ids of the elements that failed on a subject; empty if the policy is one element. */
export function failedElements(elements: readonly Pick<ElementOutcome, 'element' | 'outcome'>[]): string[] {
  return elements.flatMap(({ element, outcome }) => (outcome === 'fail' ? [element] : []));
}
