import type { FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { isOfSumo } from '../../sumo-logic/search/adapter.js';

/** `maxresultrows` as Splunk sets it. */
const MOST = 50_000;
const PREVIEW = 'preview: the search had not ended';
const FAILED = 'The search reports an error, so events may be missing: run it again.';
const FULL =
  'It holds 50,000 rows, the most that Splunk gives of one search by default: export shorter periods, or with search/jobs/export.';

/**
 * Splunk: results of a search with `_raw`, the event as it was collected: JSON of `search/jobs/export` and of Export Results (a
 * `result` a line), of `search/jobs/<id>/results` (`results`, and `rows` of json_rows), CSV, and events as its HTTP Event Collector takes them
 * (`event`). Follows https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch and
 * https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector
 * - Each event is read as the log that it is of, also behind a date and host that syslog put before it. Fields that Splunk extracted
 *   are not read. A row of a preview is left out.
 */
export const adapter = unwrapping({
  id: 'splunk-export',
  title: 'Splunk search results with `_raw` (JSON, NDJSON, CSV)',
  recognisedBy:
    '`_raw` in `result` beside `preview` or `offset`, in `results` or `rows`, or as a column; `event` beside `time` and `sourcetype`',
  proves: 'what the events of known logs prove that the search found',
  cannot:
    'that what the search left out did not happen, events without `_raw`, and those that Splunk cut off',
  formats: ['json', 'ndjson', 'csv'],
  signature: ['preview', 'offset', 'lastrow', 'result', 'results', '_raw', '_time', 'sourcetype'],
  items: ['$.results', '$.rows', '$', ''],
  places: [['result', '_raw'], ['_raw'], ['event']],
  recognise,
  leaveOut: ({ preview, lastrow, result }) => {
    if (preview === true) return PREVIEW;
    return lastrow === true && result === undefined ? 'end of the results' : null;
  },
  page({ messages }, context) {
    const types = Array.isArray(messages) ? messages.map((message) => textOf(objectOf(message)['type'])) : [];
    if (types.some((type) => type === 'ERROR' || type === 'FATAL')) context.truncated(FAILED);
  },
  whole(_page, records, context) {
    if (records === MOST) context.truncated(FULL);
  },
});

function recognise({ kind, keys, header, head }: FileSample): { version: string | null } | null {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  if (kind === 'csv') return header?.includes('_raw') && !isOfSumo(header) ? { version: null } : null;
  const answers = has('preview') || has('offset') || has('lastrow');
  if (answers && (has('result') || has('results')) && /"_raw"\s*:/.test(head)) return { version: null };
  if (answers && has('fields', 'rows') && head.includes('"_raw"')) return { version: 'json_rows' };
  const collected = has('time', 'event', 'sourcetype') || has('time', 'event', 'host', 'source');
  const bare = has('_raw') && (has('_time') || has('sourcetype'));
  return bare || collected ? { version: collected ? 'HEC' : null } : null;
}
