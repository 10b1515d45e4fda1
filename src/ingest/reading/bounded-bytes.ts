import { BOUNDS, passed } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';

/** Bounds of the content of one file. */
export type ContentBounds = {
  /** Most bytes of content. */
  expandedBytes: number;
  /** Most bytes of content for one byte read, after the first `freeBytes`. */
  ratio: number;
  /** Bytes of content from which the ratio counts: a small file is harmless whatever it expands to. */
  freeBytes: number;
  /** Most time for the file, in milliseconds. */
  readingMs: number;
};

/** The bounds in force; tests give smaller ones. */
export const CONTENT_BOUNDS: ContentBounds = {
  expandedBytes: BOUNDS.expandedBytes.limit,
  ratio: BOUNDS.ratio.limit,
  freeBytes: BOUNDS.value.limit,
  readingMs: BOUNDS.readingMs.limit,
};

/**
 * Yields content as long as it stays within its bounds.
 * @param read bytes read so far of what the content is unpacked from
 * @throws UnreadableError with the sentence of the first bound that is passed
 */
export async function* boundedBytes(
  content: AsyncIterable<Buffer>,
  read: () => number,
  bounds: ContentBounds,
): AsyncGenerator<Buffer> {
  const end = performance.now() + bounds.readingMs;
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > bounds.expandedBytes) throw new UnreadableError(passed(BOUNDS.expandedBytes));
    if (bytes > bounds.freeBytes && bytes > bounds.ratio * read())
      throw new UnreadableError(passed(BOUNDS.ratio));
    if (performance.now() > end) throw new UnreadableError(passed(BOUNDS.readingMs));
    yield chunk;
  }
}
