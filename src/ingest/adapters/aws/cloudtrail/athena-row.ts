import { isObject } from '../../../../text/is-object.js';
import type { TrailEvent } from './events.js';

/** Members of an event and of its `userIdentity` and `resources`, by the lower-case names that Athena gives to columns and fields. */
const NAMES = new Map(
  [
    ...[
      'eventVersion',
      'userIdentity',
      'eventTime',
      'eventSource',
      'eventName',
      'awsRegion',
      'sourceIPAddress',
    ],
    ...[
      'userAgent',
      'errorCode',
      'errorMessage',
      'requestParameters',
      'responseElements',
      'additionalEventData',
    ],
    ...['requestID', 'eventID', 'readOnly', 'eventType', 'eventCategory', 'recipientAccountId', 'resources'],
    ...[
      'principalId',
      'accountId',
      'accessKeyId',
      'userName',
      'invokedBy',
      'sessionContext',
      'sessionIssuer',
    ],
    'serviceEventDetails',
    ...['mfaAuthenticated', 'creationDate', 'sharedEventID', 'vpcEndpointId', 'ARN'],
  ].map((name) => [name.toLowerCase(), name]),
);

/** What Athena has as the text of a JSON value. */
const TEXTS = ['requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails'];

/** Returns whether columns or members are those of the table that AWS documents for logs of CloudTrail. */
export function isAthenaRow(names: readonly string[]): boolean {
  return ['eventtime', 'eventsource', 'eventname'].every((name) => names.includes(name));
}

/**
 * Returns a row of Athena as the event that it is: names as CloudTrail writes them, texts of JSON parsed, and structures as Athena
 * writes them in CSV (`{type=IAMUser, arn=arn:aws:...}`) read. Follows
 * https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html
 */
export function eventOfRow(row: Record<string, unknown>): TrailEvent {
  const event = Object.entries(row).map(([name, value]): [string, unknown] => {
    const own = NAMES.get(name) ?? name;
    return [own, TEXTS.includes(own) ? parsedText(value) : structured(value)];
  });
  return Object.fromEntries(event);
}

function parsedText(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value === '' ? null : value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** A structure with names as CloudTrail writes them; an empty cell is null. */
function structured(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => named(structured(item)));
  if (isObject(value)) return named(value);
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '' || text === 'null') return null;
  if (text.startsWith('{') && text.endsWith('}')) return named(structureOf(text));
  return text.startsWith('[') && text.endsWith(']') ? itemsOf(text).map(structured) : value;
}

function named(value: unknown): unknown {
  if (!isObject(value)) return value;
  const isResource = 'arn' in value && !('principalid' in value);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name === 'arn' && !isResource ? 'arn' : (NAMES.get(name) ?? name),
      structured(item),
    ]),
  );
}

function structureOf(text: string): Record<string, string> {
  const pairs = itemsOf(text).filter((item) => item.includes('='));
  return Object.fromEntries(
    pairs.map((item) => [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)]),
  );
}

/** Items between the outer brackets, at commas outside inner ones. */
function itemsOf(text: string): string[] {
  const items: string[] = [''];
  let depth = 0;
  for (const letter of text.slice(1, -1)) {
    if ('{['.includes(letter)) depth += 1;
    if ('}]'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) items.push('');
    else items[items.length - 1] += letter;
  }
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
