import type { InputFile } from '../../model/index.js';
import { byText } from '../../text/compare-text.js';

/** An input file that differs from what the pack states. */
export type EvidenceDifference = {
  /** Path in the pack; for an added file its path now. */
  path: string;
  /** `changed`: other content. `missing`: no file now. `added`: not in the pack. `renamed`: only the path differs. */
  kind: 'changed' | 'missing' | 'added' | 'renamed';
  /** SHA-256 in the pack; null if the file was missing or unreadable. */
  was: string | null;
  /** SHA-256 now; null if the file is missing or unreadable. */
  is: string | null;
  /** Path now, for a renamed file. */
  now?: string;
};

/** Returns how the files that were read differ from those of the pack. Files that were not recognised do not count. */
export function compareEvidence(pack: readonly InputFile[], now: readonly InputFile[]): EvidenceDifference[] {
  const before = byPath(pack);
  const after = byPath(now);
  const gone = [...before.values()].filter(({ path }) => !after.has(path));
  const come = [...after.values()].filter(({ path }) => !before.has(path));
  const renamed = gone.flatMap((file) => renamedTo(file, come));
  const paths = new Set(renamed.flatMap(({ path, now: other }) => [path, other]));
  return [
    ...[...before.values()].flatMap((file) => changed(file, after.get(file.path))),
    ...gone
      .filter(({ path }) => !paths.has(path))
      .map((file) => difference('missing', file, file.sha256, null)),
    ...come
      .filter(({ path }) => !paths.has(path))
      .map((file) => difference('added', file, null, file.sha256)),
    ...renamed,
  ].sort(byText(({ path }) => path));
}

/** Returns whether a difference makes it other evidence; another path alone does not. */
export function isOtherEvidence({ kind }: EvidenceDifference): boolean {
  return kind !== 'renamed';
}

function byPath(files: readonly InputFile[]): Map<string, InputFile> {
  return new Map(files.filter(({ state }) => state !== 'not-used').map((file) => [file.path, file]));
}

function changed(file: InputFile, now: InputFile | undefined): EvidenceDifference[] {
  if (now === undefined || now.sha256 === file.sha256) return [];
  return [difference('changed', file, file.sha256, now.sha256)];
}

function renamedTo(file: InputFile, come: readonly InputFile[]): EvidenceDifference[] {
  const same = come.find(({ sha256 }) => sha256 !== null && sha256 === file.sha256);
  if (same === undefined) return [];
  return [{ ...difference('renamed', file, file.sha256, same.sha256), now: same.path }];
}

function difference(
  kind: EvidenceDifference['kind'],
  { path }: InputFile,
  was: string | null,
  is: string | null,
): EvidenceDifference {
  return { path, kind, was, is };
}
