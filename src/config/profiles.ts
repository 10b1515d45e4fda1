import type { EntityFacts, EntityKind, Jurisdiction } from '../model/index.js';

/** What follows from being a kind of entity. Facts of single records (`pci_scope`, `personal_data`) never do. */
export type ProfileFacts = {
  /** What it is called. */
  title: string;
  /** Who it is for, in one sentence; the facts must follow from it. */
  about: string;
  /** Facts about the entity that follow. */
  facts: Partial<EntityFacts>;
  /** Facts that follow if it is authorised in a jurisdiction too. */
  within?: { readonly [J in Jurisdiction]?: Partial<EntityFacts> };
};

const CREDIT_INSTITUTION_IN_EU = {
  eu: { eu_financial_entity: true, eu_entity_kind: 'credit-institution' },
} as const;

const PAYMENT_INSTITUTION_IN_EU = { eu: { eu_financial_entity: true, eu_entity_kind: 'other' } } as const;

const FINANCIAL_ENTITY_IN_EU = { eu: { eu_financial_entity: true } } as const;

const SERVES_ITS_OWN_CUSTOMERS = { gdpr_role: 'controller' } as const;

const PAYMENT_SERVICES = { payment_service_provider: true, ...SERVES_ITS_OWN_CUSTOMERS } as const;

/** Profiles by kind of entity. */
export const PROFILES: { readonly [K in EntityKind]: ProfileFacts } = {
  bank: {
    title: 'Bank',
    about: 'Credit institution that takes deposits and keeps payment accounts for customers of its own.',
    facts: PAYMENT_SERVICES,
    within: CREDIT_INSTITUTION_IN_EU,
  },
  psp: {
    title: 'Payment service provider',
    about: 'Payment institution that initiates, executes or acquires payments for customers of its own.',
    facts: PAYMENT_SERVICES,
    within: PAYMENT_INSTITUTION_IN_EU,
  },
  'e-money-institution': {
    title: 'E-money institution',
    about: 'Institution that issues electronic money to customers of its own.',
    facts: PAYMENT_SERVICES,
    within: PAYMENT_INSTITUTION_IN_EU,
  },
  'account-information-provider': {
    title: 'Account information service provider',
    about: 'Provider that shows customers of its own the accounts they hold elsewhere.',
    facts: PAYMENT_SERVICES,
    within: PAYMENT_INSTITUTION_IN_EU,
  },
  'broker-dealer': {
    title: 'Broker-dealer',
    about:
      'Broker or dealer in securities with customers of its own, in the United States a member firm of FINRA registered with the SEC, in the European Union an investment firm.',
    facts: {
      finra_member: true,
      broker_dealer: true,
      covered_institution: true,
      ...SERVES_ITS_OWN_CUSTOMERS,
    },
    within: FINANCIAL_ENTITY_IN_EU,
  },
  'investment-adviser': {
    title: 'Investment adviser',
    about:
      'Adviser or manager of investments with customers of its own, in the United States registered with the SEC, in the European Union an investment firm or fund manager.',
    facts: { covered_institution: true, ...SERVES_ITS_OWN_CUSTOMERS },
    within: FINANCIAL_ENTITY_IN_EU,
  },
  processor: {
    title: 'Processor',
    about: 'Company that processes, stores or transmits card or payment data on behalf of others.',
    facts: { service_provider: true },
  },
  fintech: {
    title: 'Fintech without a licence',
    about:
      'Technology company that works with financial institutions and holds no financial licence or registration of its own; one that holds any takes the profile of that licence.',
    facts: {
      eu_financial_entity: false,
      payment_service_provider: false,
      finra_member: false,
      broker_dealer: false,
      covered_institution: false,
      market_access: false,
      us_banking_organization: false,
      nydfs_covered_entity: false,
      uk_reporting_firm: 'none',
    },
  },
};

/** What every profile gives: a SOC 2 examination covers Security, and another category only if it is chosen. */
export const EVERY_PROFILE: Partial<EntityFacts> = { soc2_categories: ['security'] };

/** Facts of a profile that are stated only if no jurisdiction is listed, or this one is. */
export const ONLY_IN: { readonly [fact: string]: Jurisdiction | undefined } = { gdpr_role: 'eu' };

/** What follows if jurisdictions are listed and this one is not among them. */
export const OUTSIDE: { readonly [J in Jurisdiction]?: Partial<EntityFacts> } = {
  eu: { eu_financial_entity: false, payment_service_provider: false },
  us: {
    finra_member: false,
    broker_dealer: false,
    covered_institution: false,
    market_access: false,
    us_banking_organization: false,
    nydfs_covered_entity: false,
  },
  uk: { uk_reporting_firm: 'none' },
};
