import type { Instant } from './instant.js';
import type { SourceRef } from './provenance.js';

/** Environments a credential or route can belong to; free text in exports is normalised to these. */
export type Environment = 'production' | 'staging' | 'development' | 'test' | 'sandbox';

/** Risk tier of a key, as the bank's own classification has it. */
export type RiskTier = 'critical' | 'high' | 'medium' | 'low';

/** Scope and applicability facts that decide which frameworks a subject falls under. Null means nobody said. */
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
};

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
  /** Categories of data the key reaches. */
  data_categories: string[] | null;
  /** Legal or contractual basis reference. */
  basis_ref: string | null;
  /** The bank's risk tier for the key. */
  risk_tier: RiskTier | null;
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
  /** Account, vault or module where the wrapping key is kept. */
  kek_location: string | null;
  /** Account, vault or store where the wrapped key is kept. */
  dek_location: string | null;
  /** Whether an HSM protects the key. */
  hsm_backed: boolean | null;
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
  /** Repositories it is used from; joins to RepositoryRecord.repository_id. */
  repositories: string[] | null;
  /** Whose account the credential belongs to: a person, an application or a system (PCI DSS 8.2, 8.6). */
  account_kind: 'user' | 'application' | 'system' | null;
  /** Whether a person can log in interactively with it (PCI DSS 8.6.1). */
  interactive_login_capable: boolean | null;
  /** Change or request ticket found with the key. */
  ticket: string | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** One step in the life of a key: from a rotation log or an audit log. */
export type RotationRecord = {
  /** Groups the steps of one rotation; null where the log does not group them. */
  rotation_id: string | null;
  /** The key concerned, by id or any alias. */
  key_id: string;
  /** What happened. `rotated` is a completed rotation reported as one event. */
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
    | 'started';
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
  /** Ticket. */
  ticket: string | null;
  /** Environment the step happened in. */
  environment: Environment | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A right that somebody or something has on a key, with its approval and review where known. */
export type GrantRecord = {
  /** Stable id; null where the export has none. */
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
  /** When it was granted. */
  granted_at: Instant | null;
  /** When it was taken away; null or `never` while in force. */
  removed_at: Instant | null;
  /** Last access review that covered it. */
  reviewed_at: Instant | null;
  /** Reviewer in that review. */
  reviewer: string | null;
  /** Decision in that review; `none` means the reviewer left it blank. */
  decision: 'keep' | 'revoke' | 'none' | null;
  /** Ticket. */
  ticket: string | null;
  /** Why it is needed. */
  justification: string | null;
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
  /** Roles held, normalised to lower case: developer, devops, sre, security, admin, auditor, operator ... */
  roles: string[] | null;
  /** Whether it still works here. */
  status: 'active' | 'suspended' | 'left' | null;
  /** When the person left. */
  departed_at: Instant | null;
  /** Department. */
  department: string | null;
  /** Date of the last secrets-handling training. */
  trained_at: Instant | null;
  /** True where the source lists everybody (an HR or identity-provider export), so that a name it lacks is nobody's and a leaver shows; null where it only mentions some (an IAM report, an access review). */
  directory: boolean | null;
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
  /** Who or what acted. */
  actor: string | null;
  /** Whether a person or a workload acted. */
  actor_type: 'human' | 'automation' | 'service' | null;
  /** Result. */
  outcome: 'success' | 'failure' | null;
  /** Source address or host name. */
  source_ip: string | null;
  /** Workload id where there is no address. */
  workload: string | null;
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
  /** Owning team. */
  owner: string | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A secret found by a scanner. The secret itself is dropped on reading; only its hash is kept. */
export type SecretFindingRecord = {
  /** Id of the finding: the scanner's fingerprint, or a hash of its place. */
  finding_id: string;
  /** Repository; taken from the export or, where it has none, from the file's name. */
  repository_id: string | null;
  /** Scanner rule that matched. */
  rule: string | null;
  /** Path in the repository. */
  path: string | null;
  /** Line, counted from 1. */
  line: number | null;
  /** Commit. */
  commit: string | null;
  /** SHA-256 of the secret, lower-case hex; null where the scan was redacted. */
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
  /** Where the record was read. */
  source: SourceRef;
};

/** An API gateway route or endpoint. */
export type RouteRecord = Applicability & {
  /** Stable id. */
  route_id: string;
  /** Host and path, or base URL. */
  url: string | null;
  /** Environment. */
  environment: Environment | null;
  /** Reachable from outside the bank. */
  external: boolean | null;
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
  /** Alert rules active on the route: repeated-failures, new-geography, volume-spike, key-material-access, off-hours, new-ip. */
  alert_rules: string[] | null;
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
  /** Last yearly review. */
  reviewed_at: Instant | null;
  /** Expiry of the security certification relied on. */
  certification_expires: Instant | null;
  /** Date of the last penetration test. */
  pentest_at: Instant | null;
  /** Clauses in the contract: security, sla, breach-notice, audit, termination. */
  contract_clauses: string[] | null;
  /** Breach notice the contract asks for, in hours. */
  breach_notice_hours: number | null;
  /** Contract end. */
  contract_expires: Instant | null;
  /** Where the record was read. */
  source: SourceRef;
};

/** A document somebody answers for: what a rule that cannot be tested from data rests on. Proves that it exists, never that it is right. */
export type AttestationRecord = {
  /** Rule id the document is evidence for. */
  rule: string;
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
  /** Who attests it. */
  attestor: string | null;
  /** When they did. */
  attested_on: Instant | null;
  /** Reference to a signature. */
  signature_ref: string | null;
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
};

/** Name of a canonical table. */
export type RecordKind = keyof CanonicalRecords;
