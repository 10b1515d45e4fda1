import type { AuditEventRecord, Instant } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import type { Scope } from '../../../coverage-notes.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { isStepUnproved, UNPROVED_STEP } from '../../../fields/life-events.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { type IsRepeated, repeatedIds } from '../../../fields/repeated-ids.js';
import { type Actor, actorOf } from './actor.js';
import { eventOfRow, isAthenaRow } from './athena-row.js';
import { eventOfElastic, isElasticDocument } from './elastic-document.js';
import { eventOfHistory, isHistoryRow } from './event-history-row.js';
import { type EventMeaning, meaningOf, type TrailEvent } from './events.js';
import { eventOfOcsf, isOcsfEvent } from './ocsf-event.js';
import { eventOfSentinel, isSentinelRow } from './sentinel-row.js';
import { ticketOf } from './ticket.js';

const AWS_SOURCE = /\\?"eventSource\\?"\s*:\s*\\?"[a-z0-9.-]+\.amazonaws\.com\\?"/;
const LOWER_SOURCE = /[a-z0-9-]\.amazonaws\.com/;
const OCSF = /"name"\s*:\s*"(?:AWS )?CloudTrail"/i;
const VERSION = /\\?"eventVersion\\?"\s*:\s*\\?"(\d+\.\d+)\\?"/;
const AGAIN = 'export the log again.';
const GOES_ON =
  'The export ends with a NextToken: lookup-events has more events than it lists. Add the next pages, or use the log files in S3.';
const REQUEST_AS_TEXT =
  'holds documents of Elastic without aws.cloudtrail.flattened, which therefore name no key';
const NO_REQUESTS =
  'The CSV of the event history has no requests, and without a filter of its own no reading events: whether a value was put in place of another, and that nobody read one, it does not show. Download the events as JSON.';
const BREAK_GLASS = /break-?_?glass|fire-?call|emergency-?_?access/i;

/**
 * AWS CloudTrail: log files as S3 delivers them (`{"Records": [...]}`), EventBridge events (`detail`),
 * `aws cloudtrail lookup-events` (the event is a JSON text in `CloudTrailEvent`; its own time counts, not the outer one),
 * bare arrays, and one event a line; rows of Athena, with names in lower case; the CSV of the event history; events of Security Lake (OCSF);
 * rows of the table AWSCloudTrail of Microsoft Sentinel; and documents of the AWS integration of Elastic.
 *
 * Follows https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html and
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 * Every event of Secrets Manager, and those of IAM, KMS, STS and sign-in that concern credentials, becomes an audit event;
 * those that are a step in the life of a key become a rotation step as well:
 * - Only a success is a step: an `errorCode`, an `errorMessage` (RotationFailed has no code) or a failed sign-in is a failure.
 * - `RotateSecret` only starts a rotation; `RotationSucceeded` is its proof. `PutSecretValue` is a rotation by hand, unless it
 *   puts a pending version. `DeleteSecret` and `UpdateAccessKey` to Inactive end the key.
 * - Steps of one rotation share the client request token, which is also the version id and ends the request id of the
 *   service events.
 * - Rows of Microsoft Sentinel and documents of Elastic are what a query found: they speak for what they name.
 * - The CSV of the event history is what a person filtered in the console, which leaves out reading by itself: it speaks for
 *   what it names.
 * - An absent `errorCode` states success only in a whole event; a selection of columns without it does not say.
 * - An event delivered twice (same `eventID`) is kept once.
 * - Digest files, Insights events (a rate, no call) and network activity events (a second record of a call through a VPC
 *   endpoint) are counted and left out; a file of nothing else is no audit log. A call that the policy of the endpoint
 *   denied reached no service and is in no other log: it is kept.
 */
