import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { decodedText, type Encoding, encodingOf } from '../../text/encoding.js';
import { UnreadableError } from '../unreadable-error.js';
import type { SheetNotes } from '../workbooks/sheet-notes.js';
import { boundedBytes, CONTENT_BOUNDS } from './bounded-bytes.js';

/** Bytes of a file that recognition looks at. */
const HEAD_BYTES = 64 * 1024;
const CHUNK_BYTES = 256 * 1024;
const FIRST_BYTES = HEAD_BYTES + 1;

/** A file that is read once, from its first byte to its last: its text, and the hash of its bytes on the way. */
export type Input = {
  /** Encoding of its text, as far as its beginning tells. */
  encoding: Encoding;
  /** Whether the file is gzipped. */
  gzipped: boolean;
  /** First 64 KB, gunzipped. */
  head: Buffer;
  /** Whether the file goes on after `head`. */
  more: boolean;
  /**
   * Its text, chunk by chunk, without a byte order mark; given once.
   * @throws UnreadableError if it cannot be read to its end; the chunks before were given
   * @throws NotUtf8Error if a file that began as UTF-8 is none
   */
  text(): AsyncGenerator<string>;
  /** Reads what is left. @returns why the file cannot be read to its end; null if it can. */
  finish(): Promise<string | null>;
  /** Reads what is left. @returns the SHA-256 of the file as it lies on disk, lower-case hex. */
  sha256(): Promise<string>;
  /** What there is to say about the sheet of a workbook, once it was read; null if the file is no workbook. */
  sheet: Pick<SheetNotes, 'decisions' | 'warnings'> | null;
};

/**
 * Opens a file and reads its beginning.
 * @param encoding how to read its text, if that is known
 * @throws the file system's error if it cannot be read
 */
export async function openInput(path: string, encoding?: Encoding, bounds = CONTENT_BOUNDS): Promise<Input> {
  const bytes = hashedBytes(path);
  const { gzipped, chunks } = await contentOf(bytes.chunks);
  const content = boundedBytes(chunks, bytes.read, bounds);
  return inputOf(content, { encoding, gzipped, sha256: bytes.digest, sheet: null });
}

/**
 * Returns the input of a content, whose beginning is read at once.
 * @param origin what is known about it; without an encoding, its beginning tells
 */
export async function inputOf(
  content: AsyncGenerator<Buffer>,
  origin: Pick<Input, 'gzipped' | 'sha256' | 'sheet'> & { encoding: Encoding | undefined },
): Promise<Input> {
  const head = await readHead(content);
  const found = origin.encoding ?? encodingOf(head.bytes);
  return {
    encoding: found,
    gzipped: origin.gzipped,
    sheet: origin.sheet,
    head: head.bytes.subarray(0, HEAD_BYTES),
    more: !head.whole,
    text: () => decodedText(after(head, content), found),
    finish: () => problemOf(head, content),
    async sha256() {
      await problemOf(head, content);
      return origin.sha256();
    },
  };
}

/** Returns the SHA-256 of a file, lower-case hex. */
export async function hashFile(path: string): Promise<string> {
  const { chunks, digest } = hashedBytes(path);
  for await (const _ of chunks);
  return digest();
}

type HashedBytes = {
  /** The bytes, read once. */
  chunks: AsyncGenerator<Buffer>;
  /** Number of bytes read so far. */
  read(): number;
  /** SHA-256 of the file, lower-case hex. */
  digest(): Promise<string>;
};

/**
 * Returns the bytes of a file as it lies on disk, and their hash; whoever left some unread pays for a second reading.
 */
function hashedBytes(path: string): HashedBytes {
  const hash = createHash('sha256');
  let bytes = 0;
  let whole = false;
  async function* read(): AsyncGenerator<Buffer> {
    for await (const chunk of chunksOf(path)) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    whole = true;
  }
  return {
    chunks: read(),
    read: () => bytes,
    digest: async () => (whole ? hash.digest('hex') : hashFile(path)),
  };
}

/** Reads a file piece by piece, the first as long as recognition needs: of most small files it is all. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    for (let length = FIRST_BYTES; ; length = CHUNK_BYTES) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Returns the content of a file, gunzipped if it begins as gzip does. */
async function contentOf(
  bytes: AsyncGenerator<Buffer>,
): Promise<{ gzipped: boolean; chunks: AsyncGenerator<Buffer> }> {
  const first = await bytes.next();
  if (first.done) return { gzipped: false, chunks: bytes };
  const all = joined([first.value], bytes);
  const gzipped = first.value.subarray(0, 3).equals(GZIP);
  return { gzipped, chunks: gzipped ? gunzipped(all) : all };
}

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

async function* gunzipped(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  pipeline(Readable.from(bytes), gunzip, () => undefined);
  for await (const chunk of gunzip) yield chunk;
}

type Head = { bytes: Buffer; whole: boolean; error: unknown };

/** Returns enough of the content to know whether it goes on after the head; an error is kept until that is passed. */
async function readHead(content: AsyncGenerator<Buffer>): Promise<Head> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    while (size <= HEAD_BYTES) {
      const { done, value } = await content.next();
      if (done) return { bytes: Buffer.concat(chunks), whole: true, error: null };
      chunks.push(value);
      size += value.length;
    }
  } catch (error) {
    return { bytes: Buffer.concat(chunks), whole: size <= HEAD_BYTES, error };
  }
  return { bytes: Buffer.concat(chunks), whole: false, error: null };
}

/** Yields the content after the head. @throws UnreadableError if the content breaks off */
async function* after({ bytes, error }: Head, content: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield bytes;
    if (error !== null) throw error;
    yield* content;
  } catch (cause) {
    throw new UnreadableError(sentence(cause), { cause });
  }
}

async function problemOf(head: Head, content: AsyncGenerator<Buffer>): Promise<string | null> {
  try {
    for await (const _ of after(head, content));
    return null;
  } catch (error) {
    if (error instanceof UnreadableError) return error.message;
    throw error;
  }
}

async function* joined(first: readonly Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield* first;
  yield* rest;
}

function sentence(error: unknown): string {
  if (error instanceof UnreadableError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR')
    return 'the gzip data ends early: the file was cut off; copy or export it again';
  if (code.startsWith('Z_')) return 'the gzip data is damaged; copy or export the file again';
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read: permission denied';
  return `the file cannot be read${code ? ` (${code})` : ''}`;
}
