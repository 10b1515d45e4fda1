import { textOf } from '../../../fields/json.js';
import type { TrailEvent } from './events.js';

/** Members of an event by the columns of the table. */
const COLUMNS: { readonly [column: string]: string } = {
  TimeGenerated: 'eventTime',
  'TimeGenerated [UTC]': 'eventTime',
  EventVersion: 'eventVersion',
  EventSource: 'eventSource',
  EventName: 'eventName',
  EventTypeName: 'eventType',
  AWSRegion: 'awsRegion',
  SourceIpAddress: 'sourceIPAddress',
  UserAgent: 'userAgent',
  ErrorCode: 'errorCode',
  ErrorMessage: 'errorMessage',
  AwsRequestId_: 'requestID',
  AwsEventId: 'eventID',
  RecipientAccountId: 'recipientAccountId',
  Category: 'eventCategory',
  SharedEventId: 'sharedEventID',
  ReadOnly: 'readOnly',
};
/** What the table has as the text of a JSON value. */
const TEXTS: { readonly [column: string]: string } = {
  RequestParameters: 'requestParameters',
  ResponseElements: 'responseElements',
  AdditionalEventData: 'additionalEventData',
  ServiceEventDetails: 'serviceEventDetails',
  Resources: 'resources',
};
const IDENTITY: { readonly [column: string]: string } = {
  UserIdentityType: 'type',
  UserIdentityPrincipalid: 'principalId',
  UserIdentityArn: 'arn',
  UserIdentityAccountId: 'accountId',
  UserIdentityInvokedBy: 'invokedBy',
  UserIdentityAccessKeyId: 'accessKeyId',
  UserIdentityUserName: 'userName',
};
const ISSUER: { readonly [column: string]: string } = {
  SessionIssuerType: 'type',
  SessionIssuerPrincipalId: 'principalId',
  SessionIssuerArn: 'arn',
  SessionIssuerAccountId: 'accountId',
  SessionIssuerUserName: 'userName',
};

/** Returns whether columns or members are those of the table of Microsoft Sentinel for events of CloudTrail. */
export function isSentinelRow(names: readonly string[]): boolean {
  return ['AwsEventId', 'EventSource', 'EventName'].every((name) => names.includes(name));
}

/**
 * Returns a row of the table AWSCloudTrail of Microsoft Sentinel (https://learn.microsoft.com/azure/azure-monitor/reference/tables/awscloudtrail)
 * as the event that it is. A query may leave columns out: without that of the error, a row does not say how the call ended.
 */
export function eventOfSentinel(row: Record<string, unknown>): TrailEvent {
  const issuer = membersOf(row, ISSUER);
  return {
    ...membersOf(row, COLUMNS),
    ...Object.fromEntries(
      Object.entries(membersOf(row, TEXTS)).map(([name, value]) => [name, parsedText(value)]),
    ),
    ...('ErrorCode' in row ? {} : { eventVersion: null }),
    userIdentity: {
      ...membersOf(row, IDENTITY),
      ...(Object.values(issuer).some((value) => value !== null)
        ? { sessionContext: { sessionIssuer: issuer } }
        : {}),
    },
  };
}

/** Returns the cells that a row has, by their own names; a blank one is null. */
function membersOf(
  row: Record<string, unknown>,
  names: { readonly [column: string]: string },
): Record<string, unknown> {
  const stated = Object.entries(names).filter(([column]) => Object.hasOwn(row, column));
  return Object.fromEntries(stated.map(([column, name]) => [name, row[column] === '' ? null : row[column]]));
}

function parsedText(value: unknown): unknown {
  const text = textOf(value);
  if (text === null) return typeof value === 'string' ? null : value;
  try {
    return JSON.parse(text);
  } catch {
    return value;
  }
}