export const adapter: Adapter = {
  id: 'aws-cloudtrail',
  title:
    'AWS CloudTrail events (JSON: S3 log files, EventBridge, lookup-events, Security Lake; JSON or CSV of Athena; CSV of the event history; JSON or CSV of Microsoft Sentinel; JSON of Elastic)',
  recognisedBy:
    '`eventSource` of AWS in `Records`, `Events`, `detail` or bare events; columns `eventtime`, `eventsource`, `eventname`, or `Event ID`, `Event time`, `Event source`, or `AwsEventId`, `EventSource`, `EventName`; OCSF with CloudTrail as its product; `aws.cloudtrail` beside `event.provider` and `event.action`',
  proves:
    'who called what on which secret, access key or API, when, from where, with what result; rotations that Secrets Manager reports',
  cannot:
    'calls in accounts, Regions or days that were not exported, reads if data events are off, and what is logged elsewhere',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['Records', 'eventSource', 'eventName', 'userIdentity', 'CloudTrailEvent', 'detail-type'],
  recognise,
  open,
};

function recognise(sample: FileSample): { version: string | null } | null {
  const has = (...names: string[]) => names.every((name) => sample.keys.includes(name));
  if (isDigest(sample)) return { version: 'digest' };
  const named = /cloudtrail/i.test(sample.path);
  const holds = AWS_SOURCE.test(sample.head);
  const shaped =
    (has('Records') && (holds || (named && isEmptyList(sample, 'Records')))) ||
    (has('Events') && (/"CloudTrailEvent"/.test(sample.head) || (named && isEmptyList(sample, 'Events')))) ||
    (has('detail', 'detail-type') && holds) ||
    (has('CloudTrailEvent') && holds) ||
    (has('eventSource', 'eventName') && holds) ||
    (isAthenaRow(sample.header ?? sample.keys) && LOWER_SOURCE.test(sample.head)) ||
    isHistoryRow(sample.header ?? []) ||
    isSentinelRow(sample.header ?? sample.keys) ||
    (has('aws', 'event', '@timestamp') && holdsRecord(sample, isElasticDocument)) ||
    (has('class_uid', 'api', 'metadata') && OCSF.test(sample.head) && holdsRecord(sample, isOcsfEvent));
  return shaped ? { version: VERSION.exec(sample.head)?.[1] ?? null } : null;
}

/** One of other products in the same form is none of CloudTrail. */
function holdsRecord(
  { first, partial }: FileSample,
  is: (record: Record<string, unknown>) => boolean,
): boolean {
  const [record] = [first ?? partial].flat();
  return is(objectOf(record));
}

function isDigest({ keys }: FileSample): boolean {
  return keys.includes('digestStartTime') && keys.includes('logFiles');
}

const NO_CALL = /\\?"eventCategory\\?"\s*:\s*\\?"(?:Insight|NetworkActivity)\\?"|\\?"insightDetails\\?"\s*:/i;
const CALL = /\\?"eventType\\?"\s*:\s*\\?"Aws(?:ApiCall|ServiceEvent|ConsoleSignIn|ConsoleAction)\\?"/;

/** Returns whether all that a file shows at its beginning is Insights or network activity. */
function holdsNoCalls({ head }: FileSample): boolean {
  return NO_CALL.test(head) && !CALL.test(head);
}

function isEmptyList(sample: FileSample, name: string): boolean {
  const list = objectOf(sample.first)[name];
  return Array.isArray(list) && list.length === 0;
}

/** Opens a file. A file without calls must not count as an audit log that was supplied and is empty. */
function open(file: FileSample, context: AdapterContext): AdapterReader {
  const isRepeated = repeatedIds();
  const isHistory = isHistoryRow(file.header ?? []);
  if (isHistory) context.warn(NO_REQUESTS);
  else if (!isSentinelRow(file.header ?? file.keys) && !holdsRecord(file, isElasticDocument))
    context.speaksFor(scopeOfName(file.name));
  return {
    items: ['$.Records', '$.Events', '$', ''],
    produces: isDigest(file) || holdsNoCalls(file) ? [] : adapter.produces,
    convert: (raw) => convert(raw, context, isRepeated),
    envelope: (value) => warnOfNextPage(value, ['NextToken'], GOES_ON, context),
  };
}

function convert(raw: RawRecord, context: AdapterContext, isRepeated: IsRepeated): Emit[] {
  if ('digestStartTime' in raw.value) {
    context.warn(
      'This is a CloudTrail digest file: it proves the integrity of log files and holds no events.',
    );
    context.skip('CloudTrail digest file');
    return [];
  }
  const event = unwrap(reading(raw, context, AGAIN));
  const aside = event && besidesCalls(event);
  if (aside) {
    context.skip(aside);
    return [];
  }
  if (event && !isSelected(raw)) context.speaksFor(scopeOf(event));
  const meaning = event && meaningOf(event);
  if (event === null || !meaning) {
    if (event) context.skip(leftOut(event));
    return [];
  }
  const id = textOf(event['eventID']);
  if (isRepeated(id)) {
    context.skip('event delivered twice');
    return [];
  }
  return records(reading({ ...raw, value: event }, context, AGAIN), meaning, context);
}

