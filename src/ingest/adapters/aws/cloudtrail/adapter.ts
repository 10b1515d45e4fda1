import type { AuditEventRecord, Instant, RotationRecord } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { parseInstant } from '../../../fields/instants.js';
import { firstText, objectOf, textOf } from '../../../fields/json.js';
import { type Actor, actorOf } from './actor.js';
import { type EventMeaning, meaningOf, type TrailEvent } from './events.js';
import { ticketOf } from './ticket.js';

const AWS_SOURCE = /\\?"eventSource\\?"\s*:\s*\\?"[a-z0-9.-]+\.amazonaws\.com\\?"/;
const VERSION = /\\?"eventVersion\\?"\s*:\s*\\?"(\d+\.\d+)\\?"/;
const BREAK_GLASS = /break-?_?glass|fire-?call|emergency-?_?access/i;

/**
 * AWS CloudTrail: log files as S3 delivers them (`{"Records": [...]}`), EventBridge events (`detail`),
 * `aws cloudtrail lookup-events` (the event is a JSON text in `CloudTrailEvent`; its own time counts, not the outer one),
 * bare arrays, and one event a line.
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
 * - An event delivered twice (same `eventID`) is kept once.
 */
export const awsCloudtrail: Adapter = {
  id: 'aws-cloudtrail',
  title: 'AWS CloudTrail events (JSON: S3 log files, EventBridge, lookup-events)',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson'],
  signature: ['Records', 'eventSource', 'eventName', 'userIdentity', 'CloudTrailEvent', 'detail-type'],
  items: ['$.Records', '$.Events', '$', ''],
  recognise,
  envelope,
  convert: (raw, context) => convert(raw, context, new Set()),
  create: createReader,
};

/** A digest file gives no records: it must not count as an audit log that was supplied and is empty. */
function createReader(sample: FileSample): AdapterReader {
  const seen = new Set<string>();
  return {
    items: awsCloudtrail.items,
    produces: isDigest(sample) ? [] : awsCloudtrail.produces,
    envelope,
    convert: (raw, context) => convert(raw, context, seen),
  };
}

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
    (has('eventSource', 'eventName') && holds);
  return shaped ? { version: VERSION.exec(sample.head)?.[1] ?? null } : null;
}

function isDigest({ keys }: FileSample): boolean {
  return keys.includes('digestStartTime') && keys.includes('logFiles');
}

function isEmptyList(sample: FileSample, name: string): boolean {
  const list = objectOf(sample.first)[name];
  return Array.isArray(list) && list.length === 0;
}

function envelope(value: Record<string, unknown>, context: AdapterContext): void {
  if (textOf(value['NextToken']) === null) return;
  context.truncated(
    'The export ends with a NextToken: lookup-events has more events than it lists. Add the next pages, or use the log files in S3.',
  );
}

function convert(raw: RawRecord, context: AdapterContext, seen: Set<string>): Emit[] {
  if ('digestStartTime' in raw.value) {
    context.warn(
      'This is a CloudTrail digest file: it proves the integrity of log files and holds no events.',
    );
    context.skip('CloudTrail digest file');
    return [];
  }
  const event = unwrap(raw, context);
  if (!event) return [];
  const meaning = meaningOf(event);
  if (meaning === null) {
    context.skip(leftOut(event));
    return [];
  }
  const id = textOf(event['eventID']);
  if (id !== null && seen.has(id)) {
    context.skip('event delivered twice');
    return [];
  }
  if (id !== null) seen.add(id);
  return records(raw, event, meaning, context);
}

/** The event itself, whatever it is wrapped in; null after rejecting what is none. */
function unwrap(raw: RawRecord, context: AdapterContext): TrailEvent | null {
  const text = raw.value['CloudTrailEvent'];
  if (text !== undefined) {
    const event = parseObject(text);
    if (event && isEvent(event)) return event;
    context.reject(
      raw.record,
      'CloudTrailEvent',
      'CloudTrailEvent is no event as JSON text; run lookup-events again.',
    );
    return null;
  }
  const detail = raw.value['detail'];
  const event = isObject(detail) && textOf(raw.value['eventName']) === null ? detail : raw.value;
  if (isEvent(event)) return event;
  context.reject(
    raw.record,
    textOf(event['eventSource']) === null ? 'eventSource' : 'eventName',
    'This is no CloudTrail event: eventSource and eventName are expected; export the log again.',
  );
  return null;
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

function leftOut(event: TrailEvent): string {
  return textOf(event['eventSource']) === 'kms.amazonaws.com'
    ? 'use or reading of a KMS key'
    : 'event about no credential';
}

function records(raw: RawRecord, event: TrailEvent, meaning: EventMeaning, context: AdapterContext): Emit[] {
  const at = parseInstant(event['eventTime'], { timezone: context.timezone });
  if (!at.ok || at.value === null) {
    const reason = at.ok ? 'there is no time' : at.reason;
    context.reject(
      raw.record,
      'eventTime',
      `${reason}; expected a time such as 2026-09-30T14:05:00Z; export the log again.`,
    );
    return [];
  }
  const source = { file: context.file, record: raw.record };
  const actor = actorOf(event);
  const audit = auditEvent(event, meaning, actor, at.value);
  const step = rotationStep(event, meaning, audit);
  const emits: Emit[] = [{ kind: 'events', record: { ...audit, source } }];
  if (step) emits.push({ kind: 'rotations', record: { ...step, source } });
  return emits;
}

function auditEvent(
  event: TrailEvent,
  meaning: EventMeaning,
  actor: Actor,
  at: Instant,
): Partial<AuditEventRecord> {
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
    outcome: failed(event, meaning) ? 'failure' : 'success',
    source_ip: internal ? null : address,
    workload: internal ? (textOf(objectOf(event['userIdentity'])['invokedBy']) ?? address) : null,
    log: 'aws-cloudtrail',
    ticket: ticketOf(event, actor.labels),
    break_glass: actor.labels.some((label) => BREAK_GLASS.test(label)) || null,
  };
}

function failed(event: TrailEvent, meaning: EventMeaning): boolean {
  return (
    meaning.failed === true ||
    firstText(event['errorCode'], event['errorMessage']) !== null ||
    textOf(objectOf(event['responseElements'])['ConsoleLogin']) === 'Failure'
  );
}

/** A rotation step, where the event is one: a call that failed changed nothing, and a key without a name joins to nothing. */
function rotationStep(
  event: TrailEvent,
  meaning: EventMeaning,
  audit: Partial<AuditEventRecord>,
): Partial<RotationRecord> | null {
  const { step, key } = meaning;
  const reportsFailure = step === 'failed';
  if (!step || key === null || (audit.outcome === 'failure' && !reportsFailure)) return null;
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

/** `clientRequestToken`, or the UUID at the end of `Rotation-<arn>-<uuid>`. */
function requestToken(event: TrailEvent): string | null {
  const token = textOf(objectOf(event['requestParameters'])['clientRequestToken']);
  const uuid = /^Rotation-.*-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(
    textOf(event['requestID']) ?? '',
  );
  return token ?? uuid?.[1] ?? null;
}
