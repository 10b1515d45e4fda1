import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { nameProblem } from './member-name.js';
import type { MemberSink, MemberWriter } from './member-sink.js';

const FILES = ['File', 'OldFile', 'ContiguousFile'];
const FOLDERS = ['Directory', 'GNUDumpDir'];
const CUT_OFF = 'the archive breaks off inside it: copy the archive again';
const NO_FILE = 'it is a link or a device, which is not followed: pack the file itself';

/**
 * Unpacks a tar archive, member by member, as its bytes come.
 * @throws Error if it is damaged or breaks off; the members before stand
 */
export async function unpackTar(path: string, isGzip: boolean, sink: MemberSink): Promise<void> {
  const open = new Set<MemberWriter>();
  const errors: Error[] = [];
  const parser = new Parser({ strict: true, onReadEntry: (entry) => unpackEntry(entry, sink, open) });
  parser.on('error', (error: Error) => errors.push(error));
  try {
    for await (const chunk of bytesOf(path, isGzip)) {
      if (errors.length > 0 || sink.excess() !== null) break;
      parser.write(chunk);
    }
    if (sink.excess() === null) parser.end();
    if (errors.length > 0) throw errors[0];
  } finally {
    for (const writer of open) writer.end(CUT_OFF);
  }
}

function bytesOf(path: string, isGzip: boolean): AsyncIterable<Buffer> {
  const bytes = createReadStream(path);
  return isGzip ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
}

function unpackEntry(entry: ReadEntry, sink: MemberSink, open: Set<MemberWriter>): void {
  const name = entry.path.replace(/^(\.\/)+/, '');
  const isFolder = FOLDERS.includes(entry.type);
  const problem = FILES.includes(entry.type) ? nameProblem(name) : NO_FILE;
  if (!isFolder && problem !== null) sink.refuse(name, problem);
  if (isFolder || problem !== null) return void entry.resume();
  const writer = sink.begin(name);
  open.add(writer);
  let missing = entry.size;
  entry.on('data', (part: Buffer) => {
    missing -= part.length;
    writer.write(part);
  });
  entry.on('end', () => {
    open.delete(writer);
    writer.end(missing === 0 ? undefined : CUT_OFF);
  });
}
