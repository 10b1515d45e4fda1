import type { AdapterContext, FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';
import { objectOf } from '../../../fields/json.js';

/** The most hits that one search gives (`index.max_result_window`). */
const MOST = 10_000;
const TIMED_OUT = 'The search timed out, so events are missing: run it again.';
const SHARDS = 'Shards of the index failed, so events are missing: run the search again.';
const MORE = 'The search matched more events than the export lists: export all pages.';
const FULL =
  'It holds 10,000 hits, the most that one search gives: export all pages, or search shorter periods.';

/**
 * Elasticsearch, OpenSearch and Kibana: answers of a search (`hits.hits`), documents one a line as elasticdump and scroll scripts write
 * them (`_source`), and CSV of Discover with `event.original`, `message` or `_source`. Follows
 * https://www.elastic.co/guide/en/elasticsearch/reference/current/search-search.html and
 * https://www.elastic.co/guide/en/ecs/current/ecs-event.html
 * - The event is `event.original` of the Elastic Common Schema, else `message`, else the document itself if it was indexed as it was. Fields
 *   that were mapped from an event are not read.
 */
export const adapter = unwrapping({
  id: 'elasticsearch-export',
  title: 'Elasticsearch, OpenSearch or Kibana search results (JSON, NDJSON, CSV)',
  recognisedBy:
    '`hits` beside `took`, `timed_out` or `_shards`; `_source` beside `_index`; a column `event.original` or `_source`',
  proves: 'what the events of known logs prove that the search found',
  cannot: 'that what the search left out did not happen, and documents that keep mapped fields only',
  formats: ['json', 'ndjson', 'csv'],
  signature: ['took', 'timed_out', '_shards', 'hits', '_index', '_source', 'event.original'],
  items: ['$.hits.hits', '$', ''],
  places: [
    ['_source', 'event', 'original'],
    ['_source', 'event.original'],
    ['event.original'],
    ['_source', 'message'],
    ['message'],
    ['_source'],
  ],
  recognise: ({ kind, keys, header }: FileSample) => {
    const names = kind === 'csv' ? (header ?? []) : keys;
    const answer = ['took', 'timed_out', '_shards'].some((name) => names.includes(name));
    const columns = kind === 'csv' && (names.includes('event.original') || names.includes('_source'));
    const document = names.includes('_index') && names.includes('_source');
    return (names.includes('hits') && answer) || columns || document ? { version: null } : null;
  },
  page(page, context) {
    if (page['timed_out'] === true) context.truncated(TIMED_OUT);
    if ((objectOf(page['_shards'])['failed'] ?? 0) !== 0) context.truncated(SHARDS);
  },
  whole,
});

function whole(page: Record<string, unknown> | null, records: number, context: AdapterContext): void {
  const { total } = objectOf(page?.['hits']);
  const { value = total, relation } = objectOf(total);
  const matched = typeof value === 'number' ? value : null;
  if (matched !== null && (matched > records || (relation === 'gte' && matched === records)))
    context.truncated(MORE);
  else if (matched === null && records === MOST) context.truncated(FULL);
}
