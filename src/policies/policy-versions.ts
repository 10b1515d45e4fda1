import type { Policy } from '../model/index.js';
import { RegoTimeoutError, RegoToolchainError } from '../opa/errors.js';
import { detectRegoVersions } from '../opa/rego-version.js';
import type { RegoVersion } from '../opa/toolchain.js';
import type { PolicyFile } from './read-modules.js';

/** Files with the Rego they are in, and those that OPA's toolchain came to grief over. */
export type VersionedFiles = {
  files: PolicyFile[];
  unreadable: { file: PolicyFile; reason: string }[];
};

/**
 * Returns the files with the Rego that each is in: what a bundle's manifest states, else, for a file from outside, what
 * it parses as. One that ends the toolchain, as 100,000 brackets one in another do, must not end the run.
 */
export async function withRegoVersions(
  files: readonly PolicyFile[],
  cacheDir: string | false | undefined,
): Promise<VersionedFiles> {
  const foreign = files.filter(({ builtIn }) => !builtIn);
  if (foreign.length === 0) return { files: [...files], unreadable: [] };
  const { found, unreadable } = await detected(foreign, cacheDir);
  const versioned = files.map((file) => {
    const regoVersion = file.regoVersion ?? found[file.module];
    return regoVersion === undefined ? file : { ...file, regoVersion };
  });
  return { files: versioned, unreadable };
}

type Detected = { found: Record<string, RegoVersion>; unreadable: VersionedFiles['unreadable'] };

/** Detects the versions all at once, or, if one of them ends the toolchain, one after another. */
async function detected(
  files: readonly PolicyFile[],
  cacheDir: string | false | undefined,
): Promise<Detected> {
  const modules = Object.fromEntries(files.map(({ module, source }) => [module, source]));
  const cache = cacheDir === undefined ? {} : { cacheDir };
  try {
    return { found: await detectRegoVersions({ modules, ...cache }), unreadable: [] };
  } catch (error) {
    if (!(error instanceof RegoToolchainError || error instanceof RegoTimeoutError)) throw error;
    const [file, ...more] = files;
    if (file !== undefined && more.length === 0)
      return { found: {}, unreadable: [{ file, reason: error.message }] };
    return joined(await inTurn(files.map((one) => () => detected([one], cacheDir))));
  }
}

async function inTurn<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = [];
  for (const work of works) done.push(await work());
  return done;
}

function joined(parts: readonly Detected[]): Detected {
  return {
    found: Object.assign({}, ...parts.map(({ found }) => found)) as Detected['found'],
    unreadable: parts.flatMap(({ unreadable }) => unreadable),
  };
}

/** Returns the version of Rego a policy is written in; nothing if that is v1. */
export function writtenIn({ regoVersion = 'v1' }: PolicyFile): Pick<Policy, 'regoVersion'> {
  return regoVersion === 'v1' ? {} : { regoVersion };
}

/** Returns the Rego of the files that are not in v1, by module. */
export function regoVersionsOf(files: readonly PolicyFile[]): { [module: string]: RegoVersion } {
  const named = files.flatMap(({ module, regoVersion = 'v1' }) =>
    regoVersion === 'v1' ? [] : [[module, regoVersion] as const],
  );
  return Object.fromEntries(named);
}
