import type { InputFile } from '../../model/index.js';
import { byText } from '../../text/compare-text.js';

/** An input file that is not as the pack names it. */
export type EvidenceDifference = {
  /** Path, as the pack has it; of an added file as it is now. */
  path: string;
  /** `changed`: other content. `missing`: not there. `added`: not in the pack. `renamed`: the same content under another path. */
  kind: 'changed' | 'missing' | 'added' | 'renamed';
  /** SHA-256 in the pack; null where it was not there, or could not be read. */
  was: string | null;
  /** SHA-256 now; null where it is not there, or cannot be read. */
  is: string | null;
  /** For a renamed file the path it has now. */
  now?: string;
};

/** How the files that were read differ from those the pack was made from; files that nobody recognised decide nothing. */
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

/** Whether a difference makes it other evidence: a path alone does not. */
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
