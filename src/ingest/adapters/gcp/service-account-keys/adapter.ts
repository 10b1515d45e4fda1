import type { KeyRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { isWholeRecord } from '../../../fields/whole-record.js';

const NAME = /^(?:\/\/iam\.googleapis\.com\/)?(projects\/[^/]+\/serviceAccounts\/([^/]+)\/keys\/([^/]+))$/;
const NAME_FORM = 'the name of a key, projects/<project>/serviceAccounts/<e-mail>/keys/<id>';
const IN_HEAD = /"name"\s*:\s*"projects\/[^"/]+\/serviceAccounts\/[^"/]+\/keys\/[^"]+"/;
const AGAIN = 'export again with gcloud iam service-accounts keys list --format=json.';
const GOES_ON = 'The export ends with a nextPageToken: more keys exist than it lists. Add the next pages.';
/** What gcloud prints if it is asked for a table as CSV without naming columns. */
const TABLE = ['key_id', 'created_at', 'expires_at', 'disabled'];
const ID = /^[0-9a-f]{40}$/;
const ID_IN_HEAD = /^"?[0-9a-f]{40}"?,/m;
const TABLE_AGAIN =
  'The table does not name the service account of its keys, and does not tell keys that Google manages from those of the bank: export again with --format=json.';
const HOLDS_KEYS =
  'The export holds private keys (privateKeyData); nothing of them was kept: remove it, and use gcloud iam service-accounts keys list, which has none.';

/**
 * Google Cloud service-account keys: `gcloud iam service-accounts keys list --format=json` (a bare array) or the REST API
 * (`{keys}`), or the table that `--format=csv` prints. Follows
 * https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys
 * - A key that Google manages (`SYSTEM_MANAGED`) is left out and counted: Google holds and rotates it.
 * - A key cannot be rotated in place: `last_rotated` is when it was created. `validAfterTime` states that for a key that Google made
 *   (`keyOrigin` GOOGLE_PROVIDED); for one that the bank uploaded it is what its certificate says, and the key may be older: `last_rotated`
 *   is any time until then. The table does not tell them apart.
 * - `validBeforeTime` 9999-12-31 is "never expires".
 * - Use is in Policy Analyzer and the audit log only: `not-tracked`. Keys have no labels: owner, environment and tier are
 *   not stated, and neither is the place of the private key.
 * - The table names a key by its own id only, which is another name of it in the JSON. `DISABLED` is empty for a key that is not.
 */
export const adapter: Adapter = {
  id: 'gcp-service-account-keys',
  title: 'Google Cloud service-account keys (JSON, CSV of gcloud)',
  recognisedBy:
    '`name` of a key, `projects/<project>/serviceAccounts/<e-mail>/keys/<id>`; columns `KEY_ID`, `CREATED_AT`, `EXPIRES_AT`, `DISABLED` and ids of 40 hex digits',
  proves:
    'which keys of a service account exist that the bank manages, their age, expiry and whether they are disabled',
  cannot: 'who holds or used a key, who owns it, where it is kept, when a key that was uploaded was made',
  produces: ['keys', 'principals'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['keys', 'name', 'validAfterTime', 'validBeforeTime', 'keyType', 'keyAlgorithm'],
  recognise,
  open,
};

function recognise({ keys, head, header }: FileSample): { version: string | null } | null {
  if (header !== null) {
    const names = header.map((name) => name.toLowerCase());
    const isTable = names.length === TABLE.length && TABLE.every((name) => names.includes(name));
    return isTable && ID_IN_HEAD.test(head) ? { version: 'table of gcloud' } : null;
  }
  const shaped = keys.includes('keys') || (keys.includes('name') && keys.includes('validAfterTime'));
  return shaped && IN_HEAD.test(head) ? { version: null } : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  if (file.header !== null) return openTable(file.header, context);
  const accounts = new Set<string>();
  return {
    items: ['$.keys', '$', ''],
    convert: (raw) => convert(raw, context, accounts),
    envelope: (value) => warnOfNextPage(value, ['nextPageToken'], GOES_ON, context),
  };
}

/** Reads the table; gcloud writes its columns in lower case, and a spreadsheet keeps the capitals that the terminal shows. */
function openTable(header: readonly string[], context: AdapterContext): AdapterReader {
  const column = (name: string) => header.find((one) => one.toLowerCase() === name) ?? name;
  return {
    items: [''],
    produces: ['keys'],
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      const [id = ''] = r.match(column('key_id'), ID, 'the id of a key, 40 hex digits') ?? [];
      context.warn(TABLE_AGAIN);
      const created = () => r.date(column('created_at'));
      return r.emit('keys', {
        ...KIND,
        key_id: id,
        name: id,
        status: () => (r.flag(column('disabled')) ? 'inactive' : 'active'),
        created,
        last_rotated: () => noLaterThan(created()) ?? statedInstant('not-tracked'),
        last_used: statedInstant('not-tracked'),
        expires: () => r.date(column('expires_at')),
        rotation_enabled: false,
      });
    },
  };
}

/** What every key of a service account is. */
const KIND: Draft<'keys'> = {
  store: 'gcp-iam',
  type: 'service-account-key',
  account_kind: 'application',
  interactive_login_capable: false,
};

function convert(raw: RawRecord, context: AdapterContext, accounts: Set<string>): Emit[] {
  const r = reading(raw, context, AGAIN);
  if (r.states('privateKeyData')) context.warn(HOLDS_KEYS);
  if (r.text('keyType') === 'SYSTEM_MANAGED') {
    context.skip('key that Google manages and rotates');
    return [];
  }
  const [, key = '', account = '', id = ''] = r.match('name', NAME, NAME_FORM) ?? [];
  const emits = r.emit('keys', named(key, account, id), life(r));
  if (emits.length === 0 || accounts.has(account)) return emits;
  accounts.add(account);
  return [...emits, ...r.emit('principals', principal(account))];
}

function named(key: string, account: string, id: string): Draft<'keys'> {
  return {
    key_id: key,
    aliases: [`//iam.googleapis.com/${key}`, id],
    name: `${account} ${id}`,
    ...KIND,
  };
}

function life(r: Reading): Draft<'keys'> {
  const created = () => r.date('validAfterTime');
  return {
    status: () => statusOf(r),
    created,
    last_rotated: () =>
      (isMadeByGoogle(r) ? created() : noLaterThan(created())) ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => r.date('validBeforeTime'),
    rotation_enabled: false,
  };
}

/** Returns whether Google made the key pair; of one that was uploaded only the certificate has a date. */
function isMadeByGoogle(r: Reading): boolean {
  return r.text('keyOrigin') === 'GOOGLE_PROVIDED';
}

/** Returns the status; Google leaves `disabled` out of a key that is not, if the record has what every key has. */
function statusOf(r: Reading): KeyRecord['status'] {
  if (r.flag('disabled')) return 'inactive';
  return isWholeRecord(r, ['validAfterTime', 'keyAlgorithm', 'keyOrigin', 'keyType']) ? 'active' : null;
}

function principal(account: string): Draft<'principals'> {
  return { principal_id: account, aliases: [`serviceAccount:${account}`], kind: 'service' };
}
