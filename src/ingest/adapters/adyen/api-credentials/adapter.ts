import type { Environment } from '../../../../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { entryOf } from '../../../fields/json.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again from the Management API (GET /merchants/{merchantId}/apiCredentials).';
const HOLDS_SECRET =
  'The file is the answer that made a credential and holds its API key or password; nothing of it was kept: remove it, and list the credentials.';
const LINK =
  /"href"\s*:\s*"https:\/\/management-(?:test|live)\.adyen\.com\/v\d+\/(?:companies|merchants)\/[^"]+\/apiCredentials\//;
const HOSTS: { readonly [host: string]: Environment } = { test: 'test', live: 'production' };

/**
 * API credentials of Adyen, of a company or a merchant account, from the Management API: `{data, _links, itemsTotal}`, or one. Follows
 * https://docs.adyen.com/api-explorer/Management/3/get/companies/(companyId)/apiCredentials
 * - A credential has an API key, a client key (public, in pages of the merchant) and a password for basic authentication; the list shows the client key only.
 * - It states no time: when a key was made, replaced or used is in the audit log of the Customer Area.
 * - `roles` are its permissions. `allowedIpAddresses` without an entry is stated to bind it to no network.
 * - The host of its links tells the test and the live platform.
 */
export const adapter: Adapter = {
  id: 'adyen-api-credentials',
  title: 'Adyen API credentials (JSON of the Management API)',
  recognisedBy:
    '`roles` and `allowedIpAddresses` beside links to `apiCredentials` of `management-live.adyen.com`',
  proves:
    'which API credentials an account has, whether they are active, their roles, and the networks they are bound to',
  cannot: 'when a key of one was made, replaced or used, who holds it, and credentials of other accounts',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['data', 'id', 'username', 'clientKey', 'allowedIpAddresses', 'roles', 'active'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const isOne = keys.includes('roles') && keys.includes('allowedIpAddresses');
  return (isOne || keys.includes('data')) && head.includes('"allowedIpAddresses"') && LINK.test(head)
    ? { version: null }
    : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$.data', '$', ''],
    convert: (raw) => credential(reading(raw, context, AGAIN), context),
  };
}

function credential(r: Reading, context: AdapterContext): Emit[] {
  const id = r.need('id', r.text('id'), 'There is no id: every API credential has one.');
  if (r.states(['apiKey', 'password'])) context.warn(HOLDS_SECRET);
  return r.emit('keys', {
    key_id: `adyen:${id}`,
    aliases: () => [id, r.text('username')].filter((name) => name !== null),
    name: () => r.text('username') ?? id,
    store: 'adyen',
    type: 'api-key',
    auth_type: 'static-key',
    account_kind: 'application',
    vendor: 'Adyen',
    environment: () => environmentOf(r),
    purpose: () => r.text('description'),
    status: () => statusOf(r.flag('active')),
    scopes: () => r.list('roles'),
    ip_allowlist: () => r.list('allowedIpAddresses'),
    last_rotated: statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
  });
}

function environmentOf(r: Reading): Environment | null {
  const [, host = ''] =
    /^https:\/\/management-(\w+)\.adyen\.com\//.exec(r.text('_links.self.href') ?? '') ?? [];
  return entryOf(HOSTS, host) ?? null;
}

function statusOf(active: boolean | null): 'active' | 'inactive' | null {
  if (active === null) return null;
  return active ? 'active' : 'inactive';
}
