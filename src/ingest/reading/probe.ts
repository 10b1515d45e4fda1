import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { UnreadableError } from '../unreadable-error.js';
import { type ContentSource, type Encoding, readBytes } from './content.js';

/** Bytes of a file that recognition looks at. */
export const HEAD_BYTES = 64 * 1024;

/** What must be known of a file before its records can be read. */
export type Probe = {
  /** Where and how its bytes are read. */
  source: ContentSource;
  /** Encoding of its text. */
  encoding: Encoding;
  /** First 64 KB, gunzipped. */
  head: Buffer;
  /** Whether the file goes on after `head`. */
  more: boolean;
  /** Why it cannot be read to its end; null where it can. */
  problem: string | null;
};

/**
 * SHA-256 of the file as it lies on disk, lower-case hex.
 * @throws the file system's error where it cannot be read.
 */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return hash.digest('hex');
}

/** Reads a file once: compression, encoding of the whole of it, its head, and whether it can be read to its end. */
export async function probeFile(path: string): Promise<Probe> {
  const source = { path, gzip: await isGzip(path) };
  const heads: Buffer[] = [];
  const utf8 = utf8Check();
  let size = 0;
  let problem: string | null = null;
  try {
    for await (const chunk of readBytes(source)) {
      if (size < HEAD_BYTES) heads.push(chunk);
      size += chunk.length;
      utf8.add(chunk);
    }
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    problem = error.message;
  }
  const head = Buffer.concat(heads).subarray(0, HEAD_BYTES);
  const encoding = utf16(head) ?? (utf8.valid(problem !== null) ? 'utf-8' : 'windows-1252');
  return { source, encoding, head, more: size > head.length, problem };
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0);
    return bytesRead === 3 && buffer[0] === 0x1f && buffer[1] === 0x8b && buffer[2] === 0x08;
  } finally {
    await file.close();
  }
}

/** UTF-16 by its byte order mark or, without one, by every other byte of the head being zero. */
function utf16(head: Buffer): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length * 0.3 && even === 0) return 'utf-16le';
  if (even > head.length * 0.3 && odd === 0) return 'utf-16be';
  return null;
}

/** Whether a stream of chunks is valid UTF-8, characters split between chunks included. */
function utf8Check(): { add(chunk: Buffer): void; valid(cutOff: boolean): boolean } {
  let rest = Buffer.alloc(0);
  let valid = true;
  return {
    add(chunk) {
      if (!valid) return;
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const end = bytes.length - unfinished(bytes);
      valid = isUtf8(bytes.subarray(0, end));
      rest = Buffer.from(bytes.subarray(end));
    },
    valid: (cutOff) => valid && (cutOff || rest.length === 0),
  };
}

/** Number of bytes at the end that begin a character without ending it. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
