import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { KeyproofError } from '../../model/index.js';
import type { PolicyFolder } from './policy-set.js';

/** A Rego file of a policy folder. */
export type PolicyFile = {
  /** Name it has in errors and in the compiled set: the folder's name and the path inside it. */
  module: string;
  /** Path inside the folder, with slashes. */
  path: string;
  /** Whether it is keyproof's own. */
  builtIn: boolean;
  /** Its text. */
  source: string;
};

/**
 * Reads every .rego file below the folders.
 *
 * @throws KeyproofError where a folder holds none.
 */
export async function readPolicyFiles(folders: readonly PolicyFolder[]): Promise<PolicyFile[]> {
  const names = moduleRoots(folders);
  const read = folders.map((folder, index) => readFolder(folder, names[index] ?? ''));
  return (await Promise.all(read)).flat();
}

async function readFolder(folder: PolicyFolder, name: string): Promise<PolicyFile[]> {
  const { default: fastGlob } = await import('fast-glob');
  const paths = (await fastGlob('**/*.rego', { cwd: folder.dir, dot: false })).sort();
  if (paths.length === 0) throw new KeyproofError(`${folder.dir}: no .rego file in this folder or below it.`);
  const read = paths.map(async (path) => ({
    module: `${name}/${path}`,
    path,
    builtIn: folder.builtIn,
    source: await readFile(`${folder.dir}/${path}`, 'utf8'),
  }));
  return Promise.all(read);
}

/**
 * The folders' own names, told apart by a number where two are called the same. A name that a person chose stays; the rule
 * book gives way.
 */
export function moduleRoots(folders: readonly Pick<PolicyFolder, 'dir' | 'builtIn'>[]): string[] {
  const outside = folders.filter(({ builtIn }) => !builtIn).map(({ dir }) => basename(dir));
  const taken = new Map<string, number>();
  return folders.map(({ dir, builtIn }) => {
    const wanted = basename(dir);
    const name = builtIn && outside.includes(wanted) ? `keyproof-${wanted}` : wanted;
    const number = (taken.get(name) ?? 0) + 1;
    taken.set(name, number);
    return number === 1 ? name : `${name}-${number}`;
  });
}
