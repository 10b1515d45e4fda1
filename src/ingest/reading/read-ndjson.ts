import { BOUNDS } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import { excessOf } from './json-bounds.js';
import type { ReadEvent, ReadEvents } from './read-event.js';
import { type RecordLists, recordLists, splitValue } from './record-lists.js';

/** The time that an export of CloudWatch Logs to S3 writes before each message. */
const STAMP = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z[ \t]+(?=\{)/;

/** Returns a line without the time that CloudWatch Logs wrote before its JSON. */
export function withoutStamp(line: string): string {
  return line.replace(STAMP, '');
}

const MAX_LINE = BOUNDS.value.limit;

/**
 * Records of a file with one JSON value a line; blank lines are passed over, a line that is not JSON is malformed and
 * the rest goes on. A time of CloudWatch Logs before the JSON is passed over. Locators are `line 7`, or `line 7 /Records/0` if a line is an envelope.
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
