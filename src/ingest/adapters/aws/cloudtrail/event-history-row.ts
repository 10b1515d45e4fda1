import { isObject } from '../../../../text/is-object.js';
import { firstText, textOf } from '../../../fields/json.js';
import type { TrailEvent } from './events.js';

/** Members of an event by the columns of the download. */
const COLUMNS: { readonly [column: string]: string } = {
  'Event time': 'eventTime',
  'Event source': 'eventSource',
  'Event name': 'eventName',
  'AWS region': 'awsRegion',
  'Source IP address': 'sourceIPAddress',
  'Error code': 'errorCode',
  'Request ID': 'requestID',
  'Event ID': 'eventID',
  'Event type': 'eventType',
  'Recipient Account Id': 'recipientAccountId',
  'Event category': 'eventCategory',
};

/** Returns whether columns are those of the CSV that the event history of the CloudTrail console downloads. */
export function isHistoryRow(names: readonly string[]): boolean {
  return ['Event ID', 'Event time', 'Event source', 'Event name'].every((name) => names.includes(name));
}

/**
 * Returns a row of the event history (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-console.html)
 * as the event that it is. It lacks the request and the answer, so that no sign-in says whether it failed.
 */
export function eventOfHistory(row: Record<string, unknown>): TrailEvent {
  const event = Object.entries(COLUMNS)
    .filter(([column]) => Object.hasOwn(row, column))
    .map(([column, name]): [string, unknown] => [name, row[column] === '' ? null : row[column]]);
  const readOnly = firstText(row['Read-only'])?.toLowerCase();
  const isSignIn = textOf(row['Event source']) === 'signin.amazonaws.com';
  return {
    ...Object.fromEntries(
      event.filter(([name, value]) => !(name === 'errorCode' && value === null && isSignIn)),
    ),
    readOnly: readOnly === 'true' || readOnly === 'yes',
    userIdentity: { userName: textOf(row['User name']), accessKeyId: textOf(row['AWS access key']) },
    resources: resourcesOf(row['Resources']),
  };
}

/** Returns the resources as an event states them. */
function resourcesOf(cell: unknown): { type: string | null; ARN: string | null }[] {
  return listOf(cell)
    .filter(isObject)
    .map((resource) => ({ type: textOf(resource['resourceType']), ARN: textOf(resource['resourceName']) }));
}

function listOf(cell: unknown): unknown[] {
  try {
    const list: unknown = JSON.parse(textOf(cell) ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
