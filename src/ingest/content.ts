import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { UnreadableError } from './unreadable-error.js';

/** Text encodings that exports were seen in. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How a file has to be read. */
export type ContentSource = {
  /** Absolute path. */
  path: string;
  /** Whether it is gzip-compressed. */
  gzip: boolean;
};

/**
 * Bytes of a file, gunzipped where it is compressed, chunk by chunk.
 * @throws UnreadableError where the file cannot be opened or the compressed data is broken; chunks before it were given.
 */
export async function* readBytes({ path, gzip }: ContentSource): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const stream = gzip ? file.pipe(createGunzip({ chunkSize: 256 * 1024 })) : file;
  if (gzip) file.on('error', (error) => stream.destroy(error));
  try {
    for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
  } catch (error) {
    throw new UnreadableError(sentence(error, gzip), { cause: error });
  } finally {
    file.destroy();
  }
}

/**
 * Text of a file, chunk by chunk, without byte order marks: files put together have them in the middle too.
 * @throws UnreadableError as `readBytes`.
 */
export async function* readText(source: ContentSource, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of readBytes(source)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text.replaceAll('\ufeff', '');
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

function sentence(error: unknown, gzip: boolean): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (gzip && code === 'Z_BUF_ERROR')
    return 'the gzip data ends early: the file was cut off; copy or export it again';
  if (gzip && code.startsWith('Z_')) return 'the gzip data is damaged; copy or export the file again';
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read: permission denied';
  return `the file cannot be read${code ? ` (${code})` : ''}`;
}
