import { BOUNDS } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import { excessOf } from './json-bounds.js';
import type { ReadEvent, ReadEvents } from './read-event.js';
import { type RecordLists, recordLists, splitValue } from './record-lists.js';

const TIME = String.raw`\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})`;
const SOURCE = String.raw`[\w./-]+(?:\[\d+\])?:`;
/**
 * What collectors write before the JSON of a line: the time of CloudWatch Logs in S3, time and stream of a container, the head of syslog
 * (RFC 5424, RFC 3164, and rsyslog with its own time; CyberArk writes both without the name of a program), time and stream of
 * `aws logs tail`, the pod of `kubectl logs --prefix`.
 */
const STAMPS = [
  String.raw`${TIME}[ \t]+(?:std(?:out|err) [FP] )?`,
  String.raw`<\d{1,3}>1 \S+ \S+ \S+ \S+ \S+ (?:-|\[[^\]]*\]) \uFEFF?`,
  String.raw`(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8}|${TIME}) (?:\S+ )?${SOURCE} `,
  String.raw`<\d{1,3}>1 ${TIME} \S+ `,
  String.raw`${TIME} [\w./\[\]$-]+ `,
  String.raw`(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S+ `,
  String.raw`\[pod/[^\]]+\] `,
];
const STAMP = new RegExp(String.raw`^(?:${STAMPS.join('|')})(?=\{)`);

/** Returns a line without what a collector wrote before its JSON. */
export function withoutStamp(line: string): string {
  return line.startsWith('{') ? line : line.replace(STAMP, '');
}

const MAX_LINE = BOUNDS.value.limit;

/**
 * Records of a file with one JSON value a line; blank lines are passed over, a line that is not JSON is malformed and
 * the rest goes on. What a collector wrote before the JSON (time, syslog) is passed over. Locators are `line 7`, or `line 7 /Records/0` if a line is an envelope.
 * @throws UnreadableError for a line longer than `BOUNDS.value`
 */
export async function* readNdjson(chunks: AsyncIterable<string>, items: readonly string[]): ReadEvents {
  const lists = recordLists(items);
  let rest: string[] = [];
  let length = 0;
  let line = 0;
  for await (const chunk of chunks) {
    const lines = chunk.split('\n');
    const tail = lines.pop() ?? '';
    if (lines.length > 0) {
      lines[0] = rest.join('') + lines[0];
      const first = line + 1;
      const found: ReadEvent[] = [];
      for (const [index, text] of lines.entries()) found.push(...readLine(text, first + index, lists));
      yield found;
      line += lines.length;
      rest = [];
      length = 0;
    }
    rest.push(tail);
    length += tail.length;
    if (length > MAX_LINE) throw new UnreadableError(tooLong(line + 1));
  }
  yield readLine(rest.join(''), line + 1, lists);
}

function tooLong(line: number): string {
  return `line ${line} is longer than ${BOUNDS.value.shown}; export one record a line`;
}

function readLine(text: string, line: number, lists: RecordLists): ReadEvent[] {
  if (text.trim() === '') return [];
  const locate = (pointer: string): string => (pointer === '' ? `line ${line}` : `line ${line} ${pointer}`);
  const excess = excessOf(text);
  if (excess) return [{ type: 'malformed', record: `line ${line}`, reason: excess.sentence }];
  try {
    const value: unknown = JSON.parse(withoutStamp(text));
    return splitValue(lists, value, locate);
  } catch {
    return [
      {
        type: 'malformed',
        record: `line ${line}`,
        reason: 'the line is not valid JSON; expected one JSON object',
      },
    ];
  }
}
