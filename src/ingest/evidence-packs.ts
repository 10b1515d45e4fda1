import { basename, dirname, join } from 'node:path';
import { filesOfManifest, RUN_RECORD } from '../text/pack-manifest.js';

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

function own(manifest: string, files: readonly string[]): string[] {
  const listed = filesOfManifest(manifest);
  if (listed === null) return [];
  const folder = dirname(manifest);
  const names = new Set([...listed, ...SEALS].map((name) => join(folder, name)));
  const inside = files.filter((file) => file.startsWith(`${folder}/`));
  return inside.every((file) => names.has(file)) ? [folder] : inside.filter((file) => names.has(file));
}
