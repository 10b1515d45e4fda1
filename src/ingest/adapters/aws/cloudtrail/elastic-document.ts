import { isObject } from '../../../../text/is-object.js';
import { firstText, objectOf, textOf } from '../../../fields/json.js';
import type { TrailEvent } from './events.js';

/** Members of an event by the names that Elastic gives to them below `aws.cloudtrail`. */
const MEMBERS: { readonly [name: string]: string } = {
  event_version: 'eventVersion',
  event_type: 'eventType',
  event_category: 'eventCategory',
  read_only: 'readOnly',
  request_id: 'requestID',
  error_message: 'errorMessage',
};
/** What Elastic keeps whole, below `aws.cloudtrail.flattened`. */
const WHOLE: { readonly [name: string]: string } = {
  request_parameters: 'requestParameters',
  response_elements: 'responseElements',
  additional_eventdata: 'additionalEventData',
  service_event_details: 'serviceEventDetails',
};

/** Returns whether a document is what the AWS integration of Elastic makes of an event, without the event itself, which would be read in its place. */
export function isElasticDocument(value: Record<string, unknown>): boolean {
  const event = objectOf(value['event']);
  const isEvent = textOf(event['provider']) !== null && textOf(event['action']) !== null;
  return isEvent && isObject(objectOf(value['aws'])['cloudtrail']) && !holdsOriginal(value);
}

function holdsOriginal(value: Record<string, unknown>): boolean {
  return objectOf(value['event'])['original'] !== undefined || value['message'] !== undefined;
}

/**
 * Returns a document of the AWS integration of Elastic as the event that it was made of
 * (https://www.elastic.co/docs/reference/integrations/aws/cloudtrail). Texts such as `{secretId=prod/sepa}` are not read, because a value may
 * hold what looks like the next member: without `flattened`, an event names no key. `event.outcome` says how the call ended.
 */
export function eventOfElastic(value: Record<string, unknown>): TrailEvent {
  const trail = objectOf(objectOf(value['aws'])['cloudtrail']);
  const event = objectOf(value['event']);
  const source = objectOf(value['source']);
  const cloud = objectOf(value['cloud']);
  return {
    ...renamed(trail, MEMBERS),
    ...renamed(objectOf(trail['flattened']), WHOLE),
    eventTime: value['@timestamp'],
    eventSource: event['provider'],
    eventName: event['action'],
    eventID: event['id'],
    awsRegion: cloud['region'],
    recipientAccountId: firstText(trail['recipient_account_id'], objectOf(cloud['account'])['id']),
    sourceIPAddress: firstText(source['address'], source['ip']),
    userIdentity: identityOf(trail, objectOf(value['user'])),
    resources: resourcesOf(trail['resources']),
    ...endOf(trail, event),
  };
}

function renamed(members: Record<string, unknown>, names: { readonly [name: string]: string }): TrailEvent {
  const stated = Object.entries(names).filter(([name]) => members[name] !== undefined);
  return Object.fromEntries(stated.map(([name, own]) => [own, members[name]]));
}

/** How the call ended: the code of the error, else what `event.outcome` says; a document with neither says nothing. */
function endOf(trail: Record<string, unknown>, event: Record<string, unknown>): TrailEvent {
  const code = textOf(trail['error_code']);
  if (code !== null) return { errorCode: code };
  if (event['outcome'] === 'failure') return { errorCode: 'failure' };
  return event['outcome'] === 'success' ? { errorCode: null } : { eventVersion: null };
}

/** `user.name` is that of `userIdentity` for a user only; of a role it is made of its session. */
function identityOf(trail: Record<string, unknown>, user: Record<string, unknown>): TrailEvent {
  const identity = objectOf(trail['user_identity']);
  const session = objectOf(identity['session_context']);
  const issuer = objectOf(session['session_issuer']);
  return {
    type: identity['type'],
    arn: identity['arn'],
    accessKeyId: identity['access_key_id'],
    invokedBy: identity['invoked_by'],
    principalId: user['id'],
    ...(identity['type'] === 'IAMUser' ? { userName: user['name'] } : {}),
    sessionContext: {
      attributes: { mfaAuthenticated: session['mfa_authenticated'] },
      sourceIdentity: session['source_identity'],
      sessionIssuer: {
        type: issuer['type'],
        principalId: issuer['principal_id'],
        arn: issuer['arn'],
        accountId: issuer['account_id'],
        userName: textOf(issuer['arn'])?.split('/').at(-1),
      },
    },
  };
}

function resourcesOf(value: unknown): unknown[] {
  const resources = Array.isArray(value) ? value.map(objectOf) : [];
  return resources.map(({ arn, account_id: accountId, type }) => ({ ARN: arn, accountId, type }));
}
