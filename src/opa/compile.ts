import type { SourceLocation } from '../model/index.js';
import { cached, contentKey } from './compile-cache.js';
import { type RegoVersions, versionsByModule } from './rego-version.js';
import { type Capabilities, type ModuleSources, runToolchain } from './toolchain.js';
import { TOOLCHAIN } from './toolchain-version.js';

/** One METADATA annotation, as `opa inspect -a` gives it. */
export type Annotation = {
  /** What it annotates, such as `data.policies.rotation.violations`. */
  path: string;
  /** The package, such as `data.policies.rotation`. */
  package: string;
  /** Name of the rule, for an annotation on one. */
  rule?: string;
  /** Where the annotated package or rule is. */
  location: SourceLocation;
  /** `package`, `subpackages`, `document` or `rule`. */
  scope: string;
  title?: string;
  description?: string;
  entrypoint: boolean;
  organizations?: string[];
  authors?: { name: string; email?: string }[];
  relatedResources?: { ref: string; description?: string }[];
  /** Which schema describes which document: a name such as `schema.dossier`, or a schema written out. */
  schemas?: { path: string; schema?: string; definition?: unknown }[];
  custom?: Record<string, unknown>;
  labels?: Record<string, unknown>;
};

/** What to compile. */
export type CompileRequest = {
  /** Rego sources by path. */
  modules: ModuleSources;
  /** Which Rego the sources are in; default v1. */
  regoVersion?: RegoVersions;
  /** Rules the host will ask for, such as `policies/rotation/violations`. */
  entrypoints: readonly string[];
  /** What the policy may use; everything OPA has if absent. */
  capabilities?: Capabilities;
  /** Folder of the compile cache; `false` for none; see `defaultCacheDir`. */
  cacheDir?: string | false;
  /** Time limit in ms; default 120 000. */
  timeoutMs?: number;
};

/** A compiled policy. */
export type Compiled = {
  /** WebAssembly for `openEngine`. */
  wasm: Uint8Array;
  /** Every METADATA annotation of the modules. */
  annotations: Annotation[];
  /** Whether it came from the cache. */
  cached: boolean;
};

/**
 * Compiles Rego to WebAssembly with OPA's own compiler, or takes the result from the cache.
 *
 * @throws RegoSourceError or RegoSourceErrors with file, row and column; RegoTimeoutError; RegoToolchainError.
 */
export async function compile(request: CompileRequest): Promise<Compiled> {
  const { modules, entrypoints, capabilities, cacheDir, timeoutMs = 120_000 } = request;
  const regoVersions = versionsByModule(modules, request.regoVersion);
  const { value, hit } = await cached(cacheDir, contentOf(request), async () => {
    const command = { command: 'compile', modules, regoVersions, entrypoints, capabilities } as const;
    return (await runToolchain(command, timeoutMs)) as { wasm: string; annotations: Annotation[] };
  });
  const wasm = Uint8Array.from(Buffer.from(value.wasm, 'base64'));
  return { wasm, annotations: value.annotations, cached: hit };
}

/**
 * Returns the SHA-256 over all that a compiled policy depends on: sources, their versions, entrypoints, capabilities
 * and toolchain.
 */
export function compileKey(request: CompileRequest): string {
  return contentKey(contentOf(request));
}

function contentOf({ modules, regoVersion, entrypoints, capabilities }: CompileRequest): unknown {
  const regoVersions = versionsByModule(modules, regoVersion);
  return ['compile', TOOLCHAIN.sha256, modules, regoVersions, entrypoints, capabilities ?? null];
}
