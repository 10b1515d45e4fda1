import { BOUNDS, type Bound, passed } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import type { ReadEvents } from './read-event.js';

/**
 * Returns a file in a language of its own (HCL, a policy) as one record `{text}`; its adapter parses it. The locator is
 * `/`.
 * @throws UnreadableError for too long a file
 */
export async function* readText(chunks: AsyncIterable<string>): ReadEvents {
  const text = await wholeText(chunks, BOUNDS.wholeText);
  yield [{ type: 'record', raw: { record: '/', list: '', value: { text } } }];
}

/**
 * Returns all of a text, for formats that cannot be streamed.
 * @param bound the longest that is read, in characters
 * @throws UnreadableError for too long a file
 */
export async function wholeText(chunks: AsyncIterable<string>, bound: Bound): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > bound.limit) throw new UnreadableError(passed(bound));
    parts.push(chunk);
  }
  return parts.join('');
}
