import { parse } from 'csv-parse/sync';
import type { Instant, KeyRecord, PrincipalRecord, SourceRef } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, Emit, FileSample, RawRecord } from '../../../adapter.js';
import { parseInstant, statedInstant } from '../../../fields/instants.js';
import { textOf } from '../../../fields/json.js';
import { quote } from '../../../fields/quote.js';

const HEADER = ['user', 'arn', 'user_creation_time', 'access_key_1_active'];
const ARN = /^arn:[a-z0-9-]+:iam::(\d{12}):(root|user\/.+)$/;
/** IAM records the use of access keys since this day; a key without a use that is younger was never used. */
const USE_TRACKED_SINCE = Date.UTC(2015, 3, 22);
/** Words of the report for "there is none", "nothing recorded" and "cannot be asked here". */
const NO_VALUE = new Set(['', 'n/a', 'no_information', 'not_supported']);

/** A credential that a row of the report can hold, by its columns. */
type Slot = { name: string; active: string; rotated: string; used: string | null; type: string };

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

type User = { arn: string; name: string; account: string; password: boolean | null; isRoot: boolean };

/**
 * AWS IAM credential report: the CSV, or what `aws iam get-credential-report` prints (JSON with the CSV in base64).
 * Columns are found by name, so that the 23rd (`additional_credentials_info`) and later ones do no harm.
 *
 * Follows https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 * One row gives a principal, and a key for each access key and signing certificate that it has:
 * - The id is `<user arn>#access_key_1`: the report does not name the access key id (AKIA...).
 * - An access key cannot be rotated in place: `last_rotated` is when it was created, and both dates are kept for an
 *   inactive key (real reports have them, although the guide says N/A).
 * - No use recorded is `never` for a key created since 2015-04-22, when IAM began to record it, else `not-tracked`. The
 *   region N/A (S3) says nothing about use.
 * - A user with a console password is taken for a person's account; one without for an application's, whose holder the
 *   report does not tell. The root user always has a password.
 * - Where the secret access key is kept, the report does not say: left out, so that another inventory can.
 */
export const awsIamCredentialReport: Adapter = {
  id: 'aws-iam-credential-report',
  title: 'AWS IAM credential report (CSV, or the JSON of get-credential-report)',
  produces: ['keys', 'principals'],
  formats: ['csv', 'json'],
  signature: ['user', 'arn', 'user_creation_time', 'password_enabled', 'access_key_1_active'],
  items: [''],
  recognise,
  *convert(raw, context) {
    if ('Content' in raw.value && !('arn' in raw.value)) yield* fromWrapper(raw, context);
    else {
      context.warn(
        'The report does not say when it was made: its facts are taken to hold on the as-of date. The JSON of get-credential-report says it (GeneratedTime).',
      );
      yield* fromRow(raw, context);
    }
  },
};

function recognise(sample: FileSample): { version: string | null } | null {
  if (sample.kind === 'csv') {
    return HEADER.every((column) => sample.header?.includes(column)) ? { version: null } : null;
  }
  const wraps = sample.keys.includes('Content') && /"Content"\s*:\s*"dXNlcixhcm4s/.test(sample.head);
  return wraps ? { version: null } : null;
}

function* fromWrapper(raw: RawRecord, context: AdapterContext): Iterable<Emit> {
  const content = textOf(raw.value['Content']);
  const rows = content === null ? null : decode(content);
  if (rows === null) {
    context.reject(
      raw.record,
      'Content',
      'Content is no credential report in base64; run `aws iam get-credential-report` again and keep its output as it is.',
    );
    return;
  }
  for (const [index, value] of rows.entries()) {
    yield* fromRow({ ...raw, record: `/Content row ${index + 2}`, value }, context);
  }
}

/** Rows of the CSV inside the wrapper; null where it is none. */
function decode(content: string): Record<string, unknown>[] | null {
  const csv = Buffer.from(content, 'base64').toString('utf8');
  if (!csv.startsWith('user,arn,')) return null;
  try {
    const rows: unknown = parse(csv, { columns: true, relax_column_count: true, skip_empty_lines: true });
    return Array.isArray(rows) ? rows.filter(isObject) : null;
  } catch {
    return null;
  }
}

