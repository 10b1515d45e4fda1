import type { ENTITY_FACTS, GivenFact, SUBJECT_FACTS } from '../../model/index.js';
import { paramText } from './param-text.js';

/** What a reader calls the facts that decide scope. */
const FACT_WORDS: { readonly [fact in keyof typeof ENTITY_FACTS | keyof typeof SUBJECT_FACTS]: string } = {
  pci_scope: 'PCI DSS scope',
  icfr_relevant: 'relevant to financial reporting (SOX)',
  personal_data: 'access to personal data',
  carries_pan: 'access to card numbers',
  protects_stored_account_data: 'protection of stored account data',
  tpp_aspsp_interface: 'interface to third-party providers (PSD2)',
  customer_credential: 'credential of a customer',
  critical_or_important_function: 'critical or important function (DORA)',
  environment: 'environment',
  account_kind: 'kind of account',
  interactive_login_capable: 'interactive login',
  external: 'reachable from outside',
  eu_financial_entity: 'financial entity of the EU (DORA)',
  payment_service_provider: 'payment service provider (PSD2)',
  gdpr_role: 'role under the GDPR',
  finra_member: 'member firm of FINRA',
  broker_dealer: 'broker or dealer (SEC rules 17a-3, 17a-4)',
  covered_institution: 'covered institution (Regulation S-P)',
  market_access: 'market access (SEC rule 15c3-5)',
  service_provider: 'service provider (PCI DSS)',
  soc2_categories: 'SOC 2 categories',
  eu_entity_kind: 'kind of financial entity (DORA)',
  nis2_status: 'status under NIS2',
  dora_relief_withdrawn: 'relief of weekends withdrawn (DORA)',
  member_state: 'Member State (DORA)',
  us_banking_organization: 'banking organization (United States)',
  sec_filer: 'filer with the SEC',
  nydfs_covered_entity: 'covered entity (23 NYCRR 500)',
  nydfs_class: 'class of covered entity (23 NYCRR 500)',
  uk_reporting_firm: 'reporting firm (United Kingdom)',
  iso_27001_isms: 'management system under ISO/IEC 27001',
};

/** Returns what a reader calls a fact; a fact that has no words of its own keeps its name. */
export function factWords(name: string): string {
  return FACT_WORDS[name] ?? name;
}

/** Returns the value of a fact as printed: yes or no if it is true or false. */
export function factValueText(value: GivenFact['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return paramText(value);
}
