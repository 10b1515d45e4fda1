import { type Entry, getFileNameLowLevel, openPromise } from 'yauzl';
import { nameProblem } from './member-name.js';
import type { MemberSink } from './member-sink.js';

const [STORED, DEFLATED] = [0, 8];
const ENCRYPTED = 'it is encrypted: unpack the archive and audit the files in it';
const OTHER_METHOD = 'it is compressed in a way that is not read: pack it as an ordinary zip (deflate)';
const DAMAGED = 'it is damaged in the archive: pack or export it again';

/**
 * Unpacks a zip archive, member by member.
 * @throws Error of yauzl if it is no zip archive that can be read
 */
export async function unpackZip(path: string, sink: MemberSink): Promise<void> {
  const zip = await openPromise(path, { decodeStrings: false, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      if (name.endsWith('/')) continue;
      const problem = problemOf(entry, name);
      if (problem !== null) sink.refuse(name, problem);
      else await unpackEntry(await zip.openReadStreamPromise(entry).catch(() => null), name, sink);
      if (sink.excess() !== null) return;
    }
  } finally {
    zip.close();
  }
}

/** The name as UTF-8 or code page 437, whichever the entry states. */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

function problemOf(entry: Entry, name: string): string | null {
  if (entry.isEncrypted()) return ENCRYPTED;
  const { compressionMethod } = entry;
  return (
    nameProblem(name) ??
    (compressionMethod === STORED || compressionMethod === DEFLATED ? null : OTHER_METHOD)
  );
}

async function unpackEntry(
  stream: AsyncIterable<Buffer> | null,
  name: string,
  sink: MemberSink,
): Promise<void> {
  if (stream === null) return sink.refuse(name, DAMAGED);
  const writer = sink.begin(name);
  try {
    for await (const part of stream) {
      writer.write(part);
      if (sink.excess() !== null) break;
    }
    writer.end();
  } catch {
    writer.end(DAMAGED);
  }
}
