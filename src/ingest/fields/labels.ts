import type { KeyRecord } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';
import type { AdapterContext } from '../adapter.js';
import { parseInstant } from './instants.js';
import { entryOf } from './json.js';
import { type Parsed, parsed, unparsable } from './parsed.js';
import { parseBoolean, parseEnum, parseList, parseNumber, parseText } from './values.js';

type TagRule<T> = {
  /** Names of the tag, most telling first. */
  names: readonly string[];
  /** Reads its value. */
  read: (text: string) => Parsed<T>;
  /** Value where the export carries tags and none of these; absent: the field stays unknown. */
  none?: T;
};

/** Tags of one secret by plain name (lower case, letters and digits only). */
export type Tags = { readonly [name: string]: string };

/** A list in one tag value: tag values cannot hold `,` or `;`, so a space separates as well. */
const list = (text: string) => (text.trim() === '' ? parsed([]) : parseList(text, [' ']));
const text = (value: string) => (value.trim() === '' ? parsed('') : parseText(value));
const oneOf =
  <T extends string>(...values: T[]) =>
  (value: string) =>
    parseEnum(value, values);

/**
 * Which tag holds which fact. A name matches whatever its case and whether it is written `risk-tier`, `risk_tier` or
 * `RiskTier`; the same name after `keyproof:` wins over the bare one, for banks whose own tag means something else.
 */
export const SECRET_TAGS: { [F in keyof KeyRecord]?: TagRule<KeyRecord[F]> } = {
  owner: {
    names: ['owner', 'owned-by', 'owner-email', 'owner-team', 'service-owner', 'team'],
    read: text,
    none: '',
  },
  purpose: { names: ['purpose', 'business-purpose', 'use'], read: text, none: '' },
  environment: {
    names: ['environment', 'env', 'stage'],
    read: oneOf('production', 'staging', 'development', 'test', 'sandbox'),
  },
  risk_tier: {
    names: ['risk-tier', 'tier', 'risk', 'criticality'],
    read: oneOf('critical', 'high', 'medium', 'low'),
  },
  vendor: { names: ['vendor', 'vendor-id', 'partner', 'third-party'], read: text },
  provider: { names: ['provider', 'service-provider'], read: text },
  type: { names: ['type', 'key-type', 'credential-type', 'secret-type'], read: text },
  auth_type: { names: ['auth-type', 'auth', 'authentication'], read: text },
  ticket: { names: ['ticket', 'change-ticket', 'change', 'change-request', 'jira'], read: text },
  basis_ref: { names: ['basis-ref', 'legal-basis', 'contract-ref'], read: text },
  scopes: { names: ['scopes', 'scope'], read: list },
  approved_scopes: { names: ['approved-scopes', 'approved-scope'], read: list },
  data_categories: { names: ['data-categories', 'data-category', 'data-classes'], read: list },
  workloads: { names: ['workloads', 'workload', 'consumers'], read: list },
  repositories: { names: ['repositories', 'repository', 'repos', 'repo'], read: list },
  ip_allowlist: { names: ['ip-allowlist', 'allowed-ips', 'ip-ranges'], read: ranges },
  account_kind: { names: ['account-kind', 'account-type'], read: oneOf('user', 'application', 'system') },
  pci_scope: { names: ['pci-scope', 'pci'], read: oneOf('cde', 'connected', 'out') },
  icfr_relevant: { names: ['icfr-relevant', 'icfr', 'sox'], read: parseBoolean },
  personal_data: { names: ['personal-data', 'pii'], read: parseBoolean },
  carries_pan: { names: ['carries-pan', 'pan'], read: parseBoolean },
  protects_stored_account_data: { names: ['protects-stored-account-data'], read: parseBoolean },
  tpp_aspsp_interface: { names: ['tpp-aspsp-interface', 'psd2'], read: parseBoolean },
  customer_credential: { names: ['customer-credential'], read: parseBoolean },
  critical_or_important_function: {
    names: ['critical-or-important-function', 'dora-critical'],
    read: parseBoolean,
  },
  interactive_login_capable: { names: ['interactive-login-capable'], read: parseBoolean },
  hsm_backed: { names: ['hsm-backed'], read: parseBoolean },
  hsm_certificate: { names: ['hsm-certificate', 'fips-certificate'], read: text },
  audit_logging: { names: ['audit-logging'], read: parseBoolean },
  kek_location: { names: ['kek-location'], read: text },
  dek_location: { names: ['dek-location'], read: text },
  kek_admins: { names: ['kek-admins'], read: list },
  integration: { names: ['integration', 'integration-id'], read: text },
  sharing_exception: { names: ['sharing-exception'], read: text },
  standby_key: { names: ['standby-key', 'standby'], read: text },
  standby_tested_at: { names: ['standby-tested-at', 'standby-tested'], read: parseInstant },
  token_ttl_s: { names: ['token-ttl-s', 'token-ttl'], read: (value) => parseNumber(value, 'seconds') },
  expires: { names: ['expires', 'expires-on', 'expiry', 'expiration'], read: parseInstant },
  fingerprint: { names: ['fingerprint', 'secret-fingerprint', 'sha256'], read: hashPrefix },
  prefix: { names: ['prefix', 'key-prefix'], read: visiblePrefix },
};

