import { basename, dirname, join, posix } from 'node:path';
import { filesOfManifest, RUN_RECORD } from '../text/pack-manifest.js';

/** Why what `findEvidencePacks` or `packFilesIn` returns is left out. */
export const PART_OF_A_PACK = 'part of an evidence pack of keyproof: not evidence, left out';

/** Files beside a manifest that belong to it. */
const SEALS = ['manifest.json', 'manifest.dsse.json', RUN_RECORD];

/**
 * Returns what among the files is the tool's own: the output of this audit, folders that hold an evidence pack and nothing
 * else, and the files of a pack that other files were put beside; these others are inputs like any.
 */
export function findEvidencePacks(files: readonly string[], output: string): string[] {
  const found = files
    .filter((file) => basename(file) === 'manifest.json')
    .flatMap((file) => own(file, files));
  const written = files.some((file) => file.startsWith(`${output}/`)) ? [output] : [];
  return [...new Set([...written, ...found])].sort();
}

/**
 * Returns the names of what among the files of an archive belongs to an evidence pack.
 *
 * @param members names inside the archive, each with the file of its content; null if there is none.
 */
export function packFilesIn(
  members: readonly { name: string; absolute: string | null }[],
): ReadonlySet<string> {
  const names = members.flatMap(({ name, absolute }) => {
    const listed = posix.basename(name) === 'manifest.json' && absolute !== null && filesOfManifest(absolute);
    return listed ? [...listed, ...SEALS].map((own) => posix.join(posix.dirname(name), own)) : [];
  });
  return new Set(names);
}

function own(manifest: string, files: readonly string[]): string[] {
  const listed = filesOfManifest(manifest);
  if (listed === null) return [];
  const folder = dirname(manifest);
  const names = new Set([...listed, ...SEALS].map((name) => join(folder, name)));
  const inside = files.filter((file) => file.startsWith(`${folder}/`));
  return inside.every((file) => names.has(file)) ? [folder] : inside.filter((file) => names.has(file));
}
