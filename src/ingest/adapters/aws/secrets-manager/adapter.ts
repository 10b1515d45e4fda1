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
import { DAY_TOLERANCE_MS, statedInstant } from '../../../fields/instants.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { keyLabelReader } from '../../../fields/key-labels.js';
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Parsed, parsed, unparsable } from '../../../fields/parsed.js';
import { quote } from '../../../fields/quote.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { isTypeName } from '../../../fields/type-names.js';
import { isWholeRecord, statesNone } from '../../../fields/whole-record.js';
import { type ScheduleGaps, scheduleGaps } from './rotation-schedule.js';

const ARN = /^(arn:[a-z0-9-]+:secretsmanager:)([a-z0-9-]+):([\w-]+):secret:(.+)$/;
const ARN_FORM = 'the ARN of a secret, arn:aws:secretsmanager:<region>:<account>:secret:<name>';
/** What Secrets Manager appends to every secret's ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;
const AGAIN = 'export again with list-secrets, without --query.';
const GOES_ON =
  'The export ends with a NextToken: more secrets exist than it lists. Export again without --max-items, or add the next pages.';

type Key = Draft<'keys'>;
type Arn = { arn: string; key: string; region: string; account: string; isReplica: boolean };

/**
 * AWS Secrets Manager: `aws secretsmanager list-secrets` (also several pages in one file) and `describe-secret` (one
 * object, several after each other, or an array), from CLI v1 (epoch seconds) or v2 (ISO 8601). Follows
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html and API_DescribeSecret. What
 * it decides when the format leaves room:
 * - `LastRotatedDate` counts rotations by Secrets Manager only. Absent with rotation enabled: it never succeeded,
 *   `never`. Absent without rotation: the value may have been put by hand, which this export does not show,
 *   `not-tracked`. `LastChangedDate` moves with every tag, so it proves nothing and is not read.
 * - `LastAccessedDate` is a day, and left out by AWS for a secret never retrieved in the Region: `never`; `not-tracked`
 *   for a replicated secret, which may be read in another Region.
 * - `KmsKeyId` is left out by AWS if the AWS managed key `aws/secretsmanager` is used; every value is encrypted with a
 *   256-bit AES data key under it (userguide/security-encryption.html). The mode of operation is not published.
 * - `ScheduleExpression` decides over `AutomaticallyAfterDays`, which AWS only derives from it after a rotation. Its
 *   longest gap is the interval.
 * - `CreatedDate` and `LastChangedDate` are in every full export. If one is missing, fields were selected (`--query`), so that
 *   absence states nothing.
 * - A replica is the same secret: kept once, under the ARN in its primary Region. Its place and wrapping key are stated
 *   for the primary only, because a replica in another file would contradict it.
 * - `Get-SECSecretList | Export-Csv` (AWS Tools for PowerShell) writes the same members as columns. Lists and objects, such as tags and the
 *   schedule, become the name of a .NET type: they state nothing.
 * - With tags exported and no tag for it, owner and purpose are known to be none; `Description` counts as a purpose.
 */
