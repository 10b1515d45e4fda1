import { parse } from 'csv-parse/sync';
import type { Instant, KeyRecord } from '../../../../model/index.js';
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
import { textOf } from '../../../fields/json.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { type Parsed, parsed, unparsable } from '../../../fields/parsed.js';
import { quote } from '../../../fields/quote.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { readWhenTaken } from '../../../fields/taken.js';
import { hasMember } from '../../../fields/whole-record.js';

const HEADER = ['user', 'arn', 'user_creation_time', 'access_key_1_active'];
/** The same columns in Steampipe, which names the user and its ARN otherwise. */
const STEAMPIPE = ['user_name', 'user_arn', 'user_creation_time', 'access_key_1_active'];
const USER = ['user', 'user_name'];
const USER_ARN = ['arn', 'user_arn'];
const ARN = /^arn:[a-z0-9-]+:iam::([\w-]+):(root|user\/.+)$/;
const ARN_FORM = 'the ARN of a user, arn:aws:iam::<account>:user/<name>';
const AGAIN = 'download the report again.';
/** IAM records the use of access keys since this day; a key without a use that is younger was never used. */
const USE_TRACKED_SINCE = Date.UTC(2015, 3, 22);
/** Words of the report for "there is none", "nothing recorded" and "cannot be asked here". */
const NO_VALUE = new Set(['', 'n/a', 'no_information', 'not_supported']);

/** A credential that a row of the report can hold, by its columns. */
type Slot = { name: string; active: string; rotated: string; used: string | null; type: string };

/** What of a slot tells that a credential is in it. */
const TELLING = ['active', 'rotated'] as const;

const SLOTS: readonly Slot[] = [
  ...[1, 2].map((n) => ({
    name: `access_key_${n}`,
    active: `access_key_${n}_active`,
    rotated: `access_key_${n}_last_rotated`,
    used: `access_key_${n}_last_used_date`,
    type: 'access-key',
  })),
  ...[1, 2].map((n) => ({
    name: `cert_${n}`,
    active: `cert_${n}_active`,
    rotated: `cert_${n}_last_rotated`,
    used: null,
    type: 'certificate',
  })),
];

type User = {
  arn: string;
  name: string;
  account: string;
  isRoot: boolean;
  /** Whether it has a console password. */
  password: () => boolean | null;
};

/**
 * AWS IAM credential report: the CSV, or what `aws iam get-credential-report` prints (JSON with the CSV in base64). Programs
 * decode it: the `Content` that boto3 answers with is bytes, which scripts write as text, or as Python shows them (`b'user,...'`). Scripts
 * write the rows as JSON too, with `true` and null as such, and Steampipe gives them as `aws_iam_credential_report`.
 * Columns are found by name, so that the 23rd (`additional_credentials_info`) and later ones do no harm.
 *
 * Follows https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 * One row gives a principal, and a key for each access key and signing certificate that it has:
 * - The id is `<user arn>#access_key_1`: the report does not name the access key id (AKIA...).
 * - An access key cannot be rotated in place: `last_rotated` is when it was created, and both dates are kept for an
 *   inactive key (real reports have them, although the guide states N/A).
 * - The private key of a signing certificate may be older than its upload: `last_rotated` of it is any time until then.
 * - No use recorded is `never` for a key created since 2015-04-22, when IAM began to record it, else `not-tracked`. The
 *   region N/A (S3) states nothing about use.
 * - A user with a console password is taken for a person's account; one without for an application's, whose holder the
 *   report does not tell. The root user of a member account of an organisation may have none; a report that says
 *   `not_supported` of it is older than that, and root always had one.
 * - A report without the columns of a credential (cut, or saved by a script) does not state that there is none: a gap in what it
 *   covers.
 * - The report does not state the place of the secret access key: left out, so that another inventory can state it.
 */
