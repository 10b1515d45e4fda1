import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample, RawRecord } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { reading } from '../../../fields/record-reader.js';
import { dateOrNever } from '../../../fields/whole-record.js';

const AGAIN = 'export again with vault lease lookup -format=json.';
const MEMBERS = ['id', 'issue_time', 'expire_time', 'last_renewal', 'ttl'];

/**
 * HashiCorp Vault and OpenBao: `vault lease lookup -format=json`, one document a lease: a credential that an engine made for one caller
 * (`database/creds/relay/...`). Follows https://developer.hashicorp.com/vault/api-docs/system/leases#read-lease
 * - The id is `vault-lease:` and the lease's own. A lease that can be looked up is active; renewing it moves its expiry and replaces nothing.
 * - `expire_time: null` is a lease that never expires.
 */
export const adapter: Adapter = {
  id: 'vault-lease',
  title: 'HashiCorp Vault or OpenBao lease lookup (JSON)',
  recognisedBy: '`issue_time`, `expire_time`, `last_renewal` and `ttl` of an `id` with a path, in `data`',
  proves: 'that a credential which an engine made is valid, since when and until when',
  cannot: 'for whom it was made, what it allows, who uses it, and leases that were not looked up',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['data', ...MEMBERS],
  recognise: ({ first, partial }: FileSample) => {
    const [element] = [first ?? partial].flat();
    return isLease(leaseOf(objectOf(element))) ? { version: null } : null;
  },
  open: (_file, context) =>
    ({ items: ['$', ''], convert: (raw) => convert(raw, context) }) satisfies AdapterReader,
};

function leaseOf(value: Record<string, unknown>): Record<string, unknown> {
  return isObject(value['data']) ? value['data'] : value;
}

function isLease(value: Record<string, unknown>): boolean {
  return (
    MEMBERS.every((name) => name in value) &&
    !('accessor' in value) &&
    textOf(value['id'])?.includes('/') === true
  );
}

function convert(raw: RawRecord, context: AdapterContext) {
  const r = reading({ ...raw, value: leaseOf(raw.value) }, context, AGAIN);
  const id = r.need('id', r.text('id'), 'There is no id: every lease has one.');
  const issued = () => r.date('issue_time');
  return r.emit('keys', {
    key_id: `vault-lease:${id}`,
    name: () => id?.slice(0, id.lastIndexOf('/')) || null,
    store: 'vault-lease',
    type: 'vault-lease',
    status: 'active',
    created: issued,
    last_rotated: () => issued() ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => dateOrNever(r, 'expire_time'),
    rotation_enabled: false,
  });
}
