import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file that was written. */
export type WrittenExport = {
  /** Number of items. */
  records: number;
  /** SHA-256 of the file, lower-case hex. */
  sha256: string;
};

/**
 * Writes items, page by page, as a JSON array with one item a line. A page that cannot be had leaves no file.
 * @throws what getting a page throws
 */
export async function writeExport(path: string, pages: AsyncIterable<unknown[]>): Promise<WrittenExport> {
  const hash = createHash('sha256');
  let records = 0;
  async function* text(): AsyncGenerator<string> {
    yield '[';
    for await (const page of pages) {
      for (const item of page) {
        yield `${records === 0 ? '' : ','}\n${JSON.stringify(item)}`;
        records += 1;
      }
    }
    yield '\n]\n';
  }
  async function* hashed(): AsyncGenerator<string> {
    for await (const piece of text()) {
      hash.update(piece);
      yield piece;
    }
  }
  try {
    await pipeline(Readable.from(hashed()), createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { records, sha256: hash.digest('hex') };
}
