import { type AuditPlan, ENTITY_FACT_NAMES, originText } from '../model/index.js';

/** Value of a fact about a subject; null if it is not stated. */
export type Fact = string | boolean | null;

/**
 * Known facts of a subject, by field: one value each. The organisation has the values of all its subjects, so that a
 * fact holds for it as soon as it holds for one of them.
 */
export type Facts = { [field: string]: readonly Fact[] };

/** Member of `Facts` that lists the facts of which a value is only the default of keyproof.yaml. */
export const ASSUMED = '(assumed)';

/** Value in a predicate's list that also accepts a fact that is not stated. */
export const UNKNOWN = 'unknown';

/** Returns the source that states each fact of the plan, as printed: `keyproof.yaml`, `the bank profile`. */
export function statedBy({ facts, profile }: AuditPlan): ReadonlyMap<string, string> {
  return new Map(facts.map(({ name, origin }) => [name, originText(origin, profile)]));
}

/** Returns what the plan states about the entity, all values of a list; null for a fact that it does not state. */
export function entityFacts(plan: AuditPlan): Facts {
  return Object.fromEntries(
    ENTITY_FACT_NAMES.map((name) => [name, [plan.applicability[name] ?? null].flat()]),
  );
}
