import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';

const STREAM = /\/FlateDecode[\s\S]{0,400}?>>\s*stream\r?\n/g;
const LARGEST = 64 * 1024 * 1024;

/**
 * Yields what a PDF holds compressed. The letters of a page are numbers of glyphs there, which say nothing without their font:
 * what a page shows comes from the core pack, which is searched itself.
 */
export async function* pdfStreams(path: string): AsyncGenerator<Buffer> {
  const file = await readFile(path);
  for (const match of file.toString('latin1').matchAll(STREAM)) {
    const content = inflated(file.subarray(match.index + match[0].length));
    if (content !== null) yield content;
  }
}

function inflated(bytes: Buffer): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: LARGEST });
  } catch {
    return null;
  }
}
