import { isObject } from '../../../../text/is-object.js';
import type { FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';
import { objectOf, textOf } from '../../../fields/json.js';

/** Members of a message of a subscription, as Firehose writes it to S3. */
const SUBSCRIPTION = ['messageType', 'logGroup', 'logEvents'];
/** The most that a query of Logs Insights, or a page of events, holds. */
const MOST = 10_000;
const NOT_COMPLETE = 'The query was not complete, so events are missing: run get-query-results once it is.';
const MORE =
  'The query matched more events than the export lists: raise its limit, or query shorter periods.';
const FULL =
  'It holds 10,000 events, the most that one answer of CloudWatch Logs gives: export shorter periods.';
const SEARCHED = 'Log streams were not searched to their end: export all pages.';
const NO_LAST_PAGE =
  'get-log-events does not tell whether a page is the last: export with filter-log-events to know that nothing is missing.';

/**
 * AWS CloudWatch Logs: results of Logs Insights (`aws logs get-query-results`, or the CSV of the console) with `@message`, and
 * `aws logs filter-log-events` and `get-log-events`, also its events alone, messages of a subscription as Firehose writes them to S3, and the CSV of
 * a stream. Follows
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html and
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 * and https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 * - Each message is read as the log that it is an event of. Lines of an export to S3 and of `aws logs tail` are read as that log itself.
 */
export const adapter = unwrapping({
  id: 'aws-cloudwatch-logs',
  title:
    'AWS CloudWatch Logs (JSON of Logs Insights, filter-log-events, get-log-events or a subscription, CSV of the console)',
  recognisedBy:
    '`results` of `@message`, `events` with `message` and `timestamp`, `logEvents` beside `logGroup`, or columns `@timestamp`, `@message`, or `timestamp`, `message`',
  proves: 'what the events of known logs prove that the query found',
  cannot: 'that what the query or filter left out did not happen, and events of logs that are not read',
  formats: ['json', 'ndjson', 'csv'],
  signature: ['results', 'statistics', 'status', 'events', 'searchedLogStreams', '@message', '@timestamp'],
  items: ['$.results', '$.events', '$.logEvents', '$', ''],
  places: [['@message'], ['message']],
  recognise,
  page(page, context) {
    const status = textOf(page['status']);
    if (status !== null && status !== 'Complete') context.truncated(NOT_COMPLETE);
    const streams = page['searchedLogStreams'];
    const cut =
      Array.isArray(streams) && streams.some((stream) => objectOf(stream)['searchedCompletely'] === false);
    if (cut) context.truncated(SEARCHED);
    if (textOf(page['nextForwardToken']) !== null) context.warn(NO_LAST_PAGE);
  },
  whole(page, records, context) {
    const matched = objectOf(page?.['statistics'])['recordsMatched'];
    if (typeof matched === 'number' && matched > records) context.truncated(MORE);
    else if (typeof matched !== 'number' && records === MOST) context.truncated(FULL);
  },
});

function recognise(sample: FileSample): { version: string | null } | null {
  const { kind, keys, header, head } = sample;
  if (kind === 'csv') return ofTable(header ?? [], head);
  if (keys.includes('results') && /"field"\s*:\s*"@message"/.test(head)) return { version: 'insights' };
  if (SUBSCRIPTION.every((name) => keys.includes(name))) return { version: 'subscription' };
  const isEvent = ['message', 'timestamp', 'ingestionTime'].every((name) => keys.includes(name));
  return isEvent || holdsEvents(sample) ? { version: null } : null;
}

/** The console names columns of a stream `timestamp` and `message`, as others do: the time as it writes it and JSON tell it. */
function ofTable(header: readonly string[], head: string): { version: string | null } | null {
  if (header.includes('@message')) return { version: 'insights' };
  const isStream = header.length === 2 && header[0] === 'timestamp' && header[1] === 'message';
  return isStream && /^"?\d{13}"?,"?\{/m.test(head) ? { version: null } : null;
}

function holdsEvents({ keys, partial }: FileSample): boolean {
  if (!keys.includes('events')) return false;
  const [page] = Array.isArray(partial) ? partial : [partial];
  const { events } = objectOf(page);
  const first = Array.isArray(events) ? events[0] : undefined;
  const shaped = isObject(first) && 'message' in first && 'timestamp' in first;
  return shaped || keys.includes('searchedLogStreams');
}
