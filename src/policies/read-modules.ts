import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { KeyproofError } from '../model/index.js';
import type { RegoVersion } from '../opa/toolchain.js';
import { mergedData } from './merged-data.js';
import type { PolicyFolder } from './policy-set.js';

const BUNDLE = /\.(tar\.gz|tgz)$/;

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
  /** The Rego it is in; v1 where absent. */
  regoVersion?: RegoVersion;
};

/** What folders and bundles hold. */
export type PolicyFiles = {
  /** Every Rego file. */
  files: PolicyFile[];
  /** The `data` of bundles, merged in the order given. */
  data: Record<string, unknown>;
  /** SHA-256 of each bundle, by the name it goes under. */
  bundles: { [name: string]: string };
};

/**
 * Reads every .rego file below the folders and in the bundles.
 *
 * @throws KeyproofError where a folder or bundle holds none, and for a bundle that cannot be read.
 */
export async function readPolicyFiles(folders: readonly PolicyFolder[]): Promise<PolicyFiles> {
  const names = moduleRoots(folders);
  const read = await Promise.all(folders.map((folder, index) => readRoot(folder, names[index] ?? '')));
  return {
    files: read.flatMap(({ files }) => files),
    data: read.reduce((whole, { data }) => mergedData(whole, data), {}),
    bundles: Object.assign({}, ...read.map(({ bundles }) => bundles)) as PolicyFiles['bundles'],
  };
}

async function readRoot(folder: PolicyFolder, name: string): Promise<PolicyFiles> {
  if (!BUNDLE.test(folder.dir)) return { files: await readFolder(folder, name), data: {}, bundles: {} };
  const { readBundle } = await import('./read-bundle.js');
  const { sources, data, sha256 } = await readBundle(folder.dir);
  if (sources.length === 0) throw new KeyproofError(`${name}: no .rego file in this bundle.`);
  const files = sources.map((source) => ({
    ...source,
    module: `${name}/${source.path}`,
    builtIn: folder.builtIn,
  }));
  return { files, data, bundles: { [name]: sha256 } };
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
