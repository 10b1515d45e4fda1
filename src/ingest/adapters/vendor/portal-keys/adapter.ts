import type { Environment, Instant, KeyRecord } from '../../../../model/index.js';
import { fingerprint } from '../../../../secrets/fingerprint.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { entryOf, textOf } from '../../../fields/json.js';
import { quote } from '../../../fields/quote.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { firstRecord, KEY_ITEMS } from '../portal-lists.js';

const AGAIN = 'export the keys of the portal again.';
const HOLDS_KEYS =
  'The export holds the keys themselves; only their fingerprints were kept: remove it, and export without them.';

/** Types of key, with the environment that one is for; a restricted key may be for any. */
const TYPES: { readonly [type: string]: Environment | null } = {
  development: 'development',
  production: 'production',
  restricted: null,
};
const PREFIXES: { readonly [prefix: string]: Environment | null } = {
  dev_: 'development',
  prod_: 'production',
  rest_: null,
};
const ENVIRONMENTS = ['production', 'staging', 'development', 'test', 'sandbox'] as const;
const STATUSES = ['active', 'inactive', 'revoked', 'expired', 'pending-deletion', 'destroyed'] as const;

/** Names of members in the two spellings that portals use, by what they state. */
const PLACES = {
  id: ['key_id', 'keyId', 'id'],
  expires: ['expiration', 'expires_at', 'expiresAt'],
  created: ['created_at', 'createdAt', 'created'],
  rotated: ['last_rotated_at', 'lastRotatedAt', 'rotated_at', 'rotatedAt', 'last_rotated', 'lastRotated'],
  used: ['last_used_at', 'lastUsedAt', 'last_used', 'lastUsed'],
  revoked: ['revoked_at', 'revokedAt'],
  networks: ['ip_allowlist', 'ipAllowlist', 'allowed_ips', 'allowedIps', 'ip_whitelist', 'ipWhitelist'],
  owner: ['owner', 'owner_email', 'ownerEmail'],
  purpose: ['purpose', 'description'],
  secret: ['key', 'apiKey', 'api_key', 'secret', 'value', 'token'],
  active: ['active', 'enabled'],
} as const;
const READ = new Set<string>([
  ...Object.values(PLACES).flat(),
  ...['name', 'type', 'prefix', 'permissions', 'environment', 'status', 'vendor', 'integration'],
]);

/**
 * API keys of the portal of a vendor, such as FinFusion: keys with a type (development, production, restricted) or a prefix of
 * one (`dev_`, `prod_`, `rest_`), permissions and an expiration; a bare array, one a line, or a page (`data`, `keys`, `items`).
 * - The type, or else the prefix, states the environment, unless the key does; a restricted key states none. Permissions are its scopes.
 * - A key without an expiration never expires, if the member is there and null.
 * - Portals document the request that makes a key and not what a list of them holds. So the usual names of its times are read, in both
 *   spellings, and members that are not read are named.
 * - A key that is shown in full is fingerprinted at once; of a masked one (`prod_****a1b2`) its prefix is kept alone.
 */
export const adapter: Adapter = {
  id: 'vendor-portal-keys',
  title: 'API keys of the portal of a vendor, such as FinFusion (JSON)',
  recognisedBy:
    '`permissions` as a list and an expiration, beside `type` development, production or restricted, or a prefix `dev_`, `prod_` or `rest_`',
  proves:
    'which keys the portal lists, what each is for, its permissions and expiry, and the times that it states',
  cannot: 'who holds a key, where else it is kept, how often it is called, and that the list is complete',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['id', 'name', 'type', 'permissions', 'expiration'],
  recognise,
  open,
};

function recognise(sample: FileSample): { version: string | null } | null {
  const record = firstRecord(sample, KEY_ITEMS);
  const { permissions, type } = record;
  const listed = Array.isArray(permissions) && permissions.every((one) => typeof one === 'string');
  const has = (places: readonly string[]) => places.some((name) => name in record);
  if (!listed || !has(PLACES.id) || !has(PLACES.expires)) return null;
  const typed = typeof type === 'string' && entryOf(TYPES, type) !== undefined;
  return typed || prefixIn(record) !== null ? { version: null } : null;
}

/** Returns the prefix that a record states, or with which its key begins. */
function prefixIn(record: Record<string, unknown>): string | null {
  const texts = ['prefix', ...PLACES.secret].map((name) => textOf(record[name]) ?? '');
  return Object.keys(PREFIXES).find((prefix) => texts.some((text) => text.startsWith(prefix))) ?? null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const unread = new Set<string>();
  return {
    items: KEY_ITEMS,
    convert(raw) {
      for (const name of Object.keys(raw.value)) if (!READ.has(name)) unread.add(name);
      return key(reading(raw, context, AGAIN), raw, context);
    },
    end() {
      const names = [...unread].sort().slice(0, 20).map(quote);
      if (names.length > 0) context.warn(`not read: ${names.join(', ')}`);
      return [];
    },
  };
}

function key(r: Reading, raw: RawRecord, context: AdapterContext): Emit[] {
  const id = r.need(PLACES.id, r.text(PLACES.id), 'There is neither id nor keyId: every key has one.');
  const secret = r.value(PLACES.secret);
  const shown = typeof secret === 'string' && secret !== '' && !/[*•…]|\.\.\./.test(secret);
  if (shown) context.warn(HOLDS_KEYS);
  return r.emit('keys', life(r), {
    key_id: id,
    name: () => r.text('name') ?? id,
    store: 'vendor-portal',
    type: 'api-key',
    auth_type: 'static-key',
    vendor: () => r.text('vendor'),
    integration: () => r.text('integration'),
    environment: () => environmentOf(r, raw),
    prefix: prefixIn(raw.value),
    owner: () => r.text(PLACES.owner),
    purpose: () => r.text(PLACES.purpose),
    scopes: () => r.list('permissions'),
    ip_allowlist: () => r.list(PLACES.networks),
    ...(shown ? { fingerprint: fingerprint(secret) } : {}),
  });
}

function life(r: Reading): Draft<'keys'> {
  return {
    status: () => statusOf(r),
    created: () => r.date(PLACES.created),
    last_rotated: () => r.date(PLACES.rotated),
    last_used: () => orNever(r, PLACES.used),
    expires: () => orNever(r, PLACES.expires),
    revoked: () => r.date(PLACES.revoked),
  };
}

function environmentOf(r: Reading, { value }: RawRecord): Environment | null {
  const stated = r.oneOf('environment', ENVIRONMENTS);
  if (stated !== null || r.states('environment')) return stated;
  const byType = entryOf(TYPES, r.text('type') ?? '');
  return byType ?? (byType === null ? null : (PREFIXES[prefixIn(value) ?? ''] ?? null));
}

function statusOf(r: Reading): KeyRecord['status'] {
  const stated = r.oneOf('status', STATUSES);
  if (stated !== null || r.states('status')) return stated;
  const active = r.flag(PLACES.active);
  return active === null ? null : active ? 'active' : 'inactive';
}

/** Returns a time; `never` if the export has the member and it is null. */
function orNever(r: Reading, places: readonly string[]): Instant | null {
  const nulled = places.some((name) => r.raw.value[name] === null);
  return r.date(places) ?? (nulled && !r.states(places) ? statedInstant('never') : null);
}
