import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AllowComment } from './allow-comments.js';
import { type Circumstance, circumstanceOf } from './detect/circumstance.js';
import { type Searched, search, settle, type TextFile } from './detect/detect-in-files.js';
import type { Shape } from './detect/detected.js';
import { searchAgain, type Version } from './detect/search-again.js';
import { keptOf } from './fingerprints.js';
import { blobContents } from './git/blobs.js';
import { keyStore } from './key-stores.js';
import { asUtf8 } from './text-encoding.js';

/** Files for one thread: of the working tree, or blobs of the history. */
export type ScanTask = {
  /** Folder of the working tree, or in which git is run. */
  folder: string;
  /** Whether `files` name blobs, and not files of the folder. */
  isBlobs: boolean;
  /** Files. */
  files: {
    /** Path in the repository. */
    path: string;
    /** Blob; the path again for a file of the folder. */
    id: string;
  }[];
  /** Key of the fingerprints. */
  key: string;
};

/** A secret at a place in a file, without its value. */
export type SecretPlace = {
  /** Rule. */
  rule: string;
  /** How sure its shape is. */
  shape: Shape;
  /** Line, counted from 1. */
  line: number;
  /** Column, counted from 1. */
  column: number;
  /** Keyed fingerprint. */
  fingerprint: string;
  /** SHA-256; null if the value could be guessed. */
  sha256: string | null;
  /** Why it is no leak; null if it is one. */
  circumstance: Circumstance | null;
};

/** What was found in one file. */
export type ScannedFile = {
  /** Blob, or path. */
  id: string;
  /** Bytes of it. */
  bytes: number;
  /** Whether it was read: `binary` has no text, `pointer` is one of Git LFS, `missing` is not there, `too-large` is over the limit. */
  state: 'scanned' | 'binary' | 'pointer' | 'missing' | 'too-large';
  /** Secrets. */
  found: SecretPlace[];
  /** Comments that allow findings. */
  allows: AllowComment[];
};

/** Larger files are not read, bytes. */
export const MOST_BYTES = 256 * 1024 * 1024;
/** Git takes a file for binary if there is a NUL this early; so does this. */
const SNIFFED = 8_000;

/** Looks for secrets in the files of a task. No value leaves this function. */
export async function scanFiles(task: ScanTask): Promise<ScannedFile[]> {
  const scanned: ScannedFile[] = [];
  const searched: { file: ScannedFile; path: string; searched: Searched }[] = [];
  const versions = new Map<string, Version>();
  for await (const { path, id, bytes, state } of contentsOf(task)) {
    const file: ScannedFile = { id, bytes: bytes?.length ?? 0, state, found: [], allows: [] };
    scanned.push(file);
    if (bytes === null) continue;
    const store = keyStore(path, bytes);
    if (store !== null) file.found.push(placeOf({ ...store, line: 1, column: 1 }, path, task.key));
    const text = asUtf8(bytes);
    if (text.subarray(0, SNIFFED).includes(0)) file.state = 'binary';
    else if (isPointer(bytes)) file.state = 'pointer';
    else searched.push({ file, path, searched: searchVersion({ path, bytes: text }, versions) });
  }
  const found = await settle(searched.map((each) => each.searched));
  searched.forEach(({ file, path, searched: { allows } }, index) => {
    file.allows = allows;
    file.found.push(...(found[index] ?? []).map((each) => placeOf(each, path, task.key)));
  });
  return scanned;
}

/** Returns whether a file is what Git LFS keeps in place of one. */
function isPointer(bytes: Buffer): boolean {
  return bytes.length <= LONGEST_POINTER && bytes.toString('latin1').startsWith(POINTER);
}

const POINTER = 'version https://git-lfs.github.com/spec/';
/** Git LFS takes no longer file for a pointer, bytes. */
const LONGEST_POINTER = 1024;

/** Looks into a file; of one that came before in another version, only into what differs from it. */
function searchVersion(file: TextFile, versions: Map<string, Version>): Searched {
  const before = versions.get(file.path);
  const searched = (before && searchAgain(file, before)) ?? search(file);
  versions.set(file.path, { bytes: file.bytes, searched });
  return searched;
}

type Content = { path: string; id: string; bytes: Buffer | null; state: ScannedFile['state'] };

async function* contentsOf({ folder, isBlobs, files }: ScanTask): AsyncGenerator<Content> {
  if (!isBlobs) {
    for (const file of files) yield { ...file, ...(await contentOf(join(folder, file.path))) };
    return;
  }
  const ids = files.map(({ id }) => id);
  let index = 0;
  for await (const bytes of blobContents(folder, ids)) {
    const file = files[index] ?? { path: '', id: '' };
    index += 1;
    yield { ...file, bytes, state: bytes === null ? 'missing' : 'scanned' };
  }
}

async function contentOf(absolute: string): Promise<Pick<Content, 'bytes' | 'state'>> {
  try {
    if ((await stat(absolute)).size > MOST_BYTES) return { bytes: null, state: 'too-large' };
    return { bytes: await readFile(absolute), state: 'scanned' };
  } catch {
    return { bytes: null, state: 'missing' };
  }
}

type Placed = Parameters<typeof circumstanceOf>[0] & { line: number; column: number };

function placeOf(found: Placed, path: string, key: string): SecretPlace {
  const { rule, shape, line, column, value } = found;
  return { rule, shape, line, column, ...keptOf(value, key), circumstance: circumstanceOf(found, path) };
}
