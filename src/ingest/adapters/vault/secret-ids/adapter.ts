import type { Instant } from '../../../../model/index.js';
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
import { type Reading, reading } from '../../../fields/record-reader.js';
import { hasMember } from '../../../fields/whole-record.js';

const AGAIN =
  'export again with vault write -format=json auth/approle/role/<role>/secret-id-accessor/lookup secret_id_accessor=<accessor>.';
const HOLDS_SECRET =
  'The export is of a secret id that was made just then and holds it: remove it, and look secret ids up by their accessor.';
/** What Vault writes for a secret id that does not expire. */
const ZERO = '0001-01-01';

/**
 * Secret ids of the AppRole method of HashiCorp Vault and OpenBao, looked up by their accessor
 * (`auth/approle/role/<role>/secret-id-accessor/lookup`), one document a secret id. Follows
 * https://developer.hashicorp.com/vault/api-docs/auth/approle#read-approle-secret-id-accessor
 * - The id is `vault-secret-id:` and the accessor; a lookup does not name its role.
 * - A secret id cannot be replaced in place: `last_rotated` is when it was made. An expiration of the year 1 is `never`.
 * - `cidr_list` is from where it may be used; an empty one is everywhere. Use is in the audit log only: `not-tracked`.
 */
export const adapter: Adapter = {
  id: 'vault-secret-ids',
  title: 'HashiCorp Vault or OpenBao AppRole secret ids (JSON)',
  recognisedBy: '`secret_id_accessor` beside `secret_id_num_uses` and `creation_time`',
  proves: 'that a secret id is valid, its age and expiry, from where it may be used',
  cannot: 'which role it is of, who holds it, and secret ids that were not looked up',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['data', 'secret_id_accessor', 'secret_id_num_uses', 'expiration_time'],
  recognise: ({ first, partial }: FileSample) => {
    const value = lookupOf(objectOf([first ?? partial].flat()[0]));
    const isLookup = ['secret_id_accessor', 'secret_id_num_uses', 'creation_time'].every(
      (name) => name in value,
    );
    return isLookup ? { version: null } : null;
  },
  open: (_file, context): AdapterReader => ({ items: ['$', ''], convert: (raw) => convert(raw, context) }),
};

function lookupOf(value: Record<string, unknown>): Record<string, unknown> {
  return isObject(value['data']) ? value['data'] : value;
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading({ ...raw, value: lookupOf(raw.value) }, context, AGAIN);
  if (r.states('secret_id')) context.warn(HOLDS_SECRET);
  const accessor = r.need(
    'secret_id_accessor',
    r.text('secret_id_accessor'),
    'There is no secret_id_accessor: every lookup has one.',
  );
  const made = () => r.date('creation_time');
  return r.emit('keys', {
    key_id: `vault-secret-id:${accessor}`,
    aliases: accessor === null ? [] : [accessor],
    name: accessor,
    store: 'vault-approle',
    type: 'approle-secret-id',
    auth_type: 'static-key',
    account_kind: 'application',
    status: 'active',
    created: made,
    last_rotated: () => made() ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => expiryOf(r),
    rotation_enabled: false,
    ...(hasMember(r, 'cidr_list') ? { ip_allowlist: () => r.list('cidr_list') ?? [] } : {}),
  });
}

function expiryOf(r: Reading): Instant | null {
  return r.text('expiration_time')?.startsWith(ZERO) ? statedInstant('never') : r.date('expiration_time');
}