export const adapter: Adapter = {
  id: 'aws-secrets-manager',
  title: 'AWS Secrets Manager list-secrets or describe-secret (JSON, CSV of PowerShell)',
  recognisedBy:
    '`SecretList`, or records with a Secrets Manager `ARN` and a `Name`; columns `ARN`, `Name`, `RotationEnabled` and such an ARN',
  proves:
    'which secrets exist, since when, whether and how often they are rotated, when they were last read (a day)',
  cannot:
    'who reads or may read a secret, a rotation by hand (a log states it), secrets of other Regions, deleted ones unless they were asked for',
  produces: ['keys'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['SecretList', 'ARN', 'LastChangedDate', 'SecretVersionsToStages', 'VersionIdsToStages'],
  recognise,
  open,
};

function recognise(sample: FileSample): { version: string | null } | null {
  if (sample.header !== null) {
    const isList = COLUMNS.every((name) => sample.header?.includes(name)) && ARN_IN_HEAD.test(sample.head);
    return isList ? { version: 'PowerShell' } : null;
  }
  const has = (name: string) => sample.keys.includes(name);
  if (has('SecretList')) return { version: null };
  if (has('Versions') || !has('ARN') || !has('Name')) return null;
  const arn = Array.isArray(sample.first) ? objectOf(sample.first[0])['ARN'] : objectOf(sample.first)['ARN'];
  if (sample.first !== null && !ARN.test(String(textOf(arn)))) return null;
  return /"ARN"\s*:\s*"arn:[a-z0-9-]+:secretsmanager:/.test(sample.head) ? { version: null } : null;
}

const COLUMNS = ['ARN', 'Name', 'RotationEnabled'];
const ARN_IN_HEAD = /[",;]?arn:[a-z0-9-]+:secretsmanager:/;

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const tagsOf = file.header === null ? parseTags : (value: unknown) => tagsNotWritten(value, context);
  const originals = new Set<string>();
  const factsOf = keyLabelReader(context);
  const intervalOf = intervalReader(context);
  return {
    items: ['$.SecretList', '$', ''],
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      const arn = readArn(r);
      if (arn.isReplica && originals.has(arn.key)) {
        context.skip('replica of a secret in another Region');
        return [];
      }
      if (isAnswer(raw)) {
        context.warn(NO_DESCRIPTION);
        return r.emit('keys', named(r, arn));
      }
      const replicated = r.text('PrimaryRegion') !== null;
      const emits = r.emit(
        'keys',
        () => described(r, factsOf(r.read('Tags', tagsOf), raw.record)),
        named(r, arn),
        life(r, replicated),
        rotation(r),
        { rotation_interval_days: () => intervalOf(r), ...ENCRYPTED },
        arn.isReplica ? {} : places(r, arn),
      );
      if (emits.length === 0) return [];
      if (replicated) originals.add(arn.key);
      warnOfGaps(r, emits, context);
      return emits;
    },
    envelope: (value) => warnOfNextPage(value, ['NextToken'], GOES_ON, context),
  };
}

/** What only the answers of other calls have: get-secret-value and rotate-secret a version, get-resource-policy a policy. */
const OF_ANSWERS = [
  'VersionId',
  'VersionStages',
  'SecretString',
  'SecretBinary',
  'ResourcePolicy',
  'DeletionDate',
];
const NO_DESCRIPTION =
  'The answer of another call than list-secrets or describe-secret names a secret and does not describe it: its dates are those of a version, and its rotation is unknown. Export again with list-secrets, and remove a file that holds the secret itself.';

function isAnswer({ value }: RawRecord): boolean {
  return OF_ANSWERS.some((name) => name in value);
}

/** Returns the ARN, and the key it stands for: the secret in its primary Region. */
function readArn(r: Reading): Arn {
  const [arn = '', start = '', region = '', account = '', rest = ''] = r.match('ARN', ARN, ARN_FORM) ?? [];
  const primary = r.text('PrimaryRegion') ?? region;
  const key = `${start}${primary}:${account}:secret:${rest}`;
  return { arn, key, region, account, isReplica: primary !== region };
}

/** Returns a date; the zero that PowerShell writes for an absent one is none. */
function dateOf(r: Reading, member: string): Instant | null {
  const date = r.date(member);
  return date?.state === 'not-tracked' ? null : date;
}

const TAGS_NOT_WRITTEN =
  'The table has the name of a .NET type in place of the tags: owner, environment and purpose of its secrets are not stated. Export again with aws secretsmanager list-secrets.';

function tagsNotWritten(value: unknown, context: AdapterContext): Parsed<null> {
  if (!isTypeName(value)) return unparsable('Tags is no list: a table holds none');
  context.warn(TAGS_NOT_WRITTEN);
  return parsed(null);
}

function parseTags(value: unknown): Parsed<Labels | null> {
  return Array.isArray(value) || isObject(value)
    ? parseLabels(value)
    : unparsable('Tags is no list of {"Key", "Value"} objects');
}

/** Adds what the tags state, with the description for a purpose. */
function described(r: Reading, facts: Partial<KeyRecord>): Key {
  if (facts.purpose) return facts;
  const description = r.text('Description');
  if (description !== null) return { ...facts, purpose: description };
  return isStatedNone(r, 'Description') ? facts : { ...facts, purpose: null };
}

function named(r: Reading, { arn, key }: Arn): Key {
  const name = r.text('Name');
  const names = [arn, arn.replace(SUFFIX, ''), key.replace(SUFFIX, ''), name];
  const aliases = [...new Set(names)].filter((alias) => alias !== null && alias !== key).filter(isText);
  return { key_id: key, aliases, name, store: 'aws-sm', storage: 'secrets-manager' };
}

function isText(value: string | null): value is string {
  return value !== null;
}

function life(r: Reading, replicated: boolean): Key {
  return {
    status: () => statusOf(r),
    created: () => dateOf(r, 'CreatedDate'),
    last_used: () => lastUsed(r, replicated),
  };
}

