import type { RecordKind } from '../../../../model/index.js';
import { CANONICAL_FIELDS, type CanonicalField } from '../../../fields/record-fields.js';

/**
 * Column names that mean a canonical field, in the form `headerWord` makes of them. A kind uses
 * those of its own fields only. Left out on purpose: `key` (may hold the secret), `algorithm` (at rest or for signing?),
 * `rate_limit` (a second or a minute?): these need `columns` in keyproof.yaml.
 */
const HEADER_SYNONYMS: { [header: string]: readonly string[] } = {
  api_key_id: ['key_id'],
  credential_id: ['key_id'],
  secret_id: ['key_id'],
  key_name: ['name'],
  display_name: ['name'],
  client_name: ['name'],
  full_name: ['name'],
  repository: ['repository_id'],
  repo: ['repository_id'],
  route: ['route_id'],
  endpoint: ['url'],
  incident: ['incident_id'],
  partner: ['vendor'],
  vendor_name: ['vendor', 'name'],
  user: ['principal_id', 'actor'],
  user_id: ['principal_id', 'actor'],
  principal: ['principal_id'],
  env: ['environment'],
  stage: ['environment'],
  tier: ['risk_tier'],
  risk: ['risk_tier'],
  criticality: ['risk_tier'],
  state: ['status'],
  created_at: ['created'],
  created_on: ['created'],
  creation_date: ['created'],
  created_date: ['created'],
  last_rotated_at: ['last_rotated'],
  last_rotation: ['last_rotated'],
  rotated_at: ['last_rotated'],
  rotation_date: ['last_rotated'],
  last_used_at: ['last_used'],
  last_use: ['last_used'],
  expiry: ['expires', 'contract_expires'],
  expires_at: ['expires'],
  expires_on: ['expires'],
  expiration: ['expires'],
  expiry_date: ['expires'],
  expiration_date: ['expires'],
  permissions: ['scopes'],
  revoked_at: ['revoked'],
  revoked_on: ['revoked'],
  owner_team: ['owner'],
  owned_by: ['owner'],
  key_owner: ['owner'],
  responsible: ['owner'],
  change_ticket: ['ticket'],
  ticket_id: ['ticket', 'change_id'],
  change_number: ['ticket', 'change_id'],
  change: ['ticket'],
  ip_allow_list: ['ip_allowlist'],
  allowed_ips: ['ip_allowlist'],
  ip_whitelist: ['ip_allowlist'],
  ip_restrictions: ['ip_allowlist'],
  rotation_days: ['rotation_interval_days'],
  rotation_interval: ['rotation_interval_days'],
  event: ['step', 'action'],
  event_name: ['action'],
  event_time: ['at'],
  timestamp: ['at'],
  time: ['at'],
  date: ['at'],
  performed_by: ['actor'],
  result: ['status', 'outcome'],
  source_address: ['source_ip'],
  ip: ['source_ip'],
  role: ['role', 'roles'],
  left_on: ['departed_at'],
  departure_date: ['departed_at'],
  department_name: ['department'],
  approver: ['approver', 'approved_by', 'approvers'],
  approved_on: ['approved_on', 'approved_at'],
  granted_on: ['granted_at'],
  reviewed_on: ['reviewed_at'],
  removed_on: ['removed_at'],
  rule_id: ['rule'],
  principal_kind: ['kind'],
  incident_kind: ['kind'],
  change_kind: ['kind'],
  register_kind: ['kind'],
  finding_kind: ['kind'],
  control_id: ['control'],
  control_name: ['control'],
  run_at: ['at'],
  log_name: ['log'],
  log_source: ['log'],
  ntp_server: ['time_source'],
  retention: ['retention_days'],
  due_date: ['due'],
  due_on: ['due'],
  file_name: ['file'],
  row_count: ['record_count'],
  rows: ['record_count'],
  standby: ['standby_key'],
  data_location: ['jurisdiction'],
  tls_min_version: ['min_tls'],
  min_tls_version: ['min_tls'],
};

/** Returns a column name in one form: `Key ID`, `keyId`, `KEY-ID` and `key_id` are the same. */
export function headerWord(name: string): string {
  return name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
}

/**
 * Returns which column of a file holds which field of a kind; the first column wins. Columns of no field are left out.
 */
export function matchColumns(kind: RecordKind, columns: readonly string[]): Map<string, string> {
  const fields = CANONICAL_FIELDS[kind].map(({ name }) => name);
  const matched = new Map<string, string>();
  for (const exact of [true, false]) {
    for (const column of columns) {
      const field = fieldOf(fields, headerWord(column), exact);
      if (field && !matched.has(field) && ![...matched.values()].includes(column)) matched.set(field, column);
    }
  }
  return matched;
}

/**
 * Returns which of further columns state the same field as a column: those of the same words, and any that means a field of
 * few values. Names of texts and dates differ because what they say differs (`name`, `display_name`).
 */
export function sameField(
  kind: RecordKind,
  { name, type }: CanonicalField,
  column: string,
  further: readonly string[],
): string[] {
  const fields = CANONICAL_FIELDS[kind].map((field) => field.name);
  const meant = (word: string): boolean =>
    [true, false].some((exact) => fieldOf(fields, word, exact) === name);
  return further.filter((other) => {
    const word = headerWord(other);
    return word !== '' && (word === headerWord(column) || (type === 'enum' && meant(word)));
  });
}

function fieldOf(fields: readonly string[], word: string, exact: boolean): string | undefined {
  if (exact) return fields.find((field) => field === word);
  const meant = Object.hasOwn(HEADER_SYNONYMS, word) ? HEADER_SYNONYMS[word] : undefined;
  return meant?.find((field) => fields.includes(field));
}
