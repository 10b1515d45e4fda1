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
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with vault read -format=json database/static-roles/<role>.';
const HOLDS_PASSWORD =
  'The export is of static-creds and holds the password itself: remove it, and export vault read -format=json database/static-roles/<role> (of LDAP: ldap/static-role/<role>).';
const DAY_S = 86_400;

/**
 * Static roles of the engines of HashiCorp Vault and OpenBao for databases (`vault read -format=json database/static-roles/<role>`) and for LDAP
 * (`ldap/static-role/<role>`): a user whose password Vault replaces. One document a role. Follows
 * https://developer.hashicorp.com/vault/api-docs/secret/databases#read-static-role and
 * https://developer.hashicorp.com/vault/api-docs/secret/ldap#read-static-role
 * - A document does not name its role; the id is the connection and the user, `vault-db:<db_name>/<username>`, or of LDAP the entry,
 *   `vault-ldap:<dn>`. The answer of `static-creds` for a database lacks the connection and holds the password: it is left out, with a
 *   sentence. That of LDAP names the entry and is read.
 * - `last_vault_rotation` (`last_openbao_rotation` in documents of OpenBao) is when Vault last replaced the password; the year 1 is never.
 *   `rotation_period` is in seconds, or a duration such as `1h`.
 * - When the user was made is in the database or directory only, and so is its use: `not-tracked`.
 */
export const adapter: Adapter = {
  id: 'vault-database-static-roles',
  title: 'HashiCorp Vault or OpenBao static roles of databases and LDAP (JSON)',
  recognisedBy: '`last_vault_rotation` beside `rotation_period` and `username`',
  proves: 'which users of databases and LDAP Vault replaces the password of, how often, and when it last did',
  cannot: 'who reads the password, since when the user exists, and roles that were not exported',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: [
    'data',
    'db_name',
    'dn',
    'last_vault_rotation',
    'rotation_period',
    'rotation_schedule',
    'username',
  ],
  recognise,
  open: (file, context): AdapterReader => ({
    items: ['$', ''],
    ...(recognise(file)?.version === 'static-creds' ? { produces: [] } : {}),
    convert: (raw) => convert(raw, context),
  }),
};

function recognise({ first, partial }: FileSample): { version: string | null } | null {
  const value = roleOf(objectOf([first ?? partial].flat()[0]));
  const isRotated = ROTATED.some((name) => name in value) && 'username' in value;
  if (!isRotated) return null;
  return { version: 'db_name' in value || 'dn' in value ? null : 'static-creds' };
}

function roleOf(value: Record<string, unknown>): Record<string, unknown> {
  return isObject(value['data']) ? value['data'] : value;
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const value = roleOf(raw.value);
  if ('password' in value) context.warn(HOLDS_PASSWORD);
  if ('password' in value && !('db_name' in value || 'dn' in value)) {
    context.skip('credentials of a static role, which do not name their database');
    return [];
  }
  const r = reading({ ...raw, value }, context, AGAIN);
  return r.emit('keys', 'dn' in value ? inDirectory(r) : inDatabase(r), {
    aliases: [],
    storage: 'secrets-manager',
    auth_type: 'static-key',
    status: 'active',
    created: statedInstant('not-tracked'),
    last_rotated: () => lastRotated(r),
    last_used: statedInstant('not-tracked'),
    rotation_enabled: () => rotates(r),
    rotation_interval_days: () => intervalOf(r),
  });
}

function inDatabase(r: Reading): Draft<'keys'> {
  const database = r.need('db_name', r.text('db_name'), 'There is no db_name: every static role has one.');
  const user = r.need('username', r.text('username'), 'There is no username: every static role has one.');
  const name = `${database}/${user}`;
  return { key_id: `vault-db:${name}`, name, store: 'vault-database', type: 'database-password' };
}

/** Returns the entry that a role of LDAP is of. */
function inDirectory(r: Reading): Draft<'keys'> {
  const entry = r.need('dn', r.text('dn'), 'There is no dn: every static role of LDAP has one.');
  return {
    key_id: `vault-ldap:${entry}`,
    name: () => r.text('username'),
    store: 'vault-ldap',
    type: 'directory-password',
  };
}

/** Members that state when the password was last replaced. */
const ROTATED = ['last_vault_rotation', 'last_openbao_rotation'];

function lastRotated(r: Reading): Instant | null {
  const stated = r.text(ROTATED);
  return stated?.startsWith('0001-01-01') ? statedInstant('never') : r.date(ROTATED);
}

function rotates(r: Reading): boolean | null {
  const period = r.number('rotation_period', 'seconds');
  if (period !== null && period > 0) return true;
  return r.text('rotation_schedule') !== null ? true : null;
}

/** Returns the period in days; a schedule in the form of cron states none. */
function intervalOf(r: Reading): number | null {
  const period = r.number('rotation_period', 'seconds');
  return period === null || period <= 0 ? null : period / DAY_S;
}