function statusOf(r: Reading): KeyRecord['status'] {
  if (dateOf(r, 'DeletedDate')?.state === 'known') return 'pending-deletion';
  return isStatedNone(r, 'DeletedDate') ? 'active' : null;
}

function lastUsed(r: Reading, replicated: boolean): Instant {
  const used = dateOf(r, 'LastAccessedDate');
  if (used?.state !== 'known')
    return statedInstant(isStatedNone(r, 'LastAccessedDate') && !replicated ? 'never' : 'not-tracked');
  return { ...used, tolerance_ms: Math.max(used.tolerance_ms, DAY_TOLERANCE_MS) };
}

/** What Secrets Manager always states of a secret. */
const ALWAYS = ['CreatedDate', 'LastChangedDate'];

function isWhole(r: Reading): boolean {
  return isWholeRecord(r, ALWAYS);
}

/** Returns whether there is no such member although the export states it, or has all; PowerShell writes the year 1 for no date. */
function isStatedNone(r: Reading, member: string): boolean {
  return r.states(member) || statesNone(r, member, ALWAYS);
}

function rotation(r: Reading): Key {
  return {
    rotation_enabled: () => isEnabled(r),
    last_rotated: () => dateOf(r, 'LastRotatedDate') ?? neverRotated(r),
  };
}

function neverRotated(r: Reading): Instant {
  return statedInstant(isStatedNone(r, 'LastRotatedDate') && isEnabled(r) ? 'never' : 'not-tracked');
}

/** Returns whether rotation is on; an export that has all members, or this one without a value, states that it never was. */
function isEnabled(r: Reading): boolean | null {
  return r.flag('RotationEnabled') ?? (isStatedNone(r, 'RotationEnabled') ? false : null);
}

function warnOfGaps(r: Reading, emits: readonly Emit[], context: AdapterContext): void {
  if (!isWhole(r)) {
    context.warn(
      'Some secrets lack CreatedDate or LastChangedDate: fields were selected when exporting. What else they lack is unknown; export again without --query.',
    );
  }
  if (emits.some((emit) => emit.kind === 'keys' && emit.record.last_rotated?.state === 'never')) {
    context.warn(
      'Some secrets have rotation enabled and no LastRotatedDate: Secrets Manager has never completed a rotation of them.',
    );
  }
}

/** Reads the days between two rotations. The schedule decides, and many secrets share one. */
function intervalReader(context: AdapterContext): (r: Reading) => number | null {
  const known = new Map<string, ScheduleGaps | null>();
  const gapsOf = (expression: string): ScheduleGaps | null => {
    if (!known.has(expression)) known.set(expression, scheduleGaps(expression));
    return known.get(expression) ?? null;
  };
  return (r) => {
    const days = r.number('RotationRules.AutomaticallyAfterDays');
    const expression = r.text('RotationRules.ScheduleExpression');
    const gaps = expression === null ? null : gapsOf(expression);
    if (expression !== null) warnOfSchedule(expression, gaps, days, context);
    return gaps?.longest ?? days;
  };
}

function warnOfSchedule(
  expression: string,
  gaps: ScheduleGaps | null,
  days: number | null,
  context: AdapterContext,
): void {
  if (gaps === null) {
    context.warn(`The rotation schedule ${quote(expression)} could not be read as a number of days.`);
  }
  if (gaps && days !== null && (days < Math.floor(gaps.shortest) || days > Math.ceil(gaps.longest))) {
    context.warn(
      `A rotation schedule says ${quote(expression)} and AutomaticallyAfterDays ${days}: the schedule is used, as Secrets Manager does.`,
    );
  }
}

const ENCRYPTED: Key = { encrypted_at_rest: true, encryption_algorithm: 'AES-256' };

function places(r: Reading, arn: Arn): Key {
  return {
    dek_location: `aws-secretsmanager:${arn.region}:${arn.account}`,
    ...(isStatedNone(r, 'KmsKeyId')
      ? {
          kek_location: () => kekLocation(r.text('KmsKeyId'), arn),
          kms_key: () => r.text('KmsKeyId') ?? 'alias/aws/secretsmanager',
        }
      : {}),
  };
}

function kekLocation(kmsKey: string | null, arn: Arn): string {
  const owner = /^arn:[a-z0-9-]+:kms:([a-z0-9-]+):(\d{12}):/.exec(kmsKey ?? '');
  return `aws-kms:${owner?.[1] ?? arn.region}:${owner?.[2] ?? arn.account}`;
}
