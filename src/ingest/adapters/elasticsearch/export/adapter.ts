import type { AdapterContext, FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';
import { objectOf, textOf } from '../../../fields/json.js';

/** Hits of a search, also if it was asked for them alone. */
const INNER_HITS = /"hits"\s*:\s*\{[^[\]]{0,400}"hits"\s*:\s*\[/;
/** The most hits that one search gives (`index.max_result_window`). */
const MOST = 10_000;
const TIMED_OUT = 'The search timed out, so events are missing: run it again.';
const SHARDS = 'Shards of the index failed, so events are missing: run the search again.';
const FAILED = 'A search of several failed, so events are missing: run it again.';
const MORE = 'The search matched more events than the export lists: export all pages.';
const FULL =
  'It holds 10,000 hits, the most that one search gives: export all pages, or search shorter periods.';

/**
 * Elasticsearch, OpenSearch and Kibana: answers of a search (`hits.hits`), documents one a line as elasticdump and scroll scripts write
 * them (`_source`), documents alone (also of Beats and Logstash), several searches (`responses`), answers of SQL, and CSV of Discover with
 * `event.original`, `message` or `_source`. Follows
 * https://www.elastic.co/guide/en/elasticsearch/reference/current/search-search.html and
 * https://www.elastic.co/guide/en/ecs/current/ecs-event.html
 * - The event is `event.original` of the Elastic Common Schema, else `message`, else the document itself if it was indexed as it was, or as
 *   the AWS integration maps an event of CloudTrail. Fields that were mapped from events of other logs are not read.
 */
export const adapter = unwrapping({
  id: 'elasticsearch-export',
  title: 'Elasticsearch, OpenSearch or Kibana search results (JSON, NDJSON, CSV)',
  recognisedBy:
    '`hits` beside `took`, `timed_out` or `_shards`; `_source` beside `_index`; `event.original` or `message` beside `@timestamp`, also as columns; a column `_source`',
  proves: 'what the events of known logs prove that the search found',
  cannot:
    'that what the search left out did not happen, and documents that keep mapped fields only, but for CloudTrail',
  formats: ['json', 'ndjson', 'csv'],
  signature: ['took', 'timed_out', '_shards', 'hits', '_index', '_source', 'event.original'],
  items: ['$.hits.hits', '$.responses.*.hits.hits', '$.rawResponse.hits.hits', '$.rows', '$', ''],
  places: [
    ['_source', 'event', 'original'],
    ['_source', 'event.original'],
    ['event.original'],
    ['event', 'original'],
    ['fields', 'event.original'],
    ['_source', 'message'],
    ['message'],
    ['_source'],
  ],
  recognise,
  page(page, context) {
    if (textOf(page['cursor']) !== null) context.truncated(MORE);
    for (const answer of answersIn(page)) {
      if (answer['timed_out'] === true) context.truncated(TIMED_OUT);
      if ((objectOf(answer['_shards'])['failed'] ?? 0) !== 0) context.truncated(SHARDS);
      if (answer['error'] !== undefined) context.truncated(FAILED);
    }
  },
  whole,
});

function recognise(sample: FileSample): { version: string | null } | null {
  const { kind, keys, header, head } = sample;
  const names = kind === 'csv' ? (header ?? []) : keys;
  const has = (name: string) => names.includes(name);
  const answer = has('took') || has('timed_out') || has('_shards');
  const answers =
    (has('hits') && (answer || INNER_HITS.test(head))) || (has('responses') && INNER_HITS.test(head));
  const shown = has('rawResponse') && INNER_HITS.test(head);
  const document = has('_index') && (has('_source') || has('fields'));
  if (answers || shown || document || holdsDocuments(sample, has)) return { version: null };
  return kind === 'json' && has('columns') && has('rows') && head.includes('"event.original"')
    ? { version: 'SQL' }
    : null;
}

/** Documents without what a search says of them: rows of Discover, what was taken out of `_source`, files of Beats and Logstash. */
function holdsDocuments({ kind, keys, partial }: FileSample, has: (name: string) => boolean): boolean {
  if (kind === 'csv') return has('event.original') || has('_source') || (has('@timestamp') && has('message'));
  const [first] = Array.isArray(partial) ? partial : [partial];
  const original = objectOf(objectOf(first)['event'])['original'] !== undefined || has('event.original');
  const collected = ['@version', 'ecs', '@metadata', 'agent'].some((name) => keys.includes(name));
  return has('@timestamp') && (original || (has('message') && collected));
}

/** Returns the answers of searches in a page: several of a multi-search, the one that Kibana shows, or the page. */
function answersIn(page: Record<string, unknown> | null): Record<string, unknown>[] {
  const { responses, rawResponse } = page ?? {};
  if (Array.isArray(responses)) return responses.map(objectOf);
  return [rawResponse === undefined ? (page ?? {}) : objectOf(rawResponse)];
}

function whole(page: Record<string, unknown> | null, records: number, context: AdapterContext): void {
  const totals = answersIn(page).map(totalOf);
  const stated = totals.flatMap(({ value }) => value ?? []);
  const matched = stated.length === 0 ? null : stated.reduce((sum, value) => sum + value, 0);
  const isMore = totals.some(({ atLeast }) => atLeast) && matched === records;
  if (matched !== null && (matched > records || isMore)) context.truncated(MORE);
  else if (matched === null && records === MOST) context.truncated(FULL);
}

/** Returns how many documents a search matched; null if it does not say. */
function totalOf(answer: Record<string, unknown>): { value: number | null; atLeast: boolean } {
  const { total } = objectOf(answer['hits']);
  const { value = total, relation } = objectOf(total);
  return { value: typeof value === 'number' ? value : null, atLeast: relation === 'gte' };
}
