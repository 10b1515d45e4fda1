import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { assetPath } from '../assets/locate.js';
import { KeyproofError, type PolicyFolder } from '../model/index.js';
import type { ParsedModule } from '../opa/parse.js';
import type { RegoVersion } from '../opa/toolchain.js';
import { type WrittenText, writtenText } from '../text/encoding.js';
import { sha256Hex } from '../text/sha256.js';
import { sourceOf } from './module-text.js';
import { isTest } from './policy-set.js';

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
  /** What is wrong if it is not in UTF-8; absent if it is. */
  fault?: string;
  /** The Rego it is in; v1 if absent. */
  regoVersion?: RegoVersion;
  /** The result of parsing it, for a file from outside; absent if it does not parse. */
  parsed?: ParsedModule;
};

/** What a folder or a bundle holds. */
export type FolderFiles = {
  /** Where it is. */
  folder: PolicyFolder;
  /** Name that its modules begin with. */
  name: string;
  /** Every Rego file. */
  files: PolicyFile[];
  /** The `data` of a bundle, or of the data files of a folder from outside. */
  data: Record<string, unknown>;
  /** SHA-256 of a bundle, or of the data files of a folder with their paths; null for a folder without any. */
  sha256: string | null;
};

/**
 * Reads every .rego file below the folders and in the bundles.
 *
 * @throws KeyproofError if a folder or bundle holds none, and for a bundle that cannot be read.
 */
export async function readPolicyFiles(folders: readonly PolicyFolder[]): Promise<FolderFiles[]> {
  const names = moduleRoots(folders);
  return Promise.all(folders.map((folder, index) => readRoot(folder, names[index] ?? '')));
}

async function readRoot(folder: PolicyFolder, name: string): Promise<FolderFiles> {
  const base = { folder, name, data: {}, sha256: null };
  if (!BUNDLE.test(folder.dir))
    return {
      ...base,
      files: await readFolder(folder, name),
      ...(folder.builtIn ? {} : await folderData(folder.dir, name)),
    };
  const { readBundle } = await import('./read-bundle.js');
  const { sources, data, sha256 } = await readBundle(folder.dir);
  if (sources.length === 0) throw new KeyproofError(`${name}: no .rego file in this bundle.`);
  const files = sources.map((source) => ({
    ...source,
    module: `${name}/${source.path}`,
    builtIn: folder.builtIn,
  }));
  return { ...base, files, data, sha256 };
}

/**
 * Returns the libraries of the rule book, which policies from outside may import, under the name that the rule book has
 * there.
 */
export async function readLibrary(folders: readonly PolicyFolder[]): Promise<PolicyFile[]> {
  const dir = assetPath('policies');
  const [name = ''] = moduleRoots([{ dir, builtIn: true }, ...folders.filter(({ builtIn }) => !builtIn)]);
  const files = await readFolder({ dir: join(dir, 'lib'), builtIn: true }, `${name}/lib`);
  return files.filter(({ module }) => !isTest(module));
}

async function readFolder(folder: PolicyFolder, name: string): Promise<PolicyFile[]> {
  if (!statSync(folder.dir).isDirectory())
    throw new KeyproofError(
      `${folder.dir}: is no folder; name the folder that the policies are in, or a bundle of OPA.`,
    );
  const texts = await textsBelow(folder.dir, '**/*.rego');
  if (texts.size === 0) throw new KeyproofError(`${folder.dir}: no .rego file in this folder or below it.`);
  return [...texts].map(([path, text]) => ({
    module: `${name}/${path}`,
    path,
    builtIn: folder.builtIn,
    ...sourceOf(text),
  }));
}

/** Returns the texts of the files below a folder that a pattern names, by path, in the order of their paths. */
async function textsBelow(dir: string, pattern: string): Promise<Map<string, WrittenText>> {
  const { default: fastGlob } = await import('fast-glob');
  const paths = (await fastGlob(pattern, { cwd: dir, dot: false })).sort();
  const read = paths.map(
    async (path): Promise<[string, WrittenText]> => [path, writtenText(await readFile(join(dir, path)))],
  );
  return new Map(await Promise.all(read));
}

/** Returns the data files of a folder as the `data` that OPA makes of them, and their hash. */
async function folderData(
  dir: string,
  name: string,
): Promise<Pick<FolderFiles, 'data' | 'sha256'> | undefined> {
  const texts = await textsBelow(dir, '**/data.{json,yaml,yml}');
  if (texts.size === 0) return undefined;
  const { dataOf } = await import('./read-bundle.js');
  return {
    data: dataOf(name, texts),
    sha256: sha256Hex(JSON.stringify([...texts].map(([path, { text }]) => [path, text]))),
  };
}

/**
 * Returns the folders' own names, told apart by a number if two are called the same. A name that a person chose stays;
 * the rule book gives way. Only `keyproof` is taken: generated modules begin with it.
 */
export function moduleRoots(folders: readonly Pick<PolicyFolder, 'dir' | 'builtIn'>[]): string[] {
  const outside = folders.filter(({ builtIn }) => !builtIn).map(({ dir }) => basename(dir));
  const taken = new Set(['keyproof']);
  return folders.map(({ dir, builtIn }) => {
    const wanted = basename(dir);
    const name = free(builtIn && outside.includes(wanted) ? `keyproof-${wanted}` : wanted, taken);
    taken.add(name);
    return name;
  });
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}
