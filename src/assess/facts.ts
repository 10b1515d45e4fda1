import { type AuditPlan, type EntityFacts, originText } from '../model/index.js';

/** Value of a fact about a subject; null where nobody stated it. */
export type Fact = string | boolean | null;

/**
 * What is known of a subject, by field: one value each. The organisation has the values of all its subjects, so that a
 * fact holds for it as soon as it holds for one of them.
 */
export type Facts = { [field: string]: readonly Fact[] };

/** In a predicate's list of values: a fact nobody stated is accepted too. */
export const UNKNOWN = 'unknown';

const TRUE_OR_FALSE = [true, false] as const;

/** Every fact about a subject that a predicate may name (a column of the subjects table) with the values it can have. */
export const FACTS: { readonly [field: string]: readonly (string | boolean)[] } = {
  pci_scope: ['cde', 'connected', 'out'],
  icfr_relevant: TRUE_OR_FALSE,
  personal_data: TRUE_OR_FALSE,
  carries_pan: TRUE_OR_FALSE,
  protects_stored_account_data: TRUE_OR_FALSE,
  tpp_aspsp_interface: TRUE_OR_FALSE,
  customer_credential: TRUE_OR_FALSE,
  critical_or_important_function: TRUE_OR_FALSE,
  environment: ['production', 'staging', 'development', 'test', 'sandbox'],
  account_kind: ['user', 'application', 'system'],
  interactive_login_capable: TRUE_OR_FALSE,
};

/** Every fact about the entity itself that a predicate may name with the values it can have; keyproof.yaml states them. */
export const ENTITY_FACTS: { readonly [F in keyof EntityFacts]: readonly (string | boolean)[] } = {
  eu_financial_entity: TRUE_OR_FALSE,
  payment_service_provider: TRUE_OR_FALSE,
  gdpr_role: ['controller', 'processor', 'both'],
  finra_member: TRUE_OR_FALSE,
  broker_dealer: TRUE_OR_FALSE,
  covered_institution: TRUE_OR_FALSE,
  market_access: TRUE_OR_FALSE,
  service_provider: TRUE_OR_FALSE,
  soc2_categories: ['security', 'availability', 'confidentiality', 'processing-integrity', 'privacy'],
};

/** Whether a field is a fact about the entity. */
export function isEntityFact(field: string): field is keyof EntityFacts {
  return Object.hasOwn(ENTITY_FACTS, field);
}

/** What states each fact of the plan, as printed: `keyproof.yaml`, `the bank profile`. */
export function statedBy({ facts, profile }: AuditPlan): ReadonlyMap<string, string> {
  return new Map(facts.map(({ name, origin }) => [name, originText(origin, profile)]));
}

/** What the plan states about the entity, all values of a list; null where it states nothing. */
export function entityFacts(plan: AuditPlan): Facts {
  const names = Object.keys(ENTITY_FACTS).filter(isEntityFact);
  return Object.fromEntries(names.map((name) => [name, [plan.applicability[name] ?? null].flat()]));
}
