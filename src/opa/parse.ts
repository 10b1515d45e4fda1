import type { DeclaredRule } from './check.js';
import type { Annotation } from './compile.js';
import { cached } from './compile-cache.js';
import { type RegoVersions, versionsByModule } from './rego-version.js';
import { type ModuleSources, runToolchain } from './toolchain.js';
import { TOOLCHAIN } from './toolchain-version.js';

/** What parsing alone tells about a module: nothing that another module could change. */
export type ParsedModule = {
  /** Its package as the parts below `data`, such as `['bank', 'keys']`. */
  package: string[];
  /** What its rules define, as far as it is constant: `['bank', 'keys', 'old']` for `old[x] := y` in `bank.keys`. */
  defines: string[][];
  /** Its rules, in source order. */
  rules: DeclaredRule[];
  /** Its METADATA. */
  annotations: Annotation[];
};

/**
 * Parses modules one by one with OPA's own parser, and compiles none.
 *
 * @param request.cacheDir folder of the cache; `false` for none; see `defaultCacheDir`.
 * @returns what is in each module, by path; those that do not parse are left out.
 * @throws RegoTimeoutError, RegoToolchainError.
 */
export async function parseModules(request: {
  modules: ModuleSources;
  regoVersion?: RegoVersions;
  cacheDir?: string | false;
  timeoutMs?: number;
}): Promise<Record<string, ParsedModule>> {
  const { modules, cacheDir, timeoutMs = 120_000 } = request;
  const regoVersions = versionsByModule(modules, request.regoVersion);
  const content = ['parse', TOOLCHAIN.sha256, modules, regoVersions];
  const { value } = await cached(cacheDir, content, async () => {
    const found = await runToolchain({ command: 'parse', modules, regoVersions }, timeoutMs);
    return (found as { modules: Record<string, ParsedModule> }).modules;
  });
  return value;
}
