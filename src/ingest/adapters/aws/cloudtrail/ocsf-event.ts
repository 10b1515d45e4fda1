import { objectOf, textOf } from '../../../fields/json.js';
import type { TrailEvent } from './events.js';

/** Names of the log as Security Lake states it. */
const CLOUDTRAIL = /cloudtrail/i;

/** Returns whether a record is an event of CloudTrail in the form of the Open Cybersecurity Schema Framework. */
export function isOcsfEvent(value: Record<string, unknown>): boolean {
  const metadata = objectOf(value['metadata']);
  const product = textOf(objectOf(metadata['product'])['name']);
  return 'class_uid' in value && 'api' in value && CLOUDTRAIL.test(product ?? '');
}

/**
 * Returns the event that a record of Security Lake was made of, with what it keeps of it: `api.operation` is its name, `api.request.data`
 * the text of its request. Follows https://github.com/ocsf/examples (mappings of AWS CloudTrail) and
 * https://docs.aws.amazon.com/security-lake/latest/userguide/open-cybersecurity-schema-framework.html
 */
export function eventOfOcsf(value: Record<string, unknown>): TrailEvent {
  const api = objectOf(value['api']);
  const metadata = objectOf(value['metadata']);
  const cloud = objectOf(value['cloud']);
  const endpoint = objectOf(value['src_endpoint']);
  return {
    eventVersion: objectOf(metadata['product'])['version'],
    eventID: metadata['uid'],
    eventType: metadata['event_code'],
    eventTime: value['time_dt'] ?? timeOf(value['time']),
    eventSource: objectOf(api['service'])['name'],
    eventName: api['operation'],
    awsRegion: cloud['region'],
    recipientAccountId: objectOf(cloud['account'])['uid'] ?? cloud['account_uid'],
    sourceIPAddress: endpoint['ip'] ?? endpoint['domain'],
    userIdentity: identityOf(objectOf(value['actor'])),
    requestParameters: dataOf(value, 'requestParameters', objectOf(api['request'])['data']),
    responseElements: dataOf(value, 'responseElements', objectOf(api['response'])['data']),
    resources: resourcesOf(value['resources']),
    ...errorOf(value, objectOf(api['response'])),
  };
}

/** Milliseconds since 1970, as Security Lake writes `time`, as a date that says so. */
function timeOf(time: unknown): unknown {
  const ms = typeof time === 'string' ? Number(time) : time;
  return typeof ms === 'number' && Number.isSafeInteger(ms) && Math.abs(ms) < 8.64e15
    ? new Date(ms).toISOString()
    : time;
}

/** Version 1.0 has the ARN as `uuid`, later ones as `uid`. */
function identityOf(actor: Record<string, unknown>): Record<string, unknown> {
  const user = objectOf(actor['user']);
  const names = [user['uuid'], user['uid']].map(textOf);
  return {
    type: user['type'],
    arn: names.find((name) => name?.startsWith('arn:')) ?? null,
    principalId: user['uid_alt'] ?? names.find((name) => name !== null && !name.startsWith('arn:')) ?? null,
    accountId: objectOf(user['account'])['uid'] ?? user['account_uid'],
    userName: user['name'],
    accessKeyId: user['credential_uid'],
    invokedBy: actor['invoked_by'],
  };
}

/** A part of the event: as text, or member by member under its name in `unmapped`; undefined if the record has neither. */
function dataOf(value: Record<string, unknown>, part: string, data: unknown): unknown {
  if (typeof data === 'string') {
    try {
      return JSON.parse(data);
    } catch {
      return undefined;
    }
  }
  const flat = Object.entries(objectOf(value['unmapped'])).filter(([name]) => name.startsWith(`${part}.`));
  if (flat.length === 0) return undefined;
  return Object.fromEntries(flat.map(([name, item]) => [name.slice(part.length + 1), item]));
}

function resourcesOf(resources: unknown): unknown {
  if (!Array.isArray(resources)) return undefined;
  return resources.map(objectOf).map(({ uid, type }) => ({ ARN: uid, type }));
}

/** A call failed if the record states an error or that status, and succeeded if it states success. Without a status it is not whole. */
function errorOf(value: Record<string, unknown>, response: Record<string, unknown>): TrailEvent {
  const error = textOf(response['error']);
  const status = textOf(value['status_id']) ?? textOf(value['status']);
  if (error !== null || status === '2' || status === 'Failure') return { errorCode: error ?? 'Failure' };
  return status === '1' || status === 'Success' ? { errorCode: null } : { eventVersion: null };
}
