import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { boundedBytes, CONTENT_BOUNDS, type ContentBounds } from '../reading/bounded-bytes.js';
import { UnreadableError } from '../unreadable-error.js';

/** The parts of a workbook, which is a zip archive of XML files. */
export type WorkbookParts = {
  /** Whether there is a part of this name. */
  has(name: string): boolean;
  /** Its bytes. @throws UnreadableError if it cannot be read, or passes a bound */
  bytes(name: string): AsyncGenerator<Buffer>;
  /** Closes the file. */
  close(): void;
};

const DAMAGED = 'the workbook is damaged or was cut off: copy it again';
/** Parts of a workbook beyond this number are not looked at: a sheet has three at most. */
const MOST_PARTS = 10_000;

/**
 * Opens a workbook.
 * @throws UnreadableError if it is no zip archive that can be read
 */
export async function openParts(
  path: string,
  bounds: ContentBounds = CONTENT_BOUNDS,
): Promise<WorkbookParts> {
  const zip = await openPromise(path, { autoClose: false }).catch((cause: unknown) => {
    throw new UnreadableError(DAMAGED, { cause });
  });
  const entries = await entriesOf(zip).catch((cause: unknown) => {
    zip.close();
    throw new UnreadableError(DAMAGED, { cause });
  });
  return {
    has: (name) => entries.has(name.toLowerCase()),
    bytes: (name) => bytesOf(zip, entries.get(name.toLowerCase()), bounds),
    close: () => zip.close(),
  };
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= MOST_PARTS) break;
    const name = entry.fileName.replace(/^\//, '').toLowerCase();
    if (!entries.has(name)) entries.set(name, entry);
  }
  return entries;
}

async function* bytesOf(
  zip: ZipFile,
  entry: Entry | undefined,
  bounds: ContentBounds,
): AsyncGenerator<Buffer> {
  if (entry === undefined || entry.isEncrypted()) throw new UnreadableError(DAMAGED);
  try {
    const stream = await zip.openReadStreamPromise(entry);
    yield* boundedBytes(stream, () => entry.compressedSize, bounds);
  } catch (cause) {
    throw cause instanceof UnreadableError ? cause : new UnreadableError(DAMAGED, { cause });
  }
}
