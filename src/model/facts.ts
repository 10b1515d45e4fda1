import type { Applicability, EntityFacts, KeyRecord, MemberState, RouteRecord } from './records.js';

/** Values a fact can have; of a list its elements. */
type Values<T> = readonly (NonNullable<T> extends readonly (infer E)[] ? E : NonNullable<T>)[];

const TRUE_OR_FALSE = [true, false] as const;

/** Facts about a subject that its record states, or else keyproof.yaml for every subject, with the values each can have. */
export const SCOPE_FACTS: { readonly [F in keyof Applicability]: Values<Applicability[F]> } = {
  pci_scope: ['cde', 'connected', 'out'],
  icfr_relevant: TRUE_OR_FALSE,
  personal_data: TRUE_OR_FALSE,
  carries_pan: TRUE_OR_FALSE,
  protects_stored_account_data: TRUE_OR_FALSE,
  tpp_aspsp_interface: TRUE_OR_FALSE,
  customer_credential: TRUE_OR_FALSE,
  critical_or_important_function: TRUE_OR_FALSE,
};

/** States of the European Economic Area. */
const MEMBER_STATES: readonly MemberState[] = [
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IS',
  'IT',
  'LI',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'NO',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
];

type RecordFacts = Pick<KeyRecord, 'environment' | 'account_kind' | 'interactive_login_capable'> &
  Pick<RouteRecord, 'external'>;

/** Facts about a subject that its record alone can state, with the values each can have. */
const RECORD_FACTS: { readonly [F in keyof RecordFacts]: Values<RecordFacts[F]> } = {
  environment: ['production', 'staging', 'development', 'test', 'sandbox'],
  account_kind: ['user', 'application', 'system'],
  interactive_login_capable: TRUE_OR_FALSE,
  external: TRUE_OR_FALSE,
};

/** Every fact about a subject that a framework may ask for, with the values it can have. */
export const SUBJECT_FACTS: { readonly [fact: string]: readonly (string | boolean)[] } = {
  ...SCOPE_FACTS,
  ...RECORD_FACTS,
};

/** Every fact about the entity itself that a framework may ask for, with the values it can have; keyproof.yaml states them. */
export const ENTITY_FACTS: { readonly [F in keyof EntityFacts]: Values<EntityFacts[F]> } = {
  eu_financial_entity: TRUE_OR_FALSE,
  payment_service_provider: TRUE_OR_FALSE,
  gdpr_role: ['controller', 'processor', 'both'],
  finra_member: TRUE_OR_FALSE,
  broker_dealer: TRUE_OR_FALSE,
  covered_institution: TRUE_OR_FALSE,
  market_access: TRUE_OR_FALSE,
  service_provider: TRUE_OR_FALSE,
  soc2_categories: ['security', 'availability', 'confidentiality', 'processing-integrity', 'privacy'],
  eu_entity_kind: ['credit-institution', 'central-counterparty', 'trading-venue', 'other'],
  nis2_status: ['essential', 'important', 'neither'],
  dora_relief_withdrawn: TRUE_OR_FALSE,
  member_state: MEMBER_STATES,
  us_banking_organization: TRUE_OR_FALSE,
  sec_filer: ['domestic', 'foreign-private-issuer', 'none'],
  nydfs_covered_entity: TRUE_OR_FALSE,
  nydfs_class: ['class-a', 'standard', 'limited-exemption'],
  uk_reporting_firm: ['payment-service-provider', 'other', 'none'],
  iso_27001_isms: TRUE_OR_FALSE,
};

/** Whether a record may leave a fact to keyproof.yaml. */
export function isScopeFact(name: string): name is keyof Applicability {
  return Object.hasOwn(SCOPE_FACTS, name);
}

/** Names of the facts that keyproof.yaml may state for every subject whose record does not. */
export const SCOPE_FACT_NAMES: readonly (keyof Applicability)[] =
  Object.keys(SCOPE_FACTS).filter(isScopeFact);

/** Whether a fact is about the entity. */
export function isEntityFact(name: string): name is keyof EntityFacts {
  return Object.hasOwn(ENTITY_FACTS, name);
}

/** Names of the facts about the entity. */
export const ENTITY_FACT_NAMES: readonly (keyof EntityFacts)[] =
  Object.keys(ENTITY_FACTS).filter(isEntityFact);
