import type { Dirent } from 'node:fs';
import { sep } from 'node:path';
import { dirname } from 'node:path/posix';
import fastGlob from 'fast-glob';

/** Paths that are on no disk, such as those of files in an archive, by folder. */
export type PathTree = {
  /** Absolute paths of the files. */
  files: ReadonlySet<string>;
  /** What is in each folder: names, and whether they are files. */
  folders: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
};

/** Returns paths with the folders that they lie in. */
export function pathTree(paths: readonly string[]): PathTree {
  const folders = new Map<string, Map<string, boolean>>();
  for (const path of paths) enter(path, true, folders);
  return { files: new Set(paths), folders };
}

function enter(path: string, isFile: boolean, folders: Map<string, Map<string, boolean>>): void {
  const folder = dirname(path);
  if (folder === path) return;
  const known = folders.get(folder);
  if (known === undefined) enter(folder, false, folders);
  const names = known ?? new Map<string, boolean>();
  names.set(path.slice(folder === '/' ? 1 : folder.length + 1), isFile);
  folders.set(folder, names);
}

/**
 * Returns the paths that a pattern names: a file, a folder with everything below, or a glob, as for files on a disk.
 * @param options.dot whether `*` also stands for names that begin with a dot
 */
export function pathsNamed(pattern: string, tree: PathTree, { dot = false } = {}): string[] {
  const place = pattern.split(sep).join('/').replace(/\/$/, '');
  if (tree.files.has(place)) return [place];
  if (tree.folders.has(place)) return [...tree.files].filter((path) => path.startsWith(`${place}/`));
  const fs = fileSystem(tree) as unknown as fastGlob.FileSystemAdapter;
  const options = { absolute: true, onlyFiles: true, suppressErrors: true, followSymbolicLinks: false };
  return fastGlob.sync([place, `${place}/**`].slice(0, dot ? 2 : 1), { ...options, dot, fs });
}

/** What the library asks of a disk. */
function fileSystem({ files, folders }: PathTree) {
  const stat = (path: string): Partial<Dirent> => {
    if (!files.has(path) && !folders.has(path)) throw new Error(`${path}: no such path`);
    return entry(path, files.has(path));
  };
  const readdirSync = (path: string): Partial<Dirent>[] =>
    [...(folders.get(path) ?? [])].map(([name, isFile]) => entry(name, isFile));
  return { lstatSync: stat, statSync: stat, readdirSync };
}

function entry(name: string, isFile: boolean): Partial<Dirent> {
  return { name, isFile: () => isFile, isDirectory: () => !isFile, isSymbolicLink: () => false };
}
