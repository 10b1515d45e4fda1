import { statSync } from 'node:fs';
import { dirname, posix, resolve, sep } from 'node:path';
import type { SourceSpec } from '../model/index.js';
import type { FoundFile } from './found-file.js';
import { type PathTree, pathsNamed, pathTree } from './paths-named.js';

/** Returns the file that a path goes on inside of, absolute; null if none of its folders is a file. */
export function containerOf(path: string): string | null {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const stat = statOf(folder);
    if (stat !== undefined) return stat.isFile() ? folder : null;
  }
  return null;
}

/** A path below a file is an error of its own (ENOTDIR) to Node.js. */
function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Returns entries with those for several sheets of one workbook as entries for `register.xlsx/Keys`: one of them would win otherwise. */
export function bySheet(sources: readonly SourceSpec[]): SourceSpec[] {
  return sources.map((spec) => {
    const { sheet, ...rest } = spec;
    const others = sources.some((other) => other.path === spec.path && other.sheet !== sheet);
    return sheet === undefined || !others ? spec : { ...rest, path: `${spec.path}/${sheet}` };
  });
}

/** Suffixes of archives, which a folder that one is unpacked into does without. */
const SUFFIX = /\.(?:zip|tar|tgz|tar\.gz)$/i;

/** Returns a shown path of a file of an archive as it would be if the archive were unpacked into a folder of its name. */
export function unpackedPath(path: string): string {
  return path.replace(/\.(?:zip|tar|tgz|tar\.gz)\//i, '/');
}

/**
 * Returns the paths that a file of an archive has: inside the archive, and where it would be if the archive were unpacked
 * beside itself, into its folder or into one of its name.
 */
export function placesInArchive(archive: string, name: string): string[] {
  const path = archive.split(sep).join('/');
  return [`${path}/${name}`, `${path.replace(SUFFIX, '')}/${name}`, posix.join(posix.dirname(path), name)];
}

/** Files, each with the entry of keyproof.yaml that names it. */
export type Entered = {
  /** Files. */
  files: FoundFile[];
  /** Entries that name one of them by its place in an archive or workbook. */
  used: ReadonlySet<SourceSpec>;
};

/**
 * Gives each file of an archive and each sheet of a workbook the entry that names it. An entry that goes on inside of the
 * archive or workbook says most of it; of the others, and of one that names the archive, the first in keyproof.yaml counts.
 */
export function withInside(
  files: readonly FoundFile[],
  sources: readonly SourceSpec[],
  root: string,
): Entered {
  const places = files.map(placesOf);
  const tree = pathTree(places.flat());
  if (tree.files.size === 0) return { files: [...files], used: new Set() };
  const entries = sources.map((spec) => entryFor(spec, root, tree));
  const used = new Set<SourceSpec>();
  const entered = files.map((file, index) => {
    const naming = entries.filter(({ paths }) => (places[index] ?? []).some((path) => paths.has(path)));
    for (const { spec } of naming) used.add(spec);
    const first = naming.find(({ goesInside }) => goesInside) ?? naming[0];
    return first === undefined ? file : withEntry(file, first, sources);
  });
  return { files: entered, used };
}

/** An entry with the places that it names. */
type Entry = { spec: SourceSpec; goesInside: boolean; paths: ReadonlySet<string> };

function entryFor(spec: SourceSpec, root: string, tree: PathTree): Entry {
  const pattern = resolve(root, spec.path);
  const paths = new Set(pathsNamed(pattern, tree));
  return { spec, goesInside: containerOf(pattern) !== null, paths };
}

function withEntry(file: FoundFile, { spec, goesInside }: Entry, sources: readonly SourceSpec[]): FoundFile {
  const isEarlier = file.spec === null || sources.indexOf(spec) <= sources.indexOf(file.spec);
  return goesInside || isEarlier ? { ...file, spec, named: true } : file;
}

/** A workbook with one sheet keeps its path, and may be named with the sheet as well. */
function placesOf({ absolute, sheet, places = [] }: FoundFile): string[] {
  if (sheet === undefined) return [...places];
  const name = sheet.replace(/[/\\\p{Cc}]/gu, '_');
  const own = absolute.split(sep).join('/');
  return [...places, ...[own, ...places].map((path) => `${path}/${name}`)];
}
