import type { Instant } from './instant.js';
import type { SourceRef } from './provenance.js';

/** Environments a credential or route can belong to; free text in exports is normalised to these. */
export type Environment = 'production' | 'staging' | 'development' | 'test' | 'sandbox';

/** Risk tier of a key, as the bank's own classification has it. */
export type RiskTier = 'critical' | 'high' | 'medium' | 'low';

/** Scope and applicability facts that decide which frameworks a subject falls under. Null means not stated. */
export type Applicability = {
  /** PCI DSS scope: in the cardholder data environment, connected to it, or out of scope (PCI DSS v4.0.1 section 4). */
  pci_scope: 'cde' | 'connected' | 'out' | null;
  /** Relevant to internal control over financial reporting (SOX 404). */
  icfr_relevant: boolean | null;
  /** Gives access to personal data (GDPR Art. 4(1)). */
  personal_data: boolean | null;
  /** Carries or gives access to primary account numbers. */
  carries_pan: boolean | null;
  /** A cryptographic key that protects stored account data (PCI DSS 3.6, 3.7). */
  protects_stored_account_data: boolean | null;
  /** Belongs to the interface between third-party providers and the account-servicing bank (RTS 2018/389 Art. 30-36). */
  tpp_aspsp_interface: boolean | null;
  /** A payment service user's own credential (RTS 2018/389 Art. 22-27). */
  customer_credential: boolean | null;
  /** Supports a critical or important function (DORA Art. 3(22)). */
  critical_or_important_function: boolean | null;
};

/** Facts about the audited entity itself. No record carries them; keyproof.yaml states them beside the facts above. */
export type EntityFacts = {
  /** Financial entity under DORA (Regulation (EU) 2022/2554, Art. 2). */
  eu_financial_entity: boolean;
  /** Payment service provider under PSD2 (Directive (EU) 2015/2366, Art. 1(1)). */
  payment_service_provider: boolean;
  /** Role in the processing of the personal data that keys give access to (GDPR Art. 4(7) and (8)). */
  gdpr_role: 'controller' | 'processor' | 'both';
  /** Member firm of FINRA. */
  finra_member: boolean;
  /** Broker or dealer that keeps records under SEC rules 17a-3 and 17a-4. */
  broker_dealer: boolean;
  /** Covered institution under Regulation S-P (17 CFR 248.30). */
  covered_institution: boolean;
  /** Broker or dealer with market access, or that gives it (17 CFR 240.15c3-5). */
  market_access: boolean;
  /** Service provider in the sense of PCI DSS. */
  service_provider: boolean;
  /** Categories in the scope of the SOC 2 examination. */
  soc2_categories: Soc2Category[];
  /** Kind of financial entity under DORA, as far as Delegated Regulation (EU) 2025/301, Art. 5(5) tells kinds apart. */
  eu_entity_kind: 'credit-institution' | 'central-counterparty' | 'trading-venue' | 'other';
  /** Whether it is an essential or important entity under Directive (EU) 2022/2555 (NIS2), Art. 3. */
  nis2_status: 'essential' | 'important' | 'neither';
  /** Whether the competent authority withdrew the relief of weekends and bank holidays for initial and intermediate reports (Delegated Regulation (EU) 2025/301, Art. 5(6)). */
  dora_relief_withdrawn: boolean;
  /** State of the European Economic Area whose bank holidays count for its reports under DORA, by its ISO 3166 code. */
  member_state: MemberState;
  /** Banking organization that notifies its primary federal regulator (12 CFR 53, 225 subpart N or 304 subpart C). */
  us_banking_organization: boolean;
  /** Whether it files with the SEC as a domestic registrant (Form 8-K) or as a foreign private issuer (Form 6-K). */
  sec_filer: 'domestic' | 'foreign-private-issuer' | 'none';
  /** Covered entity under 23 NYCRR 500. */
  nydfs_covered_entity: boolean;
  /** Class A company (23 NYCRR 500.1(d)), covered entity with the limited exemption of 500.19(a), or neither (`standard`). */
  nydfs_class: 'class-a' | 'standard' | 'limited-exemption';
  /** Whether it reports operational incidents in the United Kingdom (FCA PS26/2, PRA PS7/26), and as what. */
  uk_reporting_firm: 'payment-service-provider' | 'other' | 'none';
  /** Whether it runs an information security management system under ISO/IEC 27001, with a statement of applicability. */
  iso_27001_isms: boolean;
};

/** A state of the European Economic Area. */
export type MemberState =
  | 'AT'
  | 'BE'
  | 'BG'
  | 'CY'
  | 'CZ'
  | 'DE'
  | 'DK'
  | 'EE'
  | 'ES'
  | 'FI'
  | 'FR'
  | 'GR'
  | 'HR'
  | 'HU'
  | 'IE'
  | 'IS'
  | 'IT'
  | 'LI'
  | 'LT'
  | 'LU'
  | 'LV'
  | 'MT'
  | 'NL'
  | 'NO'
  | 'PL'
  | 'PT'
  | 'RO'
  | 'SE'
  | 'SI'
  | 'SK';

