import type { Instant, KeyRecord } from '../../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample, RawRecord } from '../adapter.js';
import { DAY_TOLERANCE_MS, parseInstant, statedInstant } from '../instants.js';
import { quote } from '../quote.js';
import { objectOf, textOf } from './aws-json.js';
import { type ScheduleGaps, scheduleGaps } from './aws-rotation-schedule.js';
import { factsFromTags, type Tags, tagTable } from './aws-secret-tags.js';

const ARN = /^(arn:[a-z0-9-]+:secretsmanager:)([a-z0-9-]+):(\d{12}):secret:(.+)$/;
/** What Secrets Manager appends to every secret's ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;
const DATES = ['CreatedDate', 'LastRotatedDate', 'LastAccessedDate', 'DeletedDate'] as const;
/** Tag values that cannot be read are shown up to this number of different sentences. */
const MOST_WARNINGS = 20;

type Dates = { [D in (typeof DATES)[number]]: Instant | null };
type Arn = { arn: string; region: string; account: string; inRegion: (region: string) => string };
type State = { originals: Set<string>; schedules: Map<string, ScheduleGaps | null> };

/**
 * AWS Secrets Manager: `aws secretsmanager list-secrets` (also several pages in one file) and `describe-secret` (one
 * object, several after each other, or an array), from CLI v1 (epoch seconds) or v2 (ISO 8601).
 *
 * Follows https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html and API_DescribeSecret.
 * What it decides where the format leaves room:
 * - `LastRotatedDate` counts rotations by Secrets Manager only. Absent with rotation enabled: it never succeeded, `never`.
 *   The zero date that PowerShell writes is an absent one. Absent without rotation: the value may have been put by hand, which this export does not show, `not-tracked`.
 *   `LastChangedDate` moves with every tag, so it proves nothing and is not read.
 * - `LastAccessedDate` is a day, and left out by AWS for a secret never retrieved in the Region: `never`; `not-tracked` for
 *   a replicated secret, which may be read in another Region.
 * - `KmsKeyId` is left out by AWS where the AWS managed key `aws/secretsmanager` is used; every value is encrypted with a
 *   256-bit AES data key under it (userguide/security-encryption.html). The mode of operation is not published.
 * - `ScheduleExpression` decides over `AutomaticallyAfterDays`, which AWS only derives from it after a rotation. Its longest
 *   gap is the interval.
 * - `CreatedDate` is in every full export. Where it is missing, fields were selected (`--query`), so that absence says nothing.
 * - A replica is the same secret: kept once, under the ARN in its primary Region. Where it is kept and what wraps it there is
 *   said of the primary only, for a replica in another file would contradict it.
 * - With tags exported and no tag for it, owner and purpose are known to be none; `Description` counts as a purpose.
 */
export const awsSecretsManager: Adapter = {
  id: 'aws-secrets-manager',
  title: 'AWS Secrets Manager list-secrets or describe-secret (JSON)',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['SecretList', 'ARN', 'LastChangedDate', 'SecretVersionsToStages', 'VersionIdsToStages'],
  items: ['$.SecretList', '$', ''],
  recognise,
  envelope,
  convert: (raw, context) => convert(raw, context, newState()),
  create: (_sample, context) => createReader(context),
};

function newState(): State {
  return { originals: new Set(), schedules: new Map() };
}

function createReader(context: AdapterContext): AdapterReader {
  const state = newState();
  const bounded = boundWarnings(context);
  return {
    items: awsSecretsManager.items,
    envelope,
    convert: (raw) => convert(raw, bounded, state),
  };
}

function boundWarnings(context: AdapterContext): AdapterContext {
  const seen = new Set<string>();
  return {
    ...context,
    reject: (record, field, reason) => context.reject(record, field, reason),
    skip: (reason) => context.skip(reason),
    truncated: (sentence) => context.truncated(sentence),
    warn(sentence) {
      if (seen.size >= MOST_WARNINGS && !seen.has(sentence)) {
        context.warn('More tag values could not be read; only the first are shown.');
        return;
      }
      seen.add(sentence);
      context.warn(sentence);
    },
  };
}

