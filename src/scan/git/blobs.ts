import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gitAnswer, gitOutput, gitRecords } from './git.js';
import { type GitRepository, pathspecOf } from './repository.js';

/** Where and when a blob first stood at a path. */
export type Place = {
  /** Path. */
  path: string;
  /** Commit that put it there; null if no commit has. */
  commit: string | null;
  /** Author date of that commit, epoch seconds; null without one. */
  at: number | null;
  /** Whether the copy lacks what was before that commit, so that it may have stood there before. */
  isEdge?: true;
};

/** Blobs by id, each with its places, the oldest first. */
export type Blobs = Map<string, Place[]>;

const NONE = /^0+$/;
const NEWLINE = 10;
const MODULE = '160000';
const HEADER = '\u0001';

/** Returns every blob of the history of all branches, tags and other refs, with the commit that first put it at each path. */
export async function historyBlobs(repository: GitRepository): Promise<Blobs> {
  const blobs: Blobs = new Map();
  const diff = ['--raw', '-z', '--no-abbrev', '--no-renames', '--root', '-c', '--diff-filter=d'];
  const order = ['--all', '--full-history', '--reverse', '--topo-order'];
  const args = ['log', ...order, `--format=${HEADER}%H %at`, ...diff, ...pathspecOf(repository)];
  const edges = await edgesOf(repository);
  let [commit, at] = ['', 0];
  let change: string | null = null;
  for await (const record of gitRecords(repository.folder, args)) {
    const text = record.replace(/^\n+/, '');
    if (change !== null) {
      const id = blobOf(change);
      if (id !== null)
        add(blobs, id, { path: record, commit, at, ...(edges.has(commit) && { isEdge: true }) });
      change = null;
    } else if (text.startsWith(HEADER)) [commit, at] = headerOf(text);
    else if (text.startsWith(':')) change = text;
  }
  return blobs;
}

/** Returns the commits of a shallow copy whose parents it lacks. */
async function edgesOf({ folder, isShallow }: GitRepository): Promise<Set<string>> {
  const file = isShallow ? await gitAnswer(folder, ['rev-parse', '--git-path', 'shallow']) : null;
  return new Set(file === null ? [] : readFileSync(resolve(folder, file), 'utf8').split('\n'));
}

function headerOf(text: string): [string, number] {
  const [commit = '', at = '0'] = text.slice(1).trim().split(' ');
  return [commit, Number(at)];
}

/** Returns the blob that a line of `--raw` ends with, also for a merge of several parents; null for a link or a module. */
function blobOf(change: string): string | null {
  const parents = change.length - change.replace(/^:+/, '').length;
  const fields = change.slice(parents).split(' ');
  const [mode, id] = [fields[parents] ?? '', fields[2 * parents + 1] ?? ''];
  return mode.startsWith('100') && !NONE.test(id) ? id : null;
}

function add(blobs: Blobs, id: string, place: Place): void {
  const places = blobs.get(id);
  if (!places) blobs.set(id, [place]);
  else if (!places.some(({ path }) => path === place.path)) places.push(place);
}

/** What is tracked. */
export type Tracked = {
  /** Blob of each file. */
  files: Map<string, string>;
  /** Paths of submodules. */
  submodules: string[];
};

/** Returns what is tracked: in the index, or in the commit that a bare repository points to. */
export async function trackedFiles(repository: GitRepository): Promise<Tracked> {
  const { folder, isBare, head } = repository;
  const files = new Map<string, string>();
  const submodules: string[] = [];
  if (isBare && head === null) return { files, submodules };
  const args = isBare ? ['ls-tree', '-r', '-z', 'HEAD'] : ['ls-files', '-s', '-z', ...pathspecOf(repository)];
  for await (const record of gitRecords(folder, args)) {
    // A path may have tabs too.
    const tab = record.indexOf('\t');
    const [facts, path] = [record.slice(0, tab), record.slice(tab + 1)];
    const [mode = '', second = '', third = ''] = facts.split(' ');
    if (mode.startsWith('100')) files.set(path, isBare ? third : second);
    if (mode === MODULE) submodules.push(path);
  }
  return { files, submodules };
}

/** Returns files of the working tree that differ from the index or are new, and not ignored; with those that are gone. */
export async function changedFiles(
  repository: GitRepository,
): Promise<{ changed: string[]; gone: string[] }> {
  const changed: string[] = [];
  const gone: string[] = [];
  for await (const record of gitRecords(repository.folder, [
    'status',
    '--porcelain=v1',
    '-z',
    '-uall',
    '--no-renames',
    ...pathspecOf(repository),
  ])) {
    const [state, path] = [record.slice(0, 2), record.slice(3)];
    if (state[1] === 'D') gone.push(path);
    else if (state[1] !== ' ' || state[0] === '?') changed.push(path);
  }
  return { changed, gone };
}

/** A blob that is there, with its size. */
export type Sized = {
  /** Id. */
  id: string;
  /** Bytes. */
  size: number;
};

/** Returns the blobs that the repository has, in the order in which it stores them, which is the fastest to read. */
export async function inStoredOrder(
  { folder }: GitRepository,
  wanted: ReadonlyMap<string, unknown>,
): Promise<Sized[]> {
  const args = [
    'cat-file',
    '--batch-all-objects',
    '--unordered',
    '--batch-check=%(objectname) %(objecttype) %(objectsize)',
  ];
  const found: Sized[] = [];
  const seen = new Set<string>();
  for await (const record of gitRecords(folder, args, NEWLINE)) {
    const [id = '', type, size] = record.split(' ');
    if (type !== 'blob' || !wanted.has(id) || seen.has(id)) continue;
    seen.add(id);
    found.push({ id, size: Number(size) });
  }
  return found;
}

/**
 * Returns blobs with their bytes, as git gives them; null for one that is missing.
 * @throws KeyproofError if git fails
 */
export async function* blobContents(folder: string, ids: readonly string[]): AsyncGenerator<Buffer | null> {
  let rest: Buffer = Buffer.alloc(0);
  let pieces: Buffer[] = [];
  let have = 0;
  let need = 0;
  for await (const piece of gitOutput(folder, ['cat-file', '--batch', '--buffer'], `${ids.join('\n')}\n`)) {
    pieces.push(piece);
    have += piece.length;
    if (have < need) continue;
    rest = pieces.length === 1 && rest.length === 0 ? piece : Buffer.concat([rest, ...pieces]);
    pieces = [];
    let start = 0;
    for (;;) {
      const next = blobAt(rest, start);
      if (next === null || next.end > rest.length) {
        need = (next?.end ?? start + 1) - start;
        break;
      }
      yield next.bytes;
      start = next.end;
    }
    rest = rest.subarray(start);
    have = rest.length;
  }
}

function blobAt(bytes: Buffer, start: number): { bytes: Buffer | null; end: number } | null {
  const line = bytes.indexOf(10, start);
  if (line === -1) return null;
  const [, type, size] = bytes.toString('latin1', start, line).split(' ');
  if (type === 'missing' || size === undefined) return { bytes: null, end: line + 1 };
  const from = line + 1;
  return { bytes: bytes.subarray(from, from + Number(size)), end: from + Number(size) + 1 };
}