/** A category of the Trust Services Criteria. */
export type Soc2Category =
  | 'security'
  | 'availability'
  | 'confidentiality'
  | 'processing-integrity'
  | 'privacy';

/** One credential: an API key, secret, token or access key. Never its value. */
export type KeyRecord = Applicability & {
  /** Store-qualified stable id (ARN, resource name, GUID), never the secret. */
  key_id: string;
  /** Other names of the same key: name, short ARN, version id, access key id, fingerprint. */
  aliases: string[] | null;
  /** Human name in its store. */
  name: string | null;
  /** System the record was exported from: aws-sm, aws-iam, azure-kv, gcp-sm, vault-kv, kong, vendor, canonical ... */
  store: string | null;
  /** Where the secret value itself is kept. */
  storage: 'secrets-manager' | 'hsm' | 'env-var' | 'file' | 'ci-variable' | 'source-code' | 'unknown' | null;
  /** Vault entry that a copy in an environment variable, file or CI variable is filled from; an empty string means there is none. */
  vault_ref: string | null;
  /** Kind of credential: api-key, oauth-client-secret, access-key, certificate, database-password, webhook-secret ... */
  type: string | null;
  /** Provider the key gives access to (card processor, account-information API ...). */
  provider: string | null;
  /** Vendor this key was issued to or by; joins to VendorRecord.vendor_id or name. */
  vendor: string | null;
  /** Environment the key works in. */
  environment: Environment | null;
  /** Accountable person or team: id, e-mail or name; an empty string means the source says there is none. */
  owner: string | null;
  /** Business purpose; an empty string means the source says there is none. */
  purpose: string | null;
  /** Integration the key serves (partner API, product); joins to ChangeRecord.integration. */
  integration: string | null;
  /** Categories of data the key reaches. */
  data_categories: string[] | null;
  /** Legal or contractual basis reference. */
  basis_ref: string | null;
  /** The bank's risk tier for the key. */
  risk_tier: RiskTier | null;
  /** What states owner, environment and risk tier, each as `owner: tag team`; filled in while exports are read. */
  stated_by: string[] | null;
  /**
   * What rules of `classify` in keyproof.yaml give the key, as `environment=production, rule 2`; counts if no record states the
   * field. Filled in while exports are read.
   */
  classified: string[] | null;
  /**
   * Fields that records of the key state and that cannot be read, or on which they contradict each other. One of them that is
   * null is unknown, and not missing from the record. Filled in while exports are read.
   */
  unclear: string[] | null;
  /** Scopes granted, such as `payments:write`; `*` is a wildcard. */
  scopes: string[] | null;
  /** Scopes approved for it. */
  approved_scopes: string[] | null;
  /** Life-cycle state. */
  status: 'active' | 'inactive' | 'revoked' | 'expired' | 'pending-deletion' | 'destroyed' | null;
  /** When it was created. */
  created: Instant | null;
  /** When its secret material was last replaced; for a key that cannot rotate in place, its creation. */
  last_rotated: Instant | null;
  /** When it was last used. */
  last_used: Instant | null;
  /** When it stops working; `never` is a statement, not an absence. */
  expires: Instant | null;
  /** When it was revoked or disabled. */
  revoked: Instant | null;
  /** Whether the store rotates it by itself. */
  rotation_enabled: boolean | null;
  /** Rotation interval configured in the store, in days. */
  rotation_interval_days: number | null;
  /** SHA-256 prefix (16 hex characters or more) of the secret, for joining; never the secret. */
  fingerprint: string | null;
  /** Whether the stored value is encrypted at rest. */
  encrypted_at_rest: boolean | null;
  /** Algorithm used at rest, such as AES-256-GCM. */
  encryption_algorithm: string | null;
  /** Wrapping key (KMS key id) used at rest. */
  kms_key: string | null;
  /** People and roles who administer the wrapping key. */
  kek_admins: string[] | null;
  /** Account, vault or module where the wrapping key is kept. */
  kek_location: string | null;
  /** Account, vault or store where the wrapped key is kept. */
  dek_location: string | null;
  /** Whether an HSM protects the key. */
  hsm_backed: boolean | null;
  /** Certificate of the HSM, such as the number of its FIPS 140-2 or 140-3 validation. */
  hsm_certificate: string | null;
  /** Whether its store records every access to it (a Vault audit device, data events of a cloud store). */
  audit_logging: boolean | null;
  /** Networks allowed to use the key, as CIDR ranges; an empty list means unrestricted; null means this source cannot say. */
  ip_allowlist: string[] | null;
  /** How callers authenticate with it: static-key, oauth2, mtls, jwt ... */
  auth_type: string | null;
  /** Lifetime of access tokens obtained with it, in seconds. */
  token_ttl_s: number | null;
  /** Visible prefix of the key (`live_`, `test_`, `rk_`), never more than 12 characters. */
  prefix: string | null;
  /** Workloads that use the key. */
  workloads: string[] | null;
  /** Reference of the approved exception for use by several consumers; an empty string means there is none. */
  sharing_exception: string | null;
  /** Key held ready to take its place, by id or alias; an empty string means there is none. */
  standby_key: string | null;
  /** When the standby key was last proved to work. */
  standby_tested_at: Instant | null;
  /** Repositories it is used from; joins to RepositoryRecord.repository_id. */
  repositories: string[] | null;
  /** Whose account the credential belongs to: a person, an application or a system (PCI DSS 8.2, 8.6). */
  account_kind: 'user' | 'application' | 'system' | null;
  /** Whether a person can log in interactively with it (PCI DSS 8.6.1). */
  interactive_login_capable: boolean | null;
  /** Change or request ticket found with the key. */
  ticket: string | null;
  /** When it was last reviewed whether the key is still needed, with the scopes it holds. */
  need_reviewed_at: Instant | null;
  /** Who reviewed that. */
  need_reviewer: string | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** One step in the life of a key: from a rotation log or an audit log. */
export type RotationRecord = {
  /** Groups the steps of one rotation; null if the log does not group them. */
  rotation_id: string | null;
  /** The key concerned, by id or any alias. */
  key_id: string;
  /** What happened. `rotated` is a completed rotation reported as one event; `drill` is a rehearsal that replaces nothing. */
  step:
    | 'created'
    | 'generated'
    | 'stored'
    | 'deployed'
    | 'verified'
    | 'rotated'
    | 'revoked'
    | 'logged'
    | 'failed'
    | 'rolled-back'
    | 'alerted'
    | 'started'
    | 'drill';
  /** When it happened. */
  at: Instant | null;
  /** Who or what did it. */
  actor: string | null;
  /** Whether a person or a pipeline did it. */
  actor_type: 'human' | 'automation' | 'service' | null;
  /** Result the log states for the step. */
  status: 'success' | 'failure' | null;
  /** Key version after the step. */
  version: string | null;
  /** People who approved it. */
  approvers: string[] | null;
  /** People or teams who were told. */
  notified: string[] | null;
  /** Change of the callers' error rate that the step caused, in percentage points. */
  error_rate_delta_percent: number | null;
  /** Ticket. */
  ticket: string | null;
  /** Environment the step happened in. */
  environment: Environment | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A right that a person, service or workload has on a key, with its approval and review if known. */
export type GrantRecord = {
  /** Stable id; null if the export has none. */
  grant_id: string | null;
  /** Who holds it; joins to PrincipalRecord by id, e-mail or name. */
  principal_id: string;
  /** Key it applies to, by id or alias; `*` means every key of `environment`. */
  key_id: string;
  /** What it allows. */
  action: 'read' | 'use' | 'rotate' | 'create' | 'deploy' | 'revoke' | 'approve' | 'admin' | 'audit' | null;
  /** Allow unless stated otherwise. */
  effect: 'allow' | 'deny' | null;
  /** Role it was granted through. */
  role: string | null;
  /** Path from the holder to the key, step by step (`group payments`, `role deploy`, `policy read-swift`); null if not stated. */
  via: string[] | null;
  /** Patterns of ids that its scope leaves out (`NotResource`); null if it leaves out none. */
  except_keys: string[] | null;
  /** Why its holder may have less than it states, a reason each: a condition that is not evaluated, a boundary that the export lacks; null if there is none. */
  over_approximation: string[] | null;
  /** Environment it is limited to. */
  environment: Environment | null;
  /** Only through a break-glass procedure. */
  break_glass: boolean | null;
  /** Who asked for it. */
  requested_by: string | null;
  /** Who approved it. */
  approved_by: string | null;
  /** When it was approved. */
  approved_at: Instant | null;
  /** Actions that the approval covers. */
  approved_actions: string[] | null;
  /** When it was granted. */
  granted_at: Instant | null;
  /** When it was taken away; null or `never` while in force. */
  removed_at: Instant | null;
  /** Last access review that covered it. */
  reviewed_at: Instant | null;
  /** The access review before that one; `never` if that was the first. */
  previous_review_at: Instant | null;
  /** Reviewer in that review. */
  reviewer: string | null;
  /** Decision in that review; `none` means the reviewer left it blank. */
  decision: 'keep' | 'revoke' | 'none' | null;
  /** True if its source lists what was reviewed: nothing shows the right after its review; null if it lists what is held. */
  known_by_review: true | null;
  /** Ticket. */
  ticket: string | null;
  /** Why it is needed. */
  justification: string | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A person, service or workload that can hold grants. */
export type PrincipalRecord = Pick<Applicability, 'pci_scope' | 'icfr_relevant' | 'personal_data'> & {
  /** Stable id. */
  principal_id: string;
  /** Other names of the same principal: e-mail, login, ARN. */
  aliases: string[] | null;
  /** Display name. */
  name: string | null;
  /** What it is. */
  kind: 'human' | 'service' | 'workload' | null;
  /** True if it is a group: principals that have its id or other name among their roles or in `member_of` hold what it holds. */
  group: boolean | null;
  /** True if the source lists everyone who is directly in the group; null if others may be in it, too. */
  members_listed: boolean | null;
  /** Groups that it is directly in, by id or other name; it may be in others. They are no roles. */
  member_of: string[] | null;
  /** Roles and groups held, normalised to lower case: developer, devops, sre, security, admin, auditor, operator ... */
  roles: string[] | null;
  /** Whether it still works here. */
  status: 'active' | 'suspended' | 'left' | null;
  /** When the person left. */
  departed_at: Instant | null;
  /** Department. */
  department: string | null;
  /** Date of the last secrets-handling training. */
  trained_at: Instant | null;
  /** True if the source lists all principals (an HR or identity-provider export), so that a name it lacks is no principal and leavers are seen; null if it mentions only some (an IAM report, an access review). */
  directory: boolean | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** One event of an audit, access or authentication log. */
export type AuditEventRecord = {
  /** Id in the log; events delivered twice are kept once. */
  event_id: string | null;
  /** When it happened. */
  at: Instant | null;
  /** Kind of event. */
  category:
    | 'authentication'
    | 'read-secret'
    | 'create'
    | 'rotate'
    | 'revoke'
    | 'update'
    | 'use'
    | 'admin'
    | 'other'
    | null;
  /** Native event name (`GetSecretValue`). */
  action: string | null;
  /** Key concerned, by id or alias. */
  key_id: string | null;
  /** Gateway route that was called; joins to RouteRecord.route_id. */
  route_id: string | null;
  /** Who or what acted. */
  actor: string | null;
  /** Whether a person or a workload acted. */
  actor_type: 'human' | 'automation' | 'service' | null;
  /** Result. */
  outcome: 'success' | 'failure' | null;
  /** Source address or host name. */
  source_ip: string | null;
  /** Workload id if there is no address. */
  workload: string | null;
  /** Kind of program that called, as the gateway tells them apart. */
  client: 'server' | 'browser' | 'mobile' | null;
  /** Whether the log shows a credential in the address; the address itself is never kept. */
  credential_in_url: boolean | null;
  /** Time the call took, in ms. */
  latency_ms: number | null;
  /** HTTP status of the answer; 429 means that a limit on calls refused it. */
  http_status: number | null;
  /** Scopes that the call used, which may be fewer than those its key holds. */
  scopes: string[] | null;
  /** Account of a customer that the call was about, as a pseudonym: accounts are counted, and no number of one is needed. */
  account: string | null;
  /** System that wrote the log. */
  log: string | null;
  /** Environment the event came from. */
  environment: Environment | null;
  /** Ticket or reason given for a management action. */
  ticket: string | null;
  /** Whether the event was a break-glass access. */
  break_glass: boolean | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A source repository and how it is protected against leaking secrets. */
export type RepositoryRecord = Pick<
  Applicability,
  'pci_scope' | 'icfr_relevant' | 'personal_data' | 'customer_credential'
> & {
  /** Stable id, usually `org/name`. */
  repository_id: string;
  /** Other names: clone URL, short name. */
  aliases: string[] | null;
  /** Visibility. */
  visibility: 'public' | 'internal' | 'private' | null;
  /** Whether the bank has it in scope of secret scanning. */
  in_scope: boolean | null;
  /** Last complete secret scan. */
  last_scanned: Instant | null;
  /** Whether the whole history has been scanned once. */
  full_history_scanned: boolean | null;
  /** Push protection enabled. */
  push_protection: boolean | null;
  /** Pre-commit secret hook enforced. */
  pre_commit_hook: boolean | null;
  /** Tracked files that look like key material or environment files. */
  sensitive_files: string[] | null;
  /** Patterns of its ignore file. */
  ignore_patterns: string[] | null;
  /** Owning team. */
  owner: string | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** Where a scanner looked: a repository, logs, tickets, chat, build artefacts, or what is shipped to clients (bundles, app packages). */
export type ScanChannel = 'repository' | 'log' | 'ticket' | 'chat' | 'build' | 'client';

/** A secret, or live data where only test data belongs, found by a scanner. What was found is dropped on reading; only its hash is kept. */
export type SecretFindingRecord = {
  /** Id of the finding: the scanner's fingerprint, or a hash of its place. Two findings may share one. */
  finding_id: string;
  /** Repository; taken from the export or, if it has none, from the file's name. */
  repository_id: string | null;
  /** Where it was found; a repository if not stated. */
  channel: ScanChannel | null;
  /** What was found: a secret if not stated, a primary account number, an IBAN or a national id. */
  kind: 'secret' | 'pan' | 'iban' | 'national-id' | null;
  /** Scanner rule that matched. */
  rule: string | null;
  /** Path in the repository. */
  path: string | null;
  /** Line, counted from 1. */
  line: number | null;
  /** Column of the first character in that line, counted from 1. */
  column: number | null;
  /** Commit. */
  commit: string | null;
  /**
   * Whether its place is one of what is shipped to clients (web code that is built or public, source maps, resources of apps), by
   * its path or channel; null if these do not show it.
   */
  client_side: boolean | null;
  /**
   * SHA-256 of the secret, 64 characters of lower-case hex, or, if there is a key of fingerprints, its keyed fingerprint of 32;
   * null if the scan was redacted.
   */
  secret_sha256: string | null;
  /** Key the export itself names. */
  key_id: string | null;
  /** First time it was seen (commit date for git history). */
  first_seen: Instant | null;
  /** Whether the scanner proved that the secret works. */
  verified: boolean | null;
  /** Open, fixed, or judged not a secret. */
  state: 'open' | 'resolved' | 'suppressed' | null;
  /** Why it was suppressed or resolved. */
  reason: string | null;
  /** Scanner name. */
  tool: string | null;
  /** Version of the scanner, as the report writes it. */
  tool_version: string | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** An API gateway route or endpoint. */
export type RouteRecord = Applicability & {
  /** Stable id. */
  route_id: string;
  /** Host and path, or base URL. */
  url: string | null;
  /** State. */
  status: 'active' | 'retired' | null;
  /** Environment. */
  environment: Environment | null;
  /** Reachable from outside the bank. */
  external: boolean | null;
  /** Whether calls reach it through the gateway only. */
  behind_gateway: boolean | null;
  /** Partner the route serves. */
  vendor: string | null;
  /** Lowest TLS version accepted, such as `1.2`; `none` for clear text. */
  min_tls: string | null;
  /** Cipher suites accepted. */
  ciphers: string[] | null;
  /** Mutual TLS required. */
  mtls: boolean | null;
  /** How callers authenticate. */
  auth_type: string | null;
  /** Where callers put the credential. */
  credential_in: 'header' | 'query' | 'path' | 'body' | 'cookie' | 'certificate' | null;
  /** How keys for it are handed to callers. */
  key_delivery: 'vault' | 'portal' | 'encrypted-mail' | 'mail' | 'chat' | 'ticket' | 'none' | null;
  /** Lifetime of the access tokens it accepts, in seconds. */
  token_ttl_s: number | null;
  /** Lifetime of the refresh tokens behind them, in days; 0 means there are none. */
  refresh_ttl_days: number | null;
  /** What its tokens are bound to: a client certificate (RFC 8705), a key of the caller (RFC 9449), or nothing. */
  token_binding: 'mtls' | 'dpop' | 'none' | null;
  /** Kind of certificate callers present (RTS 2018/389 Art. 34). */
  client_certificate: 'qwac' | 'qsealc' | 'other' | 'none' | null;
  /** When that certificate expires. */
  client_certificate_expires: Instant | null;
  /** Payment service roles in it, such as psp_pi, psp_ai (RTS 2018/389 Art. 34(3)). */
  client_certificate_roles: string[] | null;
  /** Id of the credential that clients present to the gateway; never its value. */
  client_credential: string | null;
  /** Id of the credential that the gateway presents to the service behind it; never its value. */
  upstream_credential: string | null;
  /** Scopes of the client credential. */
  client_scopes: string[] | null;
  /** Scopes of the upstream credential. */
  upstream_scopes: string[] | null;
  /** Sustained rate limit, requests per second; 0 means none. */
  rate_limit_rps: number | null;
  /** Burst limit, requests per second. */
  burst_rps: number | null;
  /** Quota per key configured. */
  per_key_quota: boolean | null;
  /** Networks allowed, as CIDR ranges; an empty list means unrestricted. */
  ip_allowlist: string[] | null;
  /** Request schema validation enforced. */
  request_validation: boolean | null;
  /** Fields its responses may hold after filtering. */
  response_fields: string[] | null;
  /** Fields approved for it. */
  approved_fields: string[] | null;
  /** Hash of its configuration as it runs. */
  config_hash: string | null;
  /** Hash of its approved configuration. */
  baseline_hash: string | null;
  /** When its configuration was last changed. */
  config_changed_at: Instant | null;
  /** Ticket of that change. */
  ticket: string | null;
  /** Calls the gateway counted between `calls_from` and `calls_to`. */
  calls: number | null;
  /** First moment of that count. */
  calls_from: Instant | null;
  /** Last moment of that count. */
  calls_to: Instant | null;
  /** Whether the gateway looks for anomalies in a request before it passes it on. */
  inline_detection: boolean | null;
  /** Alert rules active on the route: repeated-failures, new-geography, volume-spike, key-material-access, off-hours, new-ip. */
  alert_rules: string[] | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A security incident that concerns credentials. */
export type IncidentRecord = Applicability & {
  /** Stable id. */
  incident_id: string;
  /** One line. */
  title: string | null;
  /** Severity as the bank classified it. */
  severity: 'critical' | 'high' | 'medium' | 'low' | null;
  /** Kind, such as credential-compromise, vendor-breach. */
  kind: string | null;
  /** Keys concerned, by id or alias. */
  key_ids: string[] | null;
  /** Vendor concerned. */
  vendor: string | null;
  /** When it was detected. */
  detected_at: Instant | null;
  /** When its severity was first assessed. */
  triaged_at: Instant | null;
  /** When the bank knew of it, which starts the clocks of notification rules. */
  aware_at: Instant | null;
  /** When it was classified (Regulation (EU) 2022/2554 Art. 18). */
  classified_at: Instant | null;
  /** When the vendor's notice of its breach arrived. */
  notice_received_at: Instant | null;
  /** Whether a malicious unauthorised access took place (Delegated Regulation (EU) 2024/1772 Art. 9(5)(b)). */
  malicious_unauthorised_access: boolean | null;
  /** Whether data may have been lost. */
  possible_data_loss: boolean | null;
  /** Whether it is a breach of personal data (GDPR Art. 4(12)). */
  personal_data_breach: boolean | null;
  /** Whether customer information was, or is likely to have been, accessed (17 CFR 248.30). */
  customer_information_accessed: boolean | null;
  /** Whether card data was affected. */
  card_data_affected: boolean | null;
  /** When it was contained. */
  contained_at: Instant | null;
  /** When the investigation ended. */
  investigated_at: Instant | null;
  /** When the cause was removed. */
  remediated_at: Instant | null;
  /** When it was closed. */
  closed_at: Instant | null;
  /** Date of the post-incident review. */
  reviewed_at: Instant | null;
  /** Root cause; an empty string means the record says it is not known. */
  root_cause: string | null;
  /** Data and transactions affected. */
  affected: string | null;
  /** Whether the follow-up actions are tracked. */
  actions_tracked: boolean | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A vendor or partner with API access. */
export type VendorRecord = Applicability & {
  /** Stable id. */
  vendor_id: string;
  /** Name; keys and routes may refer to it. */
  name: string | null;
  /** State of the relationship. */
  status: 'active' | 'terminated' | 'onboarding' | null;
  /** When the relationship ended. */
  terminated_at: Instant | null;
  /** Date of the last due-diligence assessment. */
  assessed_at: Instant | null;
  /** When its answers to the security questionnaire came in. */
  questionnaire_at: Instant | null;
  /** When it was last looked at how the vendor handles the bank's data and who may reach them there. */
  data_handling_reviewed_at: Instant | null;
  /** When its readiness for incidents was last looked at. */
  incident_readiness_at: Instant | null;
  /** Last yearly review. */
  reviewed_at: Instant | null;
  /** Expiry of the security certification relied on. */
  certification_expires: Instant | null;
  /** Expiry of its PCI DSS attestation of compliance (AOC). */
  aoc_expires: Instant | null;
  /** Date of the last penetration test. */
  pentest_at: Instant | null;
  /** When the contract was signed. */
  contract_signed_at: Instant | null;
  /** Clauses in the contract: security, sla, breach-notice, audit, termination, key-return. */
  contract_clauses: string[] | null;
  /** Breach notice the contract asks for, in hours. */
  breach_notice_hours: number | null;
  /** Contract end. */
  contract_expires: Instant | null;
  /** Country or region where it keeps or reads the data. */
  jurisdiction: string | null;
  /** What transfers out of the EEA rest on: adequacy, standard contractual clauses ... (GDPR Chapter V); `none needed` is a statement. */
  transfer_mechanism: string | null;
  /** What access to customers' accounts rests on: explicit consent, contract ... */
  consent_basis: string | null;
  /** Whether rules against money laundering bear on the integration. */
  aml_relevant: boolean | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A document with a named owner, approver or attestor: the evidence of a rule that cannot be tested from data. Proves that it exists, never that it is right. */
export type AttestationRecord = {
  /** Rule id the document is evidence for. */
  rule: string;
  /** Subjects it speaks for, by id; null or empty: every subject of the rule. */
  subject_ids: string[] | null;
  /** Why the rule does not concern these subjects, if that is what the document states; an empty string states nothing. */
  not_applicable_reason: string | null;
  /** Title of the document. */
  document_title: string | null;
  /** SHA-256 of the document, lower-case hex. */
  document_sha256: string | null;
  /** Version. */
  version: string | null;
  /** Owner of the document. */
  owner: string | null;
  /** Who approved it; must not be the owner. */
  approver: string | null;
  /** When it was approved. */
  approved_on: Instant | null;
  /** When it takes effect. */
  effective_from: Instant | null;
  /** When it must be reviewed next; the attestation expires then. */
  next_review: Instant | null;
  /** What it covers. */
  scope: string | null;
  /** Topics it covers: rotation, revocation, scopes, token-lifetime, auth-flows ... */
  topics: string[] | null;
  /** People who took part. */
  participants: string[] | null;
  /** What was found. */
  findings: string[] | null;
  /** What is done about it, each with its owner and date. */
  actions: string[] | null;
  /** Findings of high or critical severity that are still open. */
  open_high_findings: number | null;
  /** When the exercise, assessment, training or review took place. */
  held_on: Instant | null;
  /** What an exercise played through. */
  scenario: string | null;
  /** Functions whose contacts the document names: legal, compliance, executive ... */
  contacts: string[] | null;
  /** Who assessed. */
  assessor: string | null;
  /** Whether the assessor is independent of those who built and run what was assessed. */
  assessor_independent: boolean | null;
  /** When what was assessed went live. */
  go_live: Instant | null;
  /** Values the document decides on, as `name=value`, such as `critical=30`. */
  values: string[] | null;
  /** Who attests it. */
  attestor: string | null;
  /** When they did. */
  attested_on: Instant | null;
  /** Reference to a signature. */
  signature_ref: string | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A change, access request or sign-off of a ticket system: what tickets of other records refer to. */
export type ChangeRecord = {
  /** Ticket id. */
  change_id: string;
  /** What it is. */
  kind: 'change' | 'access-request' | 'sandbox-signoff' | 'other' | null;
  /** One line. */
  title: string | null;
  /** Integration it concerns; joins to KeyRecord.integration. */
  integration: string | null;
  /** Environment it concerns. */
  environment: Environment | null;
  /** Who asked. */
  requested_by: string | null;
  /** Who approved. */
  approved_by: string[] | null;
  /** When it was approved. */
  approved_at: Instant | null;
  /** When it was carried out. */
  implemented_at: Instant | null;
  /** State. */
  status: 'open' | 'approved' | 'implemented' | 'closed' | 'rejected' | null;
  /** Document it rests on: test report, description of responses and errors. */
  document_ref: string | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** One run of a control that is to run again and again: a secret scan, a scan of logs, a check of the vault's audit log. */
export type ControlRunRecord = {
  /** Control, such as secret-scan, log-leak-scan, test-data-scan, vault-audit. */
  control: string;
  /** When it ran. */
  at: Instant | null;
  /** Where it looked, if it is a scan. */
  channel: ScanChannel | null;
  /** What it ran on. */
  target: string | null;
  /** Whether it ran to its end. */
  status: 'success' | 'failure' | null;
  /** Findings it reported. */
  findings: number | null;
  /** When its failure was reported. */
  alerted_at: Instant | null;
  /** Ticket. */
  ticket: string | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** How a log is kept: its clock, protection and retention. */
export type LogSourceRecord = Pick<Applicability, 'pci_scope' | 'icfr_relevant' | 'personal_data'> & {
  /** Name of the log, as its events have it; with its account, if logs of several accounts have one name. */
  log: string;
  /** Account, subscription, project or tenant that the log is of; needed only if logs of several have one name. */
  account: string | null;
  /** Where its clock comes from (an NTP server). */
  time_source: string | null;
  /** Largest difference measured between its clock and the reference, in ms. */
  max_skew_ms: number | null;
  /** Whether no one can change entries during the retention period (WORM, object lock). */
  immutable: boolean | null;
  /** When its hash chain was last verified; `never` if it has none. */
  hash_chain_verified_at: Instant | null;
  /** Whether it is copied to a central store. */
  central: boolean | null;
  /** Who can read it. */
  readers: string[] | null;
  /** Who is approved to read it. */
  allowed_readers: string[] | null;
  /** Who can delete entries; an empty list means that no one can. */
  deleters: string[] | null;
  /** Days entries are kept. */
  retention_days: number | null;
  /** Days of them that can be searched at once. */
  hot_days: number | null;
  /** Why entries are kept that long: law, policy or contract. */
  retention_basis: string | null;
  /** Whether it is designated a required record (FINRA rule 4511, SEC rule 17a-4). */
  required_record: boolean | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A decision to notify a recipient of an incident, or not to, under one regime. */
export type NotificationRecord = {
  /** Incident; joins to IncidentRecord.incident_id. */
  incident_id: string;
  /**
   * Regime: GDPR Art. 33(1), 34, 33(2); DORA Art. 19(4); PSD2 Art. 96(1); Regulation S-P (17 CFR 248.30); FINRA rule 4530; 12 CFR 53.3,
   * 225.302 or 304.23; 12 CFR 53.4, 225.303 or 304.24; Form 8-K Item 1.05; Form 6-K; 23 NYCRR 500.17(a) and (c)(1); FCA PS26/2;
   * card brands or acquirer.
   */
  regime:
    | 'gdpr-authority'
    | 'gdpr-data-subjects'
    | 'gdpr-controller'
    | 'dora-initial'
    | 'dora-intermediate'
    | 'dora-final'
    | 'reg-s-p-customers'
    | 'reg-s-p-covered-institution'
    | 'finra-4530'
    | 'card-brands'
    | 'psd2-authority'
    | 'us-bank-regulator'
    | 'us-bank-customers'
    | 'sec-8-k'
    | 'sec-6-k'
    | 'nydfs'
    | 'nydfs-extortion-payment'
    | 'nydfs-extortion-explanation'
    | 'uk-operational-incident'
    | 'uk-payment-incident'
    | 'uk-intermediate'
    | 'uk-final';
  /** Whether a notification is due. */
  required: boolean | null;
  /** Why. */
  reason: string | null;
  /** Who decided. */
  decided_by: string | null;
  /** When they did. */
  decided_at: Instant | null;
  /** When it must be sent. */
  due_at: Instant | null;
  /** When it was sent. */
  sent_at: Instant | null;
  /**
   * When the clock started, if a conclusion of the entity starts it: that the incident is material (Form 8-K), that it must be notified
   * (12 CFR 53.3, 23 NYCRR 500.17), that a rule was violated (FINRA), that a threshold is met (United Kingdom); `never` if it did not conclude so.
   */
  clock_started_at: Instant | null;
  /** Reasons for a delay (GDPR Art. 33(1), Delegated Regulation (EU) 2025/301 Art. 5(3)); an empty string means that none were given. */
  delay_reason: string | null;
  /** When the authority was told that it would be late. */
  delay_told_at: Instant | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** An item of the bank's own register of findings and accepted exceptions. */
export type RegisterItemRecord = {
  /** Id in the register. */
  item_id: string;
  /** What it is. */
  kind: 'finding' | 'exception' | null;
  /** One line. */
  title: string | null;
  /** Severity. */
  severity: 'critical' | 'high' | 'medium' | 'low' | null;
  /** Who deals with it; an empty string means that the register names no one. */
  owner: string | null;
  /** When it is to be done; `never` if the register sets no date. */
  due: Instant | null;
  /** State. */
  status: 'open' | 'closed' | null;
  /** When an exception ends; `never` if the register sets no end. */
  expires: Instant | null;
  /** Fields that the record states and that cannot be read: one that is null is unknown, and not missing. Filled in while exports are read. */
  unclear?: string[] | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** How an export was made: what an auditor asks of information produced by the entity (PCAOB AS 1105.10). */
export type ExtractRecord = {
  /** Name or path of the exported file. */
  file: string;
  /** System it was taken from. */
  system: string | null;
  /** Query or parameters. */
  query: string | null;
  /** When it was taken. */
  extracted_at: Instant | null;
  /** Who or what took it. */
  extractor: string | null;
  /** Records the system says the query has. */
  record_count: number | null;
  /** SHA-256 of the file as it was taken, lower-case hex. */
  sha256: string | null;
  /** First moment it covers, for logs. */
  covers_from: Instant | null;
  /** Last moment it covers. */
  covers_to: Instant | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** Every canonical record kind by the name of its table. */
export type CanonicalRecords = {
  /** Keys and credentials. */
  keys: KeyRecord;
  /** Rotation steps. */
  rotations: RotationRecord;
  /** Access grants and reviews. */
  grants: GrantRecord;
  /** People, services and workloads. */
  principals: PrincipalRecord;
  /** Audit and access log events. */
  events: AuditEventRecord;
  /** Repositories. */
  repositories: RepositoryRecord;
  /** Secrets found in repositories. */
  secret_findings: SecretFindingRecord;
  /** Gateway routes. */
  routes: RouteRecord;
  /** Incidents. */
  incidents: IncidentRecord;
  /** Vendors. */
  vendors: VendorRecord;
  /** Attestations. */
  attestations: AttestationRecord;
  /** Changes, access requests and sign-offs. */
  changes: ChangeRecord;
  /** Runs of controls. */
  control_runs: ControlRunRecord;
  /** How logs are kept. */
  log_sources: LogSourceRecord;
  /** Decisions to notify. */
  notifications: NotificationRecord;
  /** Register of findings and exceptions. */
  register: RegisterItemRecord;
  /** How exports were made. */
  extracts: ExtractRecord;
};

/** Name of a canonical table. */
export type RecordKind = keyof CanonicalRecords;
