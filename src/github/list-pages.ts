import { UnexpectedAnswer } from './unexpected-answer.js';

/**
 * Yields the items of each page of a list.
 * @throws UnexpectedAnswer if a page is no list: it would be one without items otherwise.
 */
export async function* listPages<T>(
  pages: AsyncIterable<{ status: number; data: T[] }>,
): AsyncGenerator<T[]> {
  for await (const { status, data } of pages) {
    if (!Array.isArray(data))
      throw new UnexpectedAnswer(status, `it answered with something else than a list (${status})`);
    yield data;
  }
}
