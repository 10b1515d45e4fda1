import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SourceSpec } from '../model/index.js';
import type { FoundFile } from './found-file.js';

/** An entry of keyproof.yaml for one file of an archive, or one sheet of a workbook. */
export type InsideSource = {
  /** Path as the list of inputs shows it: `exports.zip/keys.csv`, `register.xlsx/Keys`. */
  path: string;
  /** Entry. */
  spec: SourceSpec;
};

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

/** Gives each file of an archive and each sheet of a workbook the entry that names it. */
export function withInside(files: readonly FoundFile[], inside: readonly InsideSource[]): FoundFile[] {
  return files.map((file) => {
    const entry = inside.find((source) => names(source, file));
    return entry === undefined ? file : { ...file, spec: entry.spec, named: true };
  });
}

/** Returns entries that name no file. */
export function unmatched(inside: readonly InsideSource[], files: readonly FoundFile[]): InsideSource[] {
  return inside.filter((source) => !files.some((file) => names(source, file)));
}

/** A workbook with one sheet keeps its path, and may be named with the sheet as well. */
function names({ path }: InsideSource, file: FoundFile): boolean {
  return path === file.path || (file.sheet !== undefined && path === `${file.path}/${file.sheet}`);
}
