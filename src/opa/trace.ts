import type { Trace } from '../model/index.js';
import { type RegoVersions, versionsByModule } from './rego-version.js';
import { type Capabilities, type ModuleSources, runToolchain } from './toolchain.js';

/** What to evaluate, and which rules to explain. */
export type TraceRequest = {
  /** Rego sources by path. */
  modules: ModuleSources;
  /** Reference whose value is asked for, such as `data.policies.rotation.violations`. */
  query: string;
  /** The `input` document. */
  input: unknown;
  /** The `data` document. */
  data: object;
  /** Rules to explain, such as `data.policies.rotation.violations`. */
  targets: readonly string[];
  /** Version of Rego the sources are in, or versions by path; v1 if absent. */
  regoVersion?: RegoVersions;
  /** What the sources may use; everything OPA has if absent. */
  capabilities?: Capabilities;
  /** Time limit in ms; default 120 000. */
  timeoutMs?: number;
};

/**
 * Evaluates a reference with OPA's own evaluator and returns which lines decided the targets, and which values these
 * saw.
 *
 * @throws RegoSourceError or RegoSourceErrors, for what is wrong with the sources or goes wrong in the evaluation;
 * RegoTimeoutError, RegoToolchainError.
 */
export async function trace(request: TraceRequest): Promise<Trace> {
  const { modules, query, input, data, targets, capabilities, timeoutMs = 120_000 } = request;
  const command = {
    command: 'trace',
    modules,
    regoVersions: versionsByModule(modules, request.regoVersion),
    query,
    data,
    capabilities,
    trace: { input, targets },
  } as const;
  return (await runToolchain(command, timeoutMs)) as Trace;
}