export const adapter: Adapter = {
  id: 'aws-iam-credential-report',
  title: 'AWS IAM credential report (CSV, its rows as JSON, or the JSON of get-credential-report)',
  recognisedBy:
    'columns `user` (or `user_name`), `arn` (`user_arn`), `user_creation_time`, `access_key_1_active`',
  proves: 'which users have passwords, second factors and access keys, their age, state and last use',
  cannot:
    'ids of access keys, rights, when the private key of a signing certificate was made, and what happened in the last four hours: the report may be that old',
  produces: ['keys', 'principals'],
  formats: ['csv', 'json', 'ndjson'],
  signature: ['user', 'arn', 'user_creation_time', 'password_enabled', 'access_key_1_active'],
  recognise,
  open,
};

function recognise(sample: FileSample): { version: string | null } | null {
  const columns = sample.header ?? sample.keys;
  const isRow = [HEADER, STEAMPIPE].some((names) => names.every((name) => columns.includes(name)));
  const wraps = sample.keys.includes('Content') && CONTENT.test(sample.head);
  return isRow || wraps ? { version: null } : null;
}

/** How the report begins: in base64, as text, or as Python shows bytes. */
const CONTENT = /"Content"\s*:\s*"(?:dXNlcixhcm4s|(?:b(?:'|\\"))?user,arn,)/;

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$', ''],
    convert(raw) {
      if ('Content' in raw.value && !('arn' in raw.value)) return fromWrapper(raw, context);
      readWhenTaken(raw.value, context);
      if (!reading(raw, context).states('generated_time'))
        context.warn(
          'The report does not say when it was made: its facts are taken to hold on the as-of date. The JSON of get-credential-report says it (GeneratedTime).',
        );
      return fromRow(raw, context);
    },
  };
}

function fromWrapper(raw: RawRecord, context: AdapterContext): Emit[] {
  readWhenTaken(raw.value, context);
  const r = reading(raw, context, 'run `aws iam get-credential-report` again and keep its output as it is.');
  const rows = r.need('Content', r.read('Content', parseContent), 'There is no Content, the report itself.');
  return (rows ?? []).flatMap((value, index) =>
    fromRow({ ...raw, record: `/Content row ${index + 2}`, value }, context),
  );
}

/** Rows of the CSV inside the wrapper. */
function parseContent(content: unknown): Parsed<Record<string, unknown>[]> {
  const csv = decoded(textOf(content) ?? '');
  try {
    const rows: unknown = csv.startsWith('user,arn,') && parse(csv, ROWS);
    if (Array.isArray(rows)) return parsed(rows.filter(isObject));
  } catch {
    // It is no CSV.
  }
  return unparsable('Content is no credential report, in base64 or as text');
}

function decoded(content: string): string {
  const [, bytes] = /^b(?:'(.*)'|"(.*)")$/s.exec(content)?.filter((part) => part !== undefined) ?? [];
  if (bytes !== undefined) return bytes.replaceAll('\\n', '\n').replaceAll("\\'", "'");
  return content.startsWith('user,arn,') ? content : Buffer.from(content, 'base64').toString('utf8');
}

const ROWS = { columns: true, relax_column_count: true, skip_empty_lines: true } as const;

function fromRow(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  noteLackingColumns(r, context);
  const user = readUser(r);
  const keys = SLOTS.flatMap((slot) => readKey(r, slot, user) ?? []);
  const emits = [...r.emit('principals', principal(user)), ...keys.flatMap((key) => r.emit('keys', key))];
  if (emits.length > 0 && r.read('additional_credentials_info', parseValue) !== null) {
    context.warn(
      'additional_credentials_info names further credentials, which are not read: export them separately.',
    );
  }
  return emits;
}

function noteLackingColumns(r: Reading, context: AdapterContext): void {
  for (const slot of SLOTS) {
    if (TELLING.every((column) => hasMember(r, slot[column]))) continue;
    context.lacks(
      'keys',
      `lacks columns of ${slot.name}, so that a user may have one that it does not state`,
    );
    context.warn(LACKS_COLUMNS);
  }
}

