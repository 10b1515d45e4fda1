import type { AdapterContext, FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';

/** The most messages that one request gives, and that one export of the page gives. */
const MOST = [10_000, 100_000];
/** Columns that Sumo Logic adds to a message; `_raw` alone is Splunk's as well. */
const OWN = ['_messagetime', '_messagetimems', '_messageid', '_receipttime', '_sourcecategory', '_collector'];

/**
 * Sumo Logic: messages of a search (`GET /search/jobs/{id}/messages`: `fields`, `messages` with `map`), and its CSV. Follows
 * https://www.sumologic.com/help/docs/api/search-job/
 * - Each `_raw` is read as the log that it is of. Fields that Sumo Logic extracted are not read.
 * - An answer does not tell how many messages there are (the state of the job does): 10,000, or 100,000 in an export, may be cut short.
 */
export const adapter = unwrapping({
  id: 'sumo-logic-search',
  title: 'Sumo Logic search results with `_raw` (JSON, CSV)',
  recognisedBy:
    '`messages` with `map` that has `_raw`; a column `_raw` beside `_messagetime`, `_messageid` or `_sourcecategory`',
  proves: 'what the events of known logs prove that the search found',
  cannot: 'that what the search left out did not happen, and messages past the page',
  formats: ['json', 'ndjson', 'csv'],
  signature: ['fields', 'messages', 'map', '_raw', ...OWN],
  items: ['$.messages', '$', ''],
  places: [['map', '_raw'], ['_raw']],
  recognise,
  whole,
});

/** Returns whether a table with these columns is of Sumo Logic and not of Splunk. */
export function isOfSumo(header: readonly string[]): boolean {
  const names = header.map((name) => name.toLowerCase());
  return names.includes('_raw') && OWN.some((name) => names.includes(name));
}

function recognise({ kind, keys, header, head }: FileSample): { version: string | null } | null {
  if (kind === 'csv') return isOfSumo(header ?? []) ? { version: 'CSV' } : null;
  const mapped = /"map"\s*:\s*\{[^{}]*"_raw"\s*:/.test(head) || /"map"\s*:\s*\{[^{}]*"_message/.test(head);
  return (keys.includes('messages') || keys.includes('map')) && mapped ? { version: null } : null;
}

function whole(_page: Record<string, unknown> | null, messages: number, context: AdapterContext): void {
  if (!MOST.includes(messages)) return;
  context.truncated(
    `It holds exactly ${messages} messages, the most that Sumo Logic gives at once: export the next ones as well.`,
  );
}
