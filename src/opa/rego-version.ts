import { cached } from './compile-cache.js';
import { type ModuleSources, type RegoVersion, runToolchain } from './toolchain.js';
import { TOOLCHAIN } from './toolchain-version.js';

/**
 * The Rego that modules are in: one version for all, or versions by path. What is not named is in v1, as OPA has it.
 */
export type RegoVersions = RegoVersion | Readonly<Record<string, RegoVersion>>;

/** Returns the versions of modules that are not in v1, by path, as the toolchain is told them. */
export function versionsByModule(
  modules: ModuleSources,
  versions: RegoVersions = 'v1',
): Record<string, RegoVersion> {
  const versionOf = (module: string) => (typeof versions === 'string' ? versions : versions[module]);
  const named = Object.keys(modules).map((module) => [module, versionOf(module) ?? 'v1'] as const);
  return Object.fromEntries(named.filter(([, version]) => version !== 'v1'));
}

/**
 * Finds the modules that are in Rego v0, the Rego of before OPA 1.0: those that parse as v0 and do not parse as v1.
 *
 * @param request.cacheDir folder of the cache; `false` for none; see `defaultCacheDir`.
 * @returns `v0` by path; what is not in it is v1.
 * @throws RegoTimeoutError, RegoToolchainError.
 */
export async function detectRegoVersions(request: {
  modules: ModuleSources;
  cacheDir?: string | false;
  timeoutMs?: number;
}): Promise<Record<string, RegoVersion>> {
  const { modules, cacheDir, timeoutMs = 120_000 } = request;
  const { value } = await cached(cacheDir, ['versions', TOOLCHAIN.sha256, modules], async () => {
    const found = (await runToolchain({ command: 'versions', modules }, timeoutMs)) as RegoVersions;
    return versionsByModule(modules, found);
  });
  return value;
}
