import { isUtf8 } from 'node:buffer';

/** Text encodings that exports were seen in. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A file that began as UTF-8 and is none: all of it is to be read again as Windows-1252. */
export class NotUtf8Error extends Error {
  override name = 'NotUtf8Error';
}

/** Returns the encoding of a text, by its beginning. */
export function encodingOf(head: Buffer): Encoding {
  const utf8 = isUtf8(head.subarray(0, head.length - unfinished(head)));
  return utf16(head) ?? (utf8 ? 'utf-8' : 'windows-1252');
}

/** The text of a file that is to be UTF-8. */
export type WrittenText = {
  /** Its text without byte order marks, by the encoding that it most likely has. */
  text: string;
  /** What is wrong if it is not in UTF-8, as a sentence; null if it is. */
  fault: string | null;
};

/** Reads bytes that are to be UTF-8. */
export function writtenText(bytes: Buffer): WrittenText {
  const utf8 = utf16(bytes) === null && isUtf8(bytes);
  const encoding = utf8 ? 'utf-8' : (utf16(bytes) ?? 'windows-1252');
  const text = withoutMarks(new TextDecoder(encoding).decode(bytes));
  return { text, fault: utf8 ? null : faultOf(bytes, encoding) };
}

function faultOf(bytes: Buffer, encoding: Encoding): string {
  if (encoding !== 'windows-1252') return 'It is in UTF-16, and UTF-8 is expected; save it as UTF-8.';
  return `Line ${firstOtherLine(bytes)} is not in UTF-8, which is expected; save it as UTF-8.`;
}

function firstOtherLine(bytes: Buffer): number {
  const shown = bytes.toString('utf8');
  const same = Buffer.from(shown, 'utf8');
  const at = same.findIndex((byte, index) => byte !== bytes[index]);
  return same.subarray(0, at).toString('utf8').split('\n').length;
}

/** Returns text without byte order marks: files that were put together have them in the middle too. */
function withoutMarks(text: string): string {
  return text.replaceAll('\ufeff', '');
}

/**
 * Returns the text of bytes, chunk by chunk, without byte order marks.
 * @throws NotUtf8Error if it should be UTF-8 and is none
 */
export function decodedText(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  return encoding === 'utf-8' ? utf8Text(bytes) : otherText(bytes, encoding);
}

async function* utf8Text(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = bytes.length - unfinished(bytes);
    if (!isUtf8(bytes.subarray(0, end))) throw new NotUtf8Error();
    rest = Buffer.from(bytes.subarray(end));
    for (const piece of piecesOf(bytes.subarray(0, end))) yield withoutMarks(piece.toString('utf8'));
  }
  if (rest.length > 0) throw new NotUtf8Error();
}

/** Bytes decoded at a time: records that live longer than they need cost more than parsing them. */
const PIECE = 32 * 1024;

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; ) {
    const piece = bytes.subarray(from, from + PIECE);
    const end = from + piece.length === bytes.length ? piece.length : piece.length - unfinished(piece);
    yield piece.subarray(0, end);
    from += end;
  }
}

async function* otherText(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield withoutMarks(text);
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** Returns UTF-16 by its byte order mark or, without one, by every other byte of the beginning being zero. */
function utf16(text: Buffer): Encoding | null {
  const head = text.subarray(0, 64 * 1024);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length * 0.3 && even === 0) return 'utf-16le';
  if (even > head.length * 0.3 && odd === 0) return 'utf-16be';
  return null;
}

/** Returns the number of bytes at the end that begin a character without ending it. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
