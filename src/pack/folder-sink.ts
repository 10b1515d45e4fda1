import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Sink, Surroundings } from '../model/index.js';

/** Returns a sink that writes its files into a folder. */
export function folderSink(dir: string, surroundings: Surroundings): Sink {
  return {
    ...surroundings,
    write: async (file, content) => {
      const path = join(dir, file);
      if (typeof content === 'string' || content instanceof Uint8Array) await writeFile(path, content);
      else await writePieces(path, content);
    },
  };
}

/** Writes a text that comes in pieces into a file. */
export async function writePieces(
  path: string,
  content: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  await pipeline(Readable.from(joined(content)), createWriteStream(path));
}

const PIECE_CHARACTERS = 65_536;

/** Joins pieces of text into longer ones: writing every line separately would take longer than making it. */
async function* joined(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < PIECE_CHARACTERS) continue;
    yield waiting;
    waiting = '';
  }
  yield waiting;
}
