import type { Policy } from '../../model/index.js';
import { detectRegoVersions } from '../rego-version.js';
import type { RegoVersion } from '../toolchain.js';
import type { PolicyFile } from './read-modules.js';

/**
 * The files with the Rego that each is in: what a bundle's manifest states, else, for a file from outside, what it parses as.
 */
export async function withRegoVersions(
  files: readonly PolicyFile[],
  cacheDir: string | false | undefined,
): Promise<PolicyFile[]> {
  const unknown = files.filter(({ builtIn, regoVersion }) => !builtIn && regoVersion === undefined);
  if (unknown.length === 0) return [...files];
  const modules = Object.fromEntries(unknown.map(({ module, source }) => [module, source]));
  const cache = cacheDir === undefined ? {} : { cacheDir };
  const found = await detectRegoVersions({ modules, ...cache });
  return files.map((file) => {
    const regoVersion = file.regoVersion ?? found[file.module];
    return regoVersion === undefined ? file : { ...file, regoVersion };
  });
}

/** What a policy says of the Rego it is written in: nothing where that is v1. */
export function writtenIn({ regoVersion = 'v1' }: PolicyFile): Pick<Policy, 'regoVersion'> {
  return regoVersion === 'v1' ? {} : { regoVersion };
}

/** The Rego of the files that are not in v1, by module. */
export function regoVersionsOf(files: readonly PolicyFile[]): { [module: string]: RegoVersion } {
  const named = files.flatMap(({ module, regoVersion = 'v1' }) =>
    regoVersion === 'v1' ? [] : [[module, regoVersion] as const],
  );
  return Object.fromEntries(named);
}
