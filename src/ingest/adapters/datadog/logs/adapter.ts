import type { AdapterContext, FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';
import { objectOf, textOf } from '../../../fields/json.js';

const MORE = 'Datadog names a next page: the query matched more events than it lists. Export all pages.';
const TIMED_OUT = 'The query timed out, so events are missing: run it again.';
const OF_ARCHIVE = ['_id', 'date', 'service', 'source', 'attributes'];

/**
 * Datadog logs: answers of a search (`data`, `meta`), and events of an archive, one a line. Follows
 * https://docs.datadoghq.com/api/latest/logs/#search-logs and https://docs.datadoghq.com/logs/log_configuration/archives/#format-of-the-archives
 * - An event that was JSON stands in `attributes`, as pipelines left it; one that was text in `message`. It is read as the log that it is of.
 * - `meta.page.after` or `links.next` names a next page, `meta.status` timeout a search that did not end. A file of an archive is one of many.
 */
export const adapter = unwrapping({
  id: 'datadog-logs',
  title: 'Datadog logs (JSON of a search, NDJSON of an archive)',
  recognisedBy:
    '`data` of `type` log with `attributes`; `_id`, `date`, `service` and `source` beside `attributes`',
  proves: 'what the events of known logs prove that the search found or the archive holds',
  cannot:
    'that what the query, a filter or another file of the archive left out did not happen, and what a pipeline rewrote',
  formats: ['json', 'ndjson'],
  signature: ['data', 'meta', 'links', 'attributes', '_id', 'date', 'service', 'source', 'status'],
  items: ['$.data', '$', ''],
  places: [['attributes', 'attributes'], ['attributes', 'message'], ['attributes'], ['message']],
  recognise: ({ keys, head }: FileSample) => {
    const isLog = /"type"\s*:\s*"log"/.test(head) && /"attributes"\s*:/.test(head);
    const isAnswer = keys.includes('data') && isLog && /"(?:timestamp|service)"\s*:/.test(head);
    if (isAnswer || (isLog && keys.includes('attributes') && keys.includes('id'))) return { version: null };
    return OF_ARCHIVE.every((name) => keys.includes(name)) ? { version: 'archive' } : null;
  },
  page,
});

function page({ meta, links }: Record<string, unknown>, context: AdapterContext): void {
  const { page: stated, status } = objectOf(meta);
  const next = textOf(objectOf(stated)['after']) ?? textOf(objectOf(links)['next']);
  if (next !== null) context.truncated(MORE);
  if (status === 'timeout') context.truncated(TIMED_OUT);
}
