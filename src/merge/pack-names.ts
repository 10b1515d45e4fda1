import { basename } from 'node:path';
import { KeyproofError } from '../model/index.js';

/**
 * Returns a name for each folder of a pack: its last part.
 * @param dirs absolute folders.
 * @throws KeyproofError if fewer than two are named, or two of them have the same name.
 */
export function packNames(dirs: readonly string[]): string[] {
  if (dirs.length < 2) throw new KeyproofError('merge joins two packs or more; name their folders.');
  const names = dirs.map((dir) => basename(dir));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return names;
  throw new KeyproofError(
    `${twice}: two packs are in folders of this name, and the merged pack names each by its folder; rename one.`,
  );
}