function* fromRow(raw: RawRecord, context: AdapterContext): Iterable<Emit> {
  const user = readUser(raw, context);
  if (!user) return;
  const keys = readKeys(raw, user, context);
  if (!keys) return;
  if (!isNoValue(raw.value['additional_credentials_info'])) {
    context.warn(
      'additional_credentials_info names further credentials, which are not read: export them separately.',
    );
  }
  const source = { file: context.file, record: raw.record };
  yield { kind: 'principals', record: principal(user, source) };
  for (const key of keys) yield { kind: 'keys', record: { ...key, source } };
}

function readUser(raw: RawRecord, context: AdapterContext): User | null {
  const arn = textOf(raw.value['arn']);
  const match = arn === null ? null : ARN.exec(arn);
  if (!arn || !match) {
    const found = arn === null ? 'There is no ARN' : `${quote(arn)} is no ARN of a user`;
    context.reject(
      raw.record,
      'arn',
      `${found}: expected arn:aws:iam::<account>:user/<name>; download the report again.`,
    );
    return null;
  }
  const isRoot = match[2] === 'root';
  const password = isRoot ? true : readFlag(raw, 'password_enabled', context);
  if (password === undefined) return null;
  const name = textOf(raw.value['user']) ?? arn.slice(arn.lastIndexOf('/') + 1);
  return { arn, name, account: match[1] ?? '', password, isRoot };
}

/** True, false, or null where the report has no value; undefined after rejecting anything else. */
function readFlag(raw: RawRecord, column: string, context: AdapterContext): boolean | null | undefined {
  const value = raw.value[column];
  if (isNoValue(value)) return null;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (word === 'true' || word === 'false') return word === 'true';
  context.reject(raw.record, column, `${quote(value)} is neither true nor false; download the report again.`);
  return undefined;
}

function readKeys(raw: RawRecord, user: User, context: AdapterContext): Partial<KeyRecord>[] | null {
  const keys: Partial<KeyRecord>[] = [];
  for (const slot of SLOTS) {
    const active = readFlag(raw, slot.active, context);
    const created = readDate(raw, slot.rotated, context);
    const used = slot.used === null ? null : readDate(raw, slot.used, context);
    if (active === undefined || created === undefined || used === undefined) return null;
    if (active !== true && created === null) continue;
    keys.push(keyRecord(slot, user, active === true, created, used));
  }
  return keys;
}

/** The date, or null where the report has none; undefined after rejecting a value that is no date. */
function readDate(raw: RawRecord, column: string, context: AdapterContext): Instant | null | undefined {
  const value = raw.value[column];
  if (isNoValue(value)) return null;
  const date = parseInstant(value, { timezone: context.timezone });
  if (date.ok) return date.value?.state === 'known' ? date.value : null;
  context.reject(raw.record, column, `${date.reason}; download the report again.`);
  return undefined;
}

function isNoValue(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && NO_VALUE.has(value.trim().toLowerCase()))
  );
}

function keyRecord(
  slot: Slot,
  user: User,
  active: boolean,
  created: Instant | null,
  used: Instant | null,
): Partial<KeyRecord> {
  return {
    key_id: `${user.arn}#${slot.name}`,
    aliases: [`${user.account}/${user.name}#${slot.name}`],
    name: `${user.name} ${slot.name}`,
    store: 'aws-iam',
    type: slot.type,
    status: active ? 'active' : 'inactive',
    created,
    last_rotated: created ?? statedInstant('not-tracked'),
    ...(slot.used === null ? {} : { last_used: used ?? unused(created) }),
    rotation_enabled: false,
    account_kind: user.password === null ? null : user.password ? 'user' : 'application',
    interactive_login_capable: user.password,
  };
}

function unused(created: Instant | null): Instant {
  const tracked = created?.ms !== undefined && created.ms !== null && created.ms >= USE_TRACKED_SINCE;
  return statedInstant(tracked ? 'never' : 'not-tracked');
}

function principal(user: User, source: SourceRef): Partial<PrincipalRecord> & { source: SourceRef } {
  return {
    principal_id: user.arn,
    aliases: user.isRoot ? [] : [user.name],
    name: user.isRoot ? `root user of account ${user.account}` : user.name,
    kind: user.password ? 'human' : null,
    source,
  };
}
