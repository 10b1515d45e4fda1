import type { AdapterContext, FileSample } from '../../../adapter.js';
import { type EventPart, unwrapping } from '../../../envelopes/unwrapping.js';

/** Numbers of lines at which Loki and its clients stop: the API, Grafana, the most that a server gives as it is set up. */
const LIMITS = [100, 1000, 5000];
const STREAMS = /"stream"\s*:\s*\{[^{}]*\}\s*,\s*"values"\s*:|"values"\s*:\s*\[\s*\[\s*"\d{19}"/;
const NO_LINES = 'expected a list of [time, line]';

/**
 * Grafana Loki: answers of a query (`data.result` of `resultType` streams; `streams` of tail and push), and lines of `logcli query --output=jsonl`. Follows
 * https://grafana.com/docs/loki/latest/reference/loki-http-api/ and https://grafana.com/docs/loki/latest/query/logcli/
 * - Each line is read as the log that it is of. The time that Loki keeps beside a line is not read: it is when the line was taken in, or what a
 *   collector made of it.
 * - Loki states how many lines it gave and not how many there are: an answer of exactly 100, 1000 or 5000 lines may be cut short.
 * - An answer with numbers (`matrix`, `vector`) holds no lines.
 */
export const adapter = unwrapping({
  id: 'grafana-loki',
  title: 'Grafana Loki query results (JSON, NDJSON of logcli)',
  recognisedBy:
    '`data` with `resultType` streams, `streams` with `stream` and `values`, or `line` beside `labels` and `timestamp`',
  proves: 'what the events of known logs prove that the query found',
  cannot:
    'that what the query left out did not happen, lines past its limit, and lines that a pipeline rewrote',
  formats: ['json', 'ndjson'],
  signature: ['status', 'data', 'resultType', 'stream', 'values', 'labels', 'line', 'timestamp'],
  items: ['$.data.result', '$.streams', '$', ''],
  places: [['line']],
  recognise: ({ keys, head }: FileSample) => {
    const has = (...names: string[]) => names.every((name) => keys.includes(name));
    const isAnswer = has('data') && /"resultType"\s*:\s*"streams"/.test(head);
    if (isAnswer || (has('streams') && STREAMS.test(head))) return { version: null };
    return has('labels', 'line', 'timestamp') ? { version: 'logcli' } : null;
  },
  parts,
  whole,
});

/** A stream holds its lines in `values`; a line of logcli is one. */
function parts(record: Record<string, unknown>): EventPart[] {
  if (Object.hasOwn(record, 'line')) return [{ at: [], holder: record }];
  const { values } = record;
  if (!Array.isArray(values)) return [{ at: ['values'], holder: NO_LINES }];
  return values.map((pair: unknown, index) => ({ at: ['values', String(index)], holder: lineOf(pair) }));
}

function lineOf(pair: unknown): EventPart['holder'] {
  const line: unknown = Array.isArray(pair) ? pair[1] : undefined;
  return typeof line === 'string' ? { line } : NO_LINES;
}

function whole(_page: Record<string, unknown> | null, lines: number, context: AdapterContext): void {
  if (!LIMITS.includes(lines)) return;
  context.truncated(
    `It holds exactly ${lines} lines, a limit of Loki: more may match. Query shorter periods, or raise the limit.`,
  );
}
