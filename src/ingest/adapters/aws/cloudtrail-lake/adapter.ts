import type { FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';
import { objectOf, textOf } from '../../../fields/json.js';

const NO_EVENT =
  'The row has no eventJson: columns of a query are parts of an event as text that JSON cannot tell apart; query SELECT eventJson.';
const NOT_FINISHED = 'The query did not finish, so events are missing: run get-query-results once it has.';
const MORE = 'The query found more rows than the export lists: export all pages.';

/**
 * AWS CloudTrail Lake: results of a query for whole events, `SELECT eventJson FROM ...`, as get-query-results gives them (rows are
 * lists of name and value) or as the console saves them (CSV). Follows
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetQueryResults.html
 * - Each `eventJson` is an event of CloudTrail, read as in a log file.
 * - Other columns hold maps and structures in the notation of Presto (`{type=AssumedRole, ...}`), which cannot be read back
 *   without a guess: a row without `eventJson` is rejected.
 */
export const adapter = unwrapping({
  id: 'aws-cloudtrail-lake',
  title: 'AWS CloudTrail Lake query results (JSON of get-query-results, CSV), of `SELECT eventJson`',
  recognisedBy: '`QueryResultRows` beside `QueryStatus`, or a column `eventJson`',
  proves: 'what the CloudTrail events that the query found prove',
  cannot: 'that what the query did not find did not happen, and queries for single columns of an event',
  formats: ['json', 'ndjson', 'csv'],
  signature: ['QueryResultRows', 'QueryStatus', 'QueryStatistics', 'eventJson'],
  items: ['$.QueryResultRows', ''],
  places: [['eventJson'], ['eventjson'], ['eventJSON']],
  recognise: ({ keys, header }: FileSample) =>
    (keys.includes('QueryResultRows') && keys.includes('QueryStatus')) || header?.some(isEventJson)
      ? { version: null }
      : null,
  lacks: () => NO_EVENT,
  page(page, context) {
    const status = textOf(page['QueryStatus']);
    if (status !== null && status !== 'FINISHED') context.truncated(NOT_FINISHED);
  },
  whole(page, records, context) {
    const total = objectOf(page?.['QueryStatistics'])['TotalResultsCount'];
    if (typeof total === 'number' && total > records) context.truncated(MORE);
  },
});

function isEventJson(column: string): boolean {
  return column.toLowerCase() === 'eventjson';
}