const LACKS_COLUMNS =
  'The report lacks the columns of some access keys or certificates: whether users have them is unknown. Download the report again, whole.';

function readUser(r: Reading): User {
  const [arn = '', account = '', path] = r.match(USER_ARN, ARN, ARN_FORM) ?? [];
  const isRoot = path === 'root';
  const unsupported = isRoot && wordOf(r.value('password_enabled')) === 'not_supported';
  const password = () => (unsupported ? true : r.read('password_enabled', parseFlag));
  return { arn, name: r.text(USER) ?? arn.slice(arn.lastIndexOf('/') + 1), account, isRoot, password };
}

/** Returns the credential in a slot; null if there is none: it is not active and has no date. */
function readKey(r: Reading, slot: Slot, user: User): Draft<'keys'> | null {
  const active = wordOf(r.value(slot.active));
  const none = (active === 'false' || isNoValue(active)) && isNoValue(r.text(slot.rotated) ?? '');
  return none ? null : keyRecord(r, slot, user);
}

/** A flag is a word in CSV, and true or false if a script wrote the rows as JSON. */
function wordOf(value: unknown): string {
  return typeof value === 'boolean' ? String(value) : (textOf(value)?.toLowerCase() ?? '');
}

/** Returns true, false, or null if the report has no value. */
function parseFlag(value: unknown): Parsed<boolean | null> {
  if (isNoValue(value)) return parsed(null);
  const word = wordOf(value);
  if (word === 'true' || word === 'false') return parsed(word === 'true');
  return unparsable(`${quote(value)} is neither true nor false`);
}

/** Returns the date, or null if the report has none (`N/A`, `no_information`, `not_supported`). */
function dateOf(r: Reading, column: string): Instant | null {
  const date = r.date(column);
  return date?.state === 'known' ? date : null;
}

function parseValue(value: unknown): Parsed<unknown> {
  return parsed(isNoValue(value) ? null : value);
}

function isNoValue(value: unknown): boolean {
  return typeof value === 'string' && NO_VALUE.has(value.trim().toLowerCase());
}

function keyRecord(r: Reading, slot: Slot, user: User): Draft<'keys'> {
  const created = () => dateOf(r, slot.rotated);
  const { used } = slot;
  return {
    key_id: `${user.arn}#${slot.name}`,
    aliases: [`${user.account}/${user.name}#${slot.name}`],
    name: `${user.name} ${slot.name}`,
    store: 'aws-iam',
    type: slot.type,
    status: () => statusOf(r, slot),
    created,
    last_rotated: () =>
      (slot.type === 'certificate' ? noLaterThan(created()) : created()) ?? statedInstant('not-tracked'),
    ...(used === null || !hasMember(r, used)
      ? {}
      : { last_used: () => dateOf(r, used) ?? unused(created()) }),
    rotation_enabled: false,
    account_kind: () => accountKind(user),
    interactive_login_capable: user.password,
  };
}

/** Returns the status; unknown if the report lacks the column. */
function statusOf(r: Reading, slot: Slot): KeyRecord['status'] {
  if (!hasMember(r, slot.active)) return null;
  return r.read(slot.active, parseFlag) ? 'active' : 'inactive';
}

/** Returns whose account it is; a root user without a password is nobody's, and no application's either. */
function accountKind({ isRoot, password }: User): KeyRecord['account_kind'] {
  const known = password();
  if (known === null || (isRoot && !known)) return null;
  return known ? 'user' : 'application';
}

function unused(created: Instant | null): Instant {
  const tracked = created?.ms !== undefined && created.ms !== null && created.ms >= USE_TRACKED_SINCE;
  return statedInstant(tracked ? 'never' : 'not-tracked');
}

function principal(user: User): Draft<'principals'> {
  return {
    principal_id: user.arn,
    aliases: user.isRoot ? [] : [user.name],
    name: user.isRoot ? `root user of account ${user.account}` : user.name,
    kind: () => (user.password() ? 'human' : null),
  };
}