/** Returns whether a record is what a person selected, and speaks for nothing beside itself. */
function isSelected({ value }: RawRecord): boolean {
  const names = Object.keys(value);
  return isHistoryRow(names) || isSentinelRow(names) || isElasticDocument(value);
}

/** Stores whose management a trail logs: what it does not log of them in its account and Region did not happen. */
const STORES = ['aws-sm', 'aws-iam'];

/** S3 names a log file by account and Region, so that one without events speaks for them too. */
function scopeOfName(name: string): Scope {
  const [, account, region] = /^(\d{12})_CloudTrail_([a-z0-9-]+)_/.exec(name) ?? [];
  return account === undefined
    ? { systems: STORES }
    : { systems: STORES, accounts: [`${account}/${region}`] };
}

function scopeOf(event: TrailEvent): Scope {
  const account = textOf(event['recipientAccountId']);
  const region = textOf(event['awsRegion']);
  return account === null || region === null
    ? { systems: STORES }
    : { systems: STORES, accounts: [`${account}/${region}`] };
}

/** Returns the event itself, whatever it is wrapped in; null after rejecting what is none. */
function unwrap(r: Reading): TrailEvent | null {
  const { value } = r.raw;
  if (isOcsfEvent(value)) return unwrapped(r, eventOfOcsf(value));
  if (isElasticDocument(value)) return unwrapped(r, elasticEvent(r));
  if (isHistoryRow(Object.keys(value))) return unwrapped(r, eventOfHistory(value));
  if (isSentinelRow(Object.keys(value))) return unwrapped(r, eventOfSentinel(value));
  if (isAthenaRow(Object.keys(value))) return unwrapped(r, eventOfRow(value));
  if (value['CloudTrailEvent'] !== undefined) {
    const event = parseObject(value['CloudTrailEvent']);
    if (event && (isEvent(event) || isInsight(event))) return event;
    r.reject('CloudTrailEvent', 'CloudTrailEvent is no event as JSON text; run lookup-events again.');
    return null;
  }
  const detail = value['detail'];
  return unwrapped(r, isObject(detail) && textOf(value['eventName']) === null ? detail : value);
}

/** A document that keeps its request as text only names no key, and may be about any. */
function elasticEvent(r: Reading): TrailEvent {
  const event = eventOfElastic(r.raw.value);
  if (event['requestParameters'] === undefined && r.states('aws.cloudtrail.request_parameters'))
    for (const kind of adapter.produces) r.lacks(kind, REQUEST_AS_TEXT);
  return event;
}

function unwrapped(r: Reading, event: TrailEvent): TrailEvent | null {
  if (isEvent(event) || isInsight(event)) return event;
  r.reject(
    textOf(event['eventSource']) === null ? 'eventSource' : 'eventName',
    'This is no CloudTrail event: eventSource and eventName are expected; export the log again.',
  );
  return null;
}

/** Returns what an event is that is no call; null if it is one, or the only record of one. */
function besidesCalls(event: TrailEvent): string | null {
  if (isInsight(event)) return 'CloudTrail Insights event: an unusual rate, no call';
  const isNetwork = event['eventType'] === 'AwsVpceEvent' || event['eventCategory'] === 'NetworkActivity';
  if (!isNetwork || event['errorCode'] === 'VpceAccessDenied') return null;
  return 'network activity event: the call has an event of its own';
}

function isInsight(event: TrailEvent): boolean {
  return event['eventType'] === 'AwsCloudTrailInsight' || isObject(event['insightDetails']);
}

function isEvent(value: Record<string, unknown>): boolean {
  return textOf(value['eventSource']) !== null && textOf(value['eventName']) !== null;
}