function recognise(sample: FileSample): { version: string | null } | null {
  const has = (name: string) => sample.keys.includes(name);
  if (has('SecretList')) return { version: null };
  if (has('Versions') || !has('ARN') || !has('Name')) return null;
  const arn = Array.isArray(sample.first) ? objectOf(sample.first[0])['ARN'] : objectOf(sample.first)['ARN'];
  if (sample.first !== null && !ARN.test(String(textOf(arn)))) return null;
  return /"ARN"\s*:\s*"arn:[a-z0-9-]+:secretsmanager:/.test(sample.head) ? { version: null } : null;
}

function envelope(value: Record<string, unknown>, context: AdapterContext): void {
  if (textOf(value['NextToken']) === null) return;
  context.truncated(
    'The export ends with a NextToken: more secrets exist than it lists. Export again without --max-items, or add the next pages.',
  );
}

function convert(raw: RawRecord, context: AdapterContext, state: State): Emit[] {
  const arn = readArn(raw, context);
  const dates = arn && readDates(raw, context);
  if (!arn || !dates) return [];
  const primary = textOf(raw.value['PrimaryRegion']);
  const key = arn.inRegion(primary ?? arn.region);
  if (primary !== null) {
    if (state.originals.has(key) && primary !== arn.region) {
      context.skip('replica of a secret in another Region');
      return [];
    }
    state.originals.add(key);
  }
  const tags = readTags(raw, context);
  if (tags === 'rejected') return [];
  const source = { file: context.file, record: raw.record };
  const record = { ...keyRecord(key, arn, dates, raw.value, tags, context, state), source };
  return [{ kind: 'keys', record }];
}

function readArn(raw: RawRecord, context: AdapterContext): Arn | null {
  const text = textOf(raw.value['ARN']);
  const match = text === null ? null : ARN.exec(text);
  if (!text || !match) {
    context.reject(
      raw.record,
      'ARN',
      `${text === null ? 'There is no ARN' : `${quote(text)} is no ARN of a secret`}: expected arn:aws:secretsmanager:<region>:<account>:secret:<name>; export again with list-secrets, without --query.`,
    );
    return null;
  }
  const [, start = '', region = '', account = '', rest = ''] = match;
  return { arn: text, region, account, inRegion: (other) => `${start}${other}:${account}:secret:${rest}` };
}

function readDates(raw: RawRecord, context: AdapterContext): Dates | null {
  const dates: Dates = {
    CreatedDate: null,
    LastRotatedDate: null,
    LastAccessedDate: null,
    DeletedDate: null,
  };
  for (const field of DATES) {
    const date = parseInstant(raw.value[field], { timezone: context.timezone });
    if (!date.ok) {
      context.reject(raw.record, field, `${date.reason}; correct it or export again.`);
      return null;
    }
    dates[field] = date.value?.state === 'not-tracked' ? null : date.value;
  }
  return dates;
}

function readTags(raw: RawRecord, context: AdapterContext): Tags | null | 'rejected' {
  const value = raw.value['Tags'];
  if (value === undefined || value === null) return null;
  const tags = tagTable(value);
  if (tags) return tags;
  context.reject(
    raw.record,
    'Tags',
    'Tags is no list of {"Key", "Value"} objects; export again without --query.',
  );
  return 'rejected';
}

function keyRecord(
  key: string,
  arn: Arn,
  dates: Dates,
  value: Record<string, unknown>,
  tags: Tags | null,
  context: AdapterContext,
  state: State,
): Partial<KeyRecord> {
  const name = textOf(value['Name']);
  const facts = tags === null ? {} : factsFromTags(tags, context);
  const description = textOf(value['Description']);
  const complete = dates.CreatedDate !== null;
  if (!complete) {
    context.warn(
      'Some secrets have no CreatedDate, which Secrets Manager always states: fields were selected when exporting. What they lack is unknown; export again without --query.',
    );
  }
  return {
    ...facts,
    ...(description !== null && !facts.purpose ? { purpose: description } : {}),
    key_id: key,
    aliases: aliases(key, arn.arn, name),
    name,
    store: 'aws-sm',
    storage: 'secrets-manager',
    status: dates.DeletedDate?.state === 'known' ? 'pending-deletion' : 'active',
    created: dates.CreatedDate,
    last_used: lastUsed(dates, textOf(value['PrimaryRegion']) !== null),
    ...rotation(value, dates, context, state),
    ...encrypted,
    ...(isReplica(arn, value) ? {} : places(textOf(value['KmsKeyId']), arn, complete)),
  };
}

