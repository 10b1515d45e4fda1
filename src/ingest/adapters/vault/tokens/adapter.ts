import { fingerprint } from '../../../../secrets/fingerprint.js';
import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { objectOf } from '../../../fields/json.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { dateOrNever, hasMember } from '../../../fields/whole-record.js';

const AGAIN = 'export again with vault token lookup -accessor -format=json.';
const HOLDS_TOKEN =
  'The export holds the token itself (id); only its fingerprint was kept: remove it, revoke the token, and look tokens up by their accessor.';

/**
 * HashiCorp Vault and OpenBao: `vault token lookup -format=json`, by token or by `-accessor`; one document a token. Follows
 * https://developer.hashicorp.com/vault/api-docs/auth/token#lookup-a-token
 * - The id is `vault-token:` and the accessor. A lookup by token has the token as `id`: it is fingerprinted at once.
 * - A token cannot be replaced in place: `last_rotated` is when it was issued; renewing it moves its expiry only.
 * - `expire_time: null` is a token that never expires (root). The policies are its scopes; `root` may do everything: `*`.
 * - A token is also a principal, a member of the groups that its policies are (`vault-policy:<name>`, see vault-policies), and a workload
 *   if a method for machines let it in, by the usual name of its mount.
 * - A token that can be looked up is active. Use is in the audit log only: `not-tracked`.
 */
export const adapter: Adapter = {
  id: 'vault-token',
  title: 'HashiCorp Vault or OpenBao token lookup (JSON)',
  recognisedBy: '`accessor`, `creation_ttl` and `policies` in `data`',
  proves: 'that a token is valid, its age, expiry and policies, and through which login it was issued',
  cannot:
    'what the policies allow (their own export does), who uses the token, and tokens that were not looked up',
  produces: ['keys', 'principals'],
  formats: ['json', 'ndjson'],
  signature: ['data', 'accessor', 'creation_time', 'creation_ttl', 'expire_time', 'policies'],
  recognise,
  open,
};

function recognise({ first, partial }: FileSample): { version: string | null } | null {
  const [element] = [first ?? partial].flat();
  return isLookup(tokenOf(objectOf(element))) ? { version: null } : null;
}

function tokenOf(value: Record<string, unknown>): Record<string, unknown> {
  return isObject(value['data']) ? value['data'] : value;
}

function isLookup(value: Record<string, unknown>): boolean {
  return ['accessor', 'creation_time', 'creation_ttl', 'policies'].every((name) => name in value);
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return { items: ['$', ''], convert: (raw) => convert(raw, context) };
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading({ ...raw, value: tokenOf(raw.value) }, context, AGAIN);
  const token = r.value('id');
  const held = typeof token === 'string' && token.trim() !== '';
  if (held) context.warn(HOLDS_TOKEN);
  const accessor = r.need(
    'accessor',
    r.text('accessor'),
    'There is no accessor: every lookup of a token has one.',
  );
  const keys = r.emit('keys', life(r), {
    key_id: `vault-token:${accessor}`,
    aliases: accessor === null ? [] : [accessor],
    name: () => r.text('display_name') ?? accessor,
    store: 'vault-token',
    type: 'vault-token',
    auth_type: 'static-key',
    scopes: () => scopesOf(r),
    ...(held ? { fingerprint: fingerprint(token) } : {}),
  });
  return keys.length === 0 ? [] : [...keys, ...holder(r, `vault-token:${accessor}`)];
}

/** Methods by which machines log in, as their mounts are called if nobody names them otherwise. */
const OF_MACHINES = /^auth\/(?:approle|kubernetes|aws|azure|gcp|alicloud|cf|tencentcloud)\//;

/** Returns the token as a principal that holds its policies. */
function holder(r: Reading, principal_id: string): Emit[] {
  return r.emit('principals', {
    principal_id,
    name: () => r.text('display_name'),
    kind: () => (OF_MACHINES.test(r.text('path') ?? '') ? 'workload' : null),
    roles: () => policiesOf(r)?.map((name) => `vault-policy:${name.toLowerCase()}`),
  });
}

function life(r: Reading): Draft<'keys'> {
  const issued = () => r.date(['issue_time', 'creation_time']);
  return {
    status: 'active',
    created: issued,
    last_rotated: () => issued() ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => dateOrNever(r, 'expire_time'),
    rotation_enabled: false,
  };
}

function scopesOf(r: Reading): string[] | null {
  const policies = policiesOf(r);
  if (policies === null) return null;
  return policies.includes('root') ? ['*'] : policies.map((name) => `policy:${name}`);
}

/** Returns the policies; null if the lookup has no list of them, which every lookup has. */
function policiesOf(r: Reading): string[] | null {
  if (!hasMember(r, 'policies')) return null;
  return [...new Set([...(r.list('policies') ?? []), ...(r.list('identity_policies') ?? [])])];
}
