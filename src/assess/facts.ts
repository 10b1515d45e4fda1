import { type AuditPlan, ENTITY_FACT_NAMES, originText } from '../model/index.js';

/** Value of a fact about a subject; null if it is not stated. */
export type Fact = string | boolean | null;

/**
 * What is known of a subject, by field: one value each. The organisation has the values of all its subjects, so that a
 * fact holds for it as soon as it holds for one of them.
 */
export type Facts = { [field: string]: readonly Fact[] };

/** In a predicate's list of values: a fact that is not stated is accepted too. */
export const UNKNOWN = 'unknown';

/** What states each fact of the plan, as printed: `keyproof.yaml`, `the bank profile`. */
export function statedBy({ facts, profile }: AuditPlan): ReadonlyMap<string, string> {
  return new Map(facts.map(({ name, origin }) => [name, originText(origin, profile)]));
}

/** What the plan states about the entity, all values of a list; null if it states nothing. */
export function entityFacts(plan: AuditPlan): Facts {
  return Object.fromEntries(
    ENTITY_FACT_NAMES.map((name) => [name, [plan.applicability[name] ?? null].flat()]),
  );
}
