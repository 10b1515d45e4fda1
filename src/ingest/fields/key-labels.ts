import type { AdapterContext } from '../adapter.js';
import { type LabelNames, labelReader } from './labels.js';

/** Labels in which banks write facts about a key. Owner and purpose are known to be none if a key has labels and none of these. */
const KEY_LABELS: LabelNames<'keys'> = {
  names: {
    owner: ['owner', 'owned-by', 'owner-email', 'owner-team', 'service-owner', 'team'],
    purpose: ['purpose', 'business-purpose', 'use'],
    environment: ['environment', 'env', 'stage'],
    risk_tier: ['risk-tier', 'tier', 'risk', 'criticality'],
    vendor: ['vendor', 'vendor-id', 'partner', 'third-party'],
    provider: ['provider', 'service-provider'],
    type: ['type', 'key-type', 'credential-type', 'secret-type'],
    auth_type: ['auth-type', 'auth', 'authentication'],
    ticket: ['ticket', 'change-ticket', 'change', 'change-request', 'jira'],
    basis_ref: ['basis-ref', 'legal-basis', 'contract-ref'],
    scopes: ['scopes', 'scope'],
    approved_scopes: ['approved-scopes', 'approved-scope'],
    data_categories: ['data-categories', 'data-category', 'data-classes'],
    workloads: ['workloads', 'workload', 'consumers'],
    repositories: ['repositories', 'repository', 'repos', 'repo'],
    ip_allowlist: ['ip-allowlist', 'allowed-ips', 'ip-ranges'],
    account_kind: ['account-kind', 'account-type'],
    pci_scope: ['pci-scope', 'pci'],
    icfr_relevant: ['icfr-relevant', 'icfr', 'sox'],
    personal_data: ['personal-data', 'pii'],
    carries_pan: ['carries-pan', 'pan'],
    protects_stored_account_data: ['protects-stored-account-data'],
    tpp_aspsp_interface: ['tpp-aspsp-interface', 'psd2'],
    customer_credential: ['customer-credential'],
    critical_or_important_function: ['critical-or-important-function', 'dora-critical'],
    interactive_login_capable: ['interactive-login-capable'],
    hsm_backed: ['hsm-backed'],
    hsm_certificate: ['hsm-certificate', 'fips-certificate'],
    audit_logging: ['audit-logging'],
    kek_location: ['kek-location'],
    dek_location: ['dek-location'],
    kek_admins: ['kek-admins'],
    integration: ['integration', 'integration-id'],
    sharing_exception: ['sharing-exception'],
    standby_key: ['standby-key', 'standby'],
    standby_tested_at: ['standby-tested-at', 'standby-tested'],
    token_ttl_s: ['token-ttl-s', 'token-ttl'],
    expires: ['expires', 'expires-on', 'expiry', 'expiration'],
    fingerprint: ['fingerprint', 'secret-fingerprint', 'sha256'],
    prefix: ['prefix', 'key-prefix'],
  },
  none: ['owner', 'purpose'],
};

/** Reads the facts about a key that its labels state (`labelReader`). */
export type KeyFacts = ReturnType<typeof keyLabelReader>;

/** Returns a reader of the facts about keys that labels state, for one file. */
export function keyLabelReader(context: AdapterContext) {
  return labelReader('keys', KEY_LABELS, context);
}