function parseObject(text: unknown): Record<string, unknown> | null {
  if (typeof text !== 'string') return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const LEFT_OUT: { [eventSource: string]: string } = {
  'kms.amazonaws.com': 'use or reading of a KMS key',
  'ssm.amazonaws.com': 'call of Systems Manager that states no parameter with a secret',
};

function leftOut(event: TrailEvent): string {
  return LEFT_OUT[textOf(event['eventSource']) ?? ''] ?? 'event about no credential';
}

function records(r: Reading, meaning: EventMeaning, context: AdapterContext): Emit[] {
  const at = r.need('eventTime', r.date('eventTime'), NO_TIME);
  if (at === null) return [];
  const event = r.raw.value;
  const audit = auditEvent(event, meaning, actorOf(event), at);
  const step = rotationStep(event, meaning, audit);
  if (isStepUnproved(meaning.step, meaning.key, outcomeOf(event, meaning)))
    context.lacks('rotations', UNPROVED_STEP);
  return [...r.emit('events', audit), ...(step ? r.emit('rotations', step) : [])];
}

const NO_TIME = 'there is no time; expected one such as 2026-09-30T14:05:00Z; export the log again.';

function auditEvent(event: TrailEvent, meaning: EventMeaning, actor: Actor, at: Instant): Draft<'events'> {
  const address = textOf(event['sourceIPAddress']);
  const internal = address === 'AWS Internal';
  return {
    event_id: textOf(event['eventID']),
    at,
    category: meaning.category,
    action: textOf(event['eventName']),
    key_id: meaning.key,
    actor: actor.actor,
    actor_type: actor.actor_type,
    outcome: outcomeOf(event, meaning),
    source_ip: internal ? null : address,
    workload: internal ? (textOf(objectOf(event['userIdentity'])['invokedBy']) ?? address) : null,
    log: 'aws-cloudtrail',
    ticket: ticketOf(event, actor.labels),
    break_glass: actor.labels.some((label) => BREAK_GLASS.test(label)) || null,
  };
}

/**
 * Returns whether the call succeeded. CloudTrail leaves `errorCode` out of a call that did; a selection of members (jq, Athena) that
 * lacks it does not say.
 */
function outcomeOf(event: TrailEvent, meaning: EventMeaning): AuditEventRecord['outcome'] {
  if (isObject(event['errorCode']) || isObject(event['errorMessage'])) return null;
  if (failed(event, meaning)) return 'failure';
  const isWhole = ALWAYS.every((name) => isStated(event[name]));
  return isWhole || 'errorCode' in event || isObject(event['responseElements']) ? 'success' : null;
}

/** What CloudTrail writes of every event. */
const ALWAYS = ['eventVersion', 'eventID', 'eventType', 'awsRegion'];

function failed(event: TrailEvent, meaning: EventMeaning): boolean {
  return (
    meaning.failed === true ||
    isStated(event['errorCode']) ||
    isStated(event['errorMessage']) ||
    textOf(objectOf(event['responseElements'])['ConsoleLogin']) === 'Failure'
  );
}

function isStated(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/**
 * Returns a rotation step, if the event is one: a call that failed changed nothing, and a key without a name joins to
 * nothing.
 */
function rotationStep(
  event: TrailEvent,
  meaning: EventMeaning,
  audit: Draft<'events'>,
): Draft<'rotations'> | null {
  const { step, key } = meaning;
  const reportsFailure = step === 'failed';
  if (!step || key === null || (audit.outcome !== 'success' && !reportsFailure)) return null;
  const token = requestToken(event);
  return {
    rotation_id: meaning.category === 'rotate' ? (token?.toLowerCase() ?? null) : null,
    key_id: key,
    step,
    at: audit.at ?? null,
    actor: audit.actor ?? null,
    actor_type: audit.actor_type ?? null,
    status: reportsFailure ? 'failure' : 'success',
    version: step === 'revoked' ? null : token,
    ticket: audit.ticket ?? null,
  };
}

/** Returns `clientRequestToken`, or the UUID at the end of `Rotation-<arn>-<uuid>`. */
function requestToken(event: TrailEvent): string | null {
  const token = textOf(objectOf(event['requestParameters'])['clientRequestToken']);
  const uuid = /^Rotation-.*-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(
    textOf(event['requestID']) ?? '',
  );
  return token ?? uuid?.[1] ?? null;
}