function aliases(key: string, arn: string, name: string | null): string[] {
  const names = [arn, arn.replace(SUFFIX, ''), key.replace(SUFFIX, ''), name];
  return [...new Set(names)].filter((alias) => alias !== null && alias !== key).filter(isText);
}

function isText(value: string | null): value is string {
  return value !== null;
}

function lastUsed(dates: Dates, replicated: boolean): Instant | null {
  const date = dates.LastAccessedDate;
  if (date?.state === 'known')
    return { ...date, tolerance_ms: Math.max(date.tolerance_ms, DAY_TOLERANCE_MS) };
  return statedInstant(dates.CreatedDate === null || replicated ? 'not-tracked' : 'never');
}

function rotation(
  value: Record<string, unknown>,
  dates: Dates,
  context: AdapterContext,
  state: State,
): Partial<KeyRecord> {
  const stated = typeof value['RotationEnabled'] === 'boolean' ? value['RotationEnabled'] : null;
  const enabled = stated ?? (dates.CreatedDate === null ? null : false);
  if (enabled && dates.LastRotatedDate === null) {
    context.warn(
      'Some secrets have rotation enabled and no LastRotatedDate: Secrets Manager has never completed a rotation of them.',
    );
  }
  return {
    rotation_enabled: enabled,
    rotation_interval_days: interval(objectOf(value['RotationRules']), context, state),
    last_rotated: dates.LastRotatedDate ?? statedInstant(enabled ? 'never' : 'not-tracked'),
  };
}

function interval(rules: Record<string, unknown>, context: AdapterContext, state: State): number | null {
  const days = typeof rules['AutomaticallyAfterDays'] === 'number' ? rules['AutomaticallyAfterDays'] : null;
  const expression = textOf(rules['ScheduleExpression']);
  const gaps = expression === null ? null : cachedGaps(expression, state);
  if (expression !== null && gaps === null) {
    context.warn(`The rotation schedule ${quote(expression)} could not be read as a number of days.`);
  }
  if (gaps && days !== null && (days < Math.floor(gaps.shortest) || days > Math.ceil(gaps.longest))) {
    context.warn(
      `A rotation schedule says ${quote(expression)} and AutomaticallyAfterDays ${days}: the schedule is used, as Secrets Manager does.`,
    );
  }
  return gaps?.longest ?? days;
}

function cachedGaps(expression: string, state: State): ScheduleGaps | null {
  const known = state.schedules.get(expression);
  if (known !== undefined) return known;
  const gaps = scheduleGaps(expression);
  state.schedules.set(expression, gaps);
  return gaps;
}

const encrypted: Partial<KeyRecord> = { encrypted_at_rest: true, encryption_algorithm: 'AES-256' };

function isReplica({ region }: Arn, value: Record<string, unknown>): boolean {
  return (textOf(value['PrimaryRegion']) ?? region) !== region;
}

function places(kmsKey: string | null, arn: Arn, complete: boolean): Partial<KeyRecord> {
  const owner = /^arn:[a-z0-9-]+:kms:([a-z0-9-]+):(\d{12}):/.exec(kmsKey ?? '');
  const always: Partial<KeyRecord> = {
    dek_location: `aws-secretsmanager:${arn.region}:${arn.account}`,
    kek_location: `aws-kms:${owner?.[1] ?? arn.region}:${owner?.[2] ?? arn.account}`,
  };
  if (kmsKey !== null) return { ...always, kms_key: kmsKey };
  return complete ? { ...always, kms_key: 'alias/aws/secretsmanager' } : always;
}
