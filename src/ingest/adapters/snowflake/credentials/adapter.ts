import type { Instant, KeyRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { entryOf } from '../../../fields/json.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export the list of Snowflake again.';
const TOKENS = ['name', 'user_name', 'role_restriction', 'expires_at', 'created_on'];
const CREDENTIALS = ['credential_id', 'name', 'user_name', 'type', 'last_used_on', 'created_on'];

/**
 * Credentials of users of Snowflake: `SHOW USER PROGRAMMATIC ACCESS TOKENS` and the view `SNOWFLAKE.ACCOUNT_USAGE.CREDENTIALS`, as JSON or
 * CSV. Follows https://docs.snowflake.com/en/sql-reference/sql/show-user-programmatic-access-tokens,
 * https://docs.snowflake.com/en/sql-reference/account-usage/credentials and the test data of github.com/cartography-cncf/cartography.
 * - The id is `snowflake:<user>/<name>`, so that a token is one key in both lists. Neither holds a secret.
 * - Whether `created_on` moves when a token is rotated or the key of a pair is set anew is not documented: since when the secret is this one is known
 *   only of a credential that the view says was not altered since it was made.
 * - One without an expiration states nothing of when it ends: whether a key pair then lasts for ever is not documented.
 * - A token without `role_restriction` has every role of its user. The view lags behind by up to two hours.
 * - Passwords, passkeys and one-time passwords are left out and counted: mostly people log in with them, and the list does not tell services from people.
 * - A user may be a person or a service, which these lists do not tell, so that it is no owner.
 */
export const adapter: Adapter = {
  id: 'snowflake-credentials',
  title: 'Snowflake programmatic access tokens and credentials (JSON, CSV)',
  recognisedBy:
    '`user_name` and `created_on` beside `role_restriction` and `expires_at`, or beside `credential_id`, `type` and `last_used_on`',
  proves:
    'which tokens and key pairs the users have, since when, until when, their state, role and, in the view, last use',
  cannot:
    'whether a user is a person or a service, passwords, who holds a token, what its role may do, and users that were not asked for',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: [...TOKENS, 'status', 'rotated_to'],
  recognise,
  open,
};

function recognise({ keys }: FileSample): { version: string | null } | null {
  const names = keys.map((name) => name.toLowerCase());
  const isOf = (list: readonly string[]): boolean => list.every((name) => names.includes(name));
  if (isOf(CREDENTIALS)) return { version: 'account-usage' };
  return isOf(TOKENS) ? { version: 'tokens' } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return { items: ['$', ''], convert: (raw) => credential(raw, context) };
}

/** Returns a row with its columns in lower case: a view has them in capitals. */
function inLowerCase(raw: RawRecord): RawRecord {
  const cells = Object.entries(raw.value).map(([name, cell]) => [name.toLowerCase(), cell]);
  return { ...raw, value: Object.fromEntries(cells) };
}

/** Types of credential that are no keys: ways to log in with a password or a second factor. */
const LOGINS = ['PASSWORD', 'PASSKEY', 'TOTP', 'DUO', 'MFA'];

function credential(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(inLowerCase(raw), context, AGAIN);
  const type = r.text('type')?.toUpperCase() ?? 'PAT';
  if (LOGINS.includes(type)) {
    context.skip('password or second factor of a user, a person or a service');
    return [];
  }
  const user = r.need(
    'user_name',
    r.text('user_name'),
    'There is no user_name: every credential has a user.',
  );
  const name = r.need('name', r.text('name'), 'There is no name: every credential has one.');
  const isPair = type.includes('KEY');
  return r.emit('keys', {
    key_id: `snowflake:${user}/${name}`,
    name: `${user} ${name}`,
    store: 'snowflake',
    type: isPair ? 'key-pair' : 'api-token',
    auth_type: isPair ? 'jwt' : 'static-key',
    purpose: () => r.text('comment'),
    status: () => entryOf(STATES, r.text('status')?.toUpperCase() ?? '') ?? null,
    created: () => r.date('created_on'),
    last_rotated: () => sinceUnaltered(r) ?? statedInstant('not-tracked'),
    last_used: () => lastUse(r),
    expires: () => r.date(['expires_at', 'expiration_date']),
    rotation_enabled: false,
    scopes: () => r.list('role_restriction')?.map((role) => `role:${role}`) ?? null,
  });
}

const STATES: { readonly [state: string]: NonNullable<KeyRecord['status']> } = {
  ACTIVE: 'active',
  EXPIRED: 'expired',
  DISABLED: 'inactive',
  REVOKED: 'revoked',
};

/** Returns when a credential was made, if it is stated that nothing of it was changed since; null otherwise. */
function sinceUnaltered(r: Reading): Instant | null {
  const [created, altered] = [r.date('created_on'), r.date('last_altered')];
  return created?.state === 'known' && created.ms === altered?.ms ? created : null;
}

/** Returns the last use, which the view alone states; one that it has a column for and no value was not recorded. */
function lastUse(r: Reading): Instant {
  return r.date('last_used_on') ?? statedInstant('not-tracked');
}