const NO_LIMIT = /^(any|all|unrestricted|0\.0\.0\.0\/0)$/i;

function ranges(value: string): Parsed<string[] | null> {
  return NO_LIMIT.test(value.trim()) ? parsed([]) : list(value);
}

/** Never shows what it refuses: it may be the secret itself. */
function hashPrefix(value: string): Parsed<string | null> {
  const hex = value
    .trim()
    .toLowerCase()
    .replace(/^sha-?256[:=]/, '');
  if (hex === '') return parsed(null);
  if (/^[0-9a-f]{16,64}$/.test(hex)) return parsed(hex.slice(0, 32));
  return unparsable('not 16 to 64 hexadecimal digits of the SHA-256 of the secret');
}

function visiblePrefix(value: string): Parsed<string | null> {
  const prefix = value.trim();
  if (prefix.length <= 12) return parsed(prefix === '' ? null : prefix);
  return unparsable('longer than 12 characters, so that it would show more than a prefix');
}

/** Tags as a table, or null where `Tags` is no list of `{Key, Value}` objects. Tags that AWS sets (`aws:`) are left out. */
export function tagTable(value: unknown): Tags | null {
  if (!Array.isArray(value)) return null;
  const bare: { [name: string]: string } = {};
  const own: { [name: string]: string } = {};
  for (const tag of value) {
    if (!isObject(tag) || typeof tag['Key'] !== 'string') return null;
    if (/^aws:/i.test(tag['Key'])) continue;
    const prefixed = /^keyproof:/i.test(tag['Key']);
    const name = plainName(tag['Key'].replace(/^keyproof:/i, ''));
    (prefixed ? own : bare)[name] = typeof tag['Value'] === 'string' ? tag['Value'] : '';
  }
  return { ...bare, ...own };
}

/** Facts that the tags of a secret state. A value that cannot be read leaves its field unknown, with a warning. */
export function factsFromTags(tags: Tags, context: AdapterContext): Partial<KeyRecord> {
  const facts: Partial<KeyRecord> = {};
  for (const field of FIELDS) setFact(facts, field, tags, context);
  return facts;
}

function setFact<F extends keyof KeyRecord>(
  facts: Partial<KeyRecord>,
  field: F,
  tags: Tags,
  context: AdapterContext,
): void {
  const rule: TagRule<KeyRecord[F]> | undefined = SECRET_TAGS[field];
  if (!rule) return;
  const name = rule.names.find((candidate) => entryOf(tags, plainName(candidate)) !== undefined);
  if (name === undefined) {
    if (rule.none !== undefined) facts[field] = rule.none;
    return;
  }
  const value = rule.read(entryOf(tags, plainName(name)) ?? '');
  if (value.ok) facts[field] = value.value;
  else context.warn(`Tag ${name}: ${value.reason}. Where it says so, ${field} is unknown; correct the tag.`);
}

/** Lower case, letters and digits only: `Risk_Tier` and `risk-tier` are one name. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

const FIELDS = Object.keys(SECRET_TAGS).filter(isField);

function isField(name: string): name is keyof KeyRecord & string {
  return Object.hasOwn(SECRET_TAGS, name);
}
