import type { SourceLocation } from '../model/index.js';
import type { Annotation } from './compile.js';
import { cached } from './compile-cache.js';
import { RegoSourceError, RegoSourceErrors } from './errors.js';
import { type RegoVersions, versionsByModule } from './rego-version.js';
import { type Capabilities, type ModuleSources, type RegoVersion, runToolchain } from './toolchain.js';
import { TOOLCHAIN } from './toolchain-version.js';

const DEFAULT_LIMIT_MS = 120_000;

/** What to check. */
export type CheckRequest = {
  /** Rego sources by path. */
  modules: ModuleSources;
  /** Which Rego the sources are in; default v1. */
  regoVersion?: RegoVersions;
  /** JSON Schemas by the name METADATA gives them: `input: schema.dossier` or `input: schema["dossier-key"]`. */
  schemas?: Readonly<Record<string, object>>;
  /** What the policy may use; everything OPA has if absent. */
  capabilities?: Capabilities;
  /** OPA's strict mode: unused variables and imports are errors. Default true. */
  strict?: boolean;
  /** Time limit in ms; default 120 000. */
  timeoutMs?: number;
};

/**
 * Parses, compiles and type-checks sources, as `opa check --strict --schema` does.
 *
 * @returns what is wrong with them, sorted by place; empty if nothing is.
 * @throws RegoTimeoutError, RegoToolchainError.
 */
export async function check(request: CheckRequest): Promise<readonly RegoSourceError[]> {
  const { modules, schemas, capabilities, strict = true, timeoutMs = DEFAULT_LIMIT_MS } = request;
  const regoVersions = versionsByModule(modules, request.regoVersion);
  try {
    await runToolchain({ command: 'check', modules, regoVersions, schemas, capabilities, strict }, timeoutMs);
    return [];
  } catch (error) {
    if (error instanceof RegoSourceErrors) return error.errors;
    if (error instanceof RegoSourceError) return [error];
    throw error;
  }
}

/**
 * Formats sources as `opa fmt` does.
 *
 * @param request.to the Rego to write; `v0v1` is what both v0 and v1 take. Default: what a source is in.
 * @returns every source by path, also those that are formatted already.
 * @throws RegoSourceError or RegoSourceErrors for what cannot be parsed.
 */
export async function format(request: {
  modules: ModuleSources;
  regoVersion?: RegoVersions;
  to?: RegoVersion | 'v0v1';
  timeoutMs?: number;
}): Promise<Record<string, string>> {
  const { modules, to, timeoutMs = DEFAULT_LIMIT_MS } = request;
  const regoVersions = versionsByModule(modules, request.regoVersion);
  const command = { command: 'format', modules, regoVersions, target: to } as const;
  return (await runToolchain(command, timeoutMs)) as Record<string, string>;
}

/** One rule as declared; a rule with several bodies appears once for each. */
export type DeclaredRule = {
  /** Package, such as `data.policies.rotation`. */
  package: string;
  /** Name, such as `violations`. */
  name: string;
  /** Both, such as `data.policies.rotation.violations`. */
  path: string;
  /** `set` for `name contains x`, `object` for `name[key] := value`, `function` for one with arguments. */
  kind: 'complete' | 'set' | 'object' | 'function';
  /** Where it is. */
  location: SourceLocation;
};

/** What sources contain. */
export type Inspection = {
  /** Files by package. */
  packages: Record<string, string[]>;
  /** Every rule, in source order. */
  rules: DeclaredRule[];
  /** Every METADATA annotation. */
  annotations: Annotation[];
  /** Built-ins they call, sorted. */
  builtins: string[];
};

/**
 * Says what sources contain, as `opa inspect -a` does, without compiling them to WebAssembly.
 *
 * @param request.cacheDir folder of the cache; `false` for none; see `defaultCacheDir`.
 * @throws RegoSourceError or RegoSourceErrors.
 */
export async function inspect(request: {
  modules: ModuleSources;
  regoVersion?: RegoVersions;
  capabilities?: Capabilities;
  cacheDir?: string | false;
  timeoutMs?: number;
}): Promise<Inspection> {
  const { modules, capabilities, cacheDir, timeoutMs = DEFAULT_LIMIT_MS } = request;
  const regoVersions = versionsByModule(modules, request.regoVersion);
  const content = ['inspect', TOOLCHAIN.sha256, modules, regoVersions, capabilities ?? null];
  const { value } = await cached(cacheDir, content, async () => {
    const command = { command: 'inspect', modules, regoVersions, capabilities } as const;
    return (await runToolchain(command, timeoutMs)) as Inspection;
  });
  return value;
}
