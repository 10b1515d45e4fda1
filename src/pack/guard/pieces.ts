import { createReadStream } from 'node:fs';

/** Characters that a piece shares with the one before, so that no secret falls between two. */
const SHARED = 4096;

/** Yields the text of a file in pieces that overlap, each with the line it begins in. */
export async function* pieces(
  path: string,
  encoding: BufferEncoding,
): AsyncGenerator<{ text: string; line: number }> {
  let rest = '';
  let line = 1;
  for await (const chunk of createReadStream(path, { encoding, highWaterMark: 1 << 20 })) {
    const text = rest + String(chunk);
    yield { text, line };
    rest = text.slice(-SHARED);
    line += lineBreaks(text.slice(0, text.length - rest.length));
  }
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}
