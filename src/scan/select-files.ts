import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../text/compare-text.js';
import {
  type Blobs,
  changedFiles,
  historyBlobs,
  inStoredOrder,
  type Place,
  trackedFiles,
} from './git/blobs.js';
import type { GitRepository } from './git/repository.js';
import { listFolder } from './list-folder.js';
import type { SizedFile } from './pool.js';
import { MOST_BYTES } from './scan-files.js';

/** What is to be scanned. */
export type Selection = {
  /** Files to be read from the folder. */
  files: SizedFile[];
  /** Blobs to be read from git. */
  blobs: SizedFile[];
  /** Places of each blob, and of each file of the folder under its path. */
  places: ReadonlyMap<string, readonly Place[]>;
  /** Blob, or for a file that differs from the index its path, that stands at each path now. */
  present: ReadonlyMap<string, string>;
  /** What is left out, with the reason. */
  unread: { path: string; reason: string }[];
  /** Tracked files. */
  tracked: string[];
  /** Paths of submodules: repositories of their own, of which nothing is read. */
  submodules: string[];
};

/** Selects the files of a folder that is no repository. */
export async function selectFolder(folder: string): Promise<Selection> {
  const paths = await listFolder(folder);
  return selectPaths(folder, paths, paths);
}

/** Selects the files of now: tracked, changed and new ones, but none that is ignored. */
export async function selectTree(repository: GitRepository): Promise<Selection> {
  const { files: tracked, submodules } = await trackedFiles(repository);
  const paths = [...tracked.keys()];
  if (repository.isBare)
    return { ...(await selectBlobs(repository, treeBlobs(tracked), tracked, [])), submodules };
  const { changed, gone } = await changedFiles(repository);
  for (const path of gone) tracked.delete(path);
  const now = [...new Set([...tracked.keys(), ...changed])].sort(compareText);
  const there = await selectPaths(repository.folder, now, paths);
  const absent = new Map([...tracked].filter(([path]) => !there.places.has(path)));
  return { ...(absent.size === 0 ? there : await withAbsent(there, repository, absent)), submodules };
}

/** Adds tracked files that are not checked out, as most are in a sparse checkout: git has them. */
async function withAbsent(
  there: Selection,
  repository: GitRepository,
  absent: ReadonlyMap<string, string>,
): Promise<Selection> {
  const { blobs, places, present, unread } = await selectBlobs(repository, treeBlobs(absent), absent, []);
  return {
    ...there,
    blobs,
    places: new Map([...there.places, ...places]),
    present: new Map([...there.present, ...present]),
    unread: [...there.unread, ...unread],
  };
}

/** Selects every version of every file in the history, and the files that differ from the index. */
export async function selectHistory(repository: GitRepository): Promise<Selection> {
  const blobs = await historyBlobs(repository);
  const { files: tracked, submodules } = await trackedFiles(repository);
  const isBare = repository.isBare;
  const { changed, gone } = isBare ? { changed: [], gone: [] } : await changedFiles(repository);
  for (const path of gone) tracked.delete(path);
  for (const [path, id] of tracked) if (!blobs.has(id)) blobs.set(id, [{ path, commit: null, at: null }]);
  return { ...(await selectBlobs(repository, blobs, tracked, changed)), submodules };
}

function treeBlobs(tracked: ReadonlyMap<string, string>): Blobs {
  const blobs: Blobs = new Map();
  for (const [path, id] of tracked)
    blobs.set(id, [...(blobs.get(id) ?? []), { path, commit: null, at: null }]);
  return blobs;
}

async function selectBlobs(
  repository: GitRepository,
  blobs: Blobs,
  tracked: ReadonlyMap<string, string>,
  changed: readonly string[],
): Promise<Selection> {
  const stored = await inStoredOrder(repository, blobs);
  const sized = stored.map(({ id, size }) => ({ id, size, path: blobs.get(id)?.[0]?.path ?? '' }));
  const small = sized.filter(({ size }) => size <= MOST_BYTES);
  const here = new Set(stored.map(({ id }) => id));
  const fromFolder = await selectPaths(repository.folder, changed, []);
  return {
    files: fromFolder.files,
    blobs: small,
    places: new Map([...blobs, ...fromFolder.places]),
    present: new Map([...tracked, ...fromFolder.present]),
    unread: [
      ...fromFolder.unread,
      ...sized.filter(({ size }) => size > MOST_BYTES).map(({ path }) => ({ path, reason: TOO_LARGE })),
      ...[...blobs]
        .filter(([id]) => !here.has(id))
        .map(([, [place]]) => ({ path: place?.path ?? '', reason: MISSING })),
    ],
    tracked: [...tracked.keys()],
    submodules: [],
  };
}

const TOO_LARGE = `larger than ${MOST_BYTES / 1024 / 1024} MiB`;
const MISSING =
  'not in this copy of the repository; fetch all of it (git fetch --unshallow, or clone without --filter)';

async function selectPaths(
  folder: string,
  paths: readonly string[],
  tracked: readonly string[],
): Promise<Selection> {
  const files: SizedFile[] = [];
  for (const path of paths) {
    const size = await stat(join(folder, path)).then(
      (info) => (info.isFile() ? info.size : null),
      () => null,
    );
    if (size !== null) files.push({ path, id: path, size });
  }
  const places = files.map(({ path }): [string, Place[]] => [path, [{ path, commit: null, at: null }]]);
  const present = new Map(files.map(({ path }) => [path, path]));
  return {
    files,
    blobs: [],
    places: new Map(places),
    present,
    unread: [],
    tracked: [...tracked],
    submodules: [],
  };
}
