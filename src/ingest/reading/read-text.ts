import { UnreadableError } from '../unreadable-error.js';
import type { ReadEvents } from './read-event.js';

/** Longest text read as a whole, in characters. */
const MAX_TEXT = 64 * 1024 * 1024;

/**
 * Returns a file in a language of its own (HCL, a policy) as one record `{text}`; its adapter parses it. The locator is
 * `/`.
 * @throws UnreadableError for too long a file
 */
export async function* readText(chunks: AsyncIterable<string>): ReadEvents {
  const text = await wholeText(chunks, 'text file', 'split it');
  yield [{ type: 'record', raw: { record: '/', list: '', value: { text } } }];
}

/**
 * Returns all of a text, for formats that cannot be streamed.
 * @param kind what it is called
 * @param advice what to do with one that is longer than 64 MB
 * @throws UnreadableError for too long a file
 */
export async function wholeText(
  chunks: AsyncIterable<string>,
  kind: string,
  advice: string,
): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_TEXT)
      throw new UnreadableError(`the ${kind} is larger than ${MAX_TEXT / 1_048_576} MB; ${advice}`);
    parts.push(chunk);
  }
  return parts.join('');
}
