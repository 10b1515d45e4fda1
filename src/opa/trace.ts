import type { SourceLocation } from './compile.js';
import { type RegoVersions, versionsByModule } from './rego-version.js';
import type { JsonValue } from './terms.js';
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
  /** Version of Rego the sources are in, or versions by path; v1 where absent. */
  regoVersion?: RegoVersions;
  /** What the sources may use; everything OPA has where absent. */
  capabilities?: Capabilities;
  /** Time limit in ms; default 120 000. */
  timeoutMs?: number;
};

/** A term of a line as it is written, and the value it had. */
export type TracedValue = {
  /** The term, such as `input.key.status`. */
  text: string;
  /** Whether it had a value. */
  defined: boolean;
  /** Its value, sets as lists; null too where it had none. */
  value: JsonValue;
  /** Where in the input it was read, for a reference to the input. */
  path?: (string | number)[];
  /** True where it stands in a longer term of the same line. */
  inner?: boolean;
};

/** One expression of a rule. */
export type TracedLine = {
  /** First row, from 1. */
  row: number;
  /** Last row. */
  endRow: number;
  /** Whether it held. */
  held: boolean;
  /** The values it saw. */
  values: TracedValue[];
};

/** One body of a rule: all its lines where it held, those up to the one that did not hold otherwise. */
export type TracedRule = {
  /** The target or the rule of the same package that it is reached from, such as `data.policies.rotation.stated_over`. */
  path: string;
  /** Where it begins. */
  location: SourceLocation;
  /** Last row of it. */
  endRow: number;
  /** Whether it held. */
  held: boolean;
  /** What it came to; null where it did not hold. */
  value: JsonValue;
  /** How many more ways to hold there were, which are left out. */
  further?: number;
  /** Lines in their order. */
  lines: TracedLine[];
};

/** What an evaluation came to and why. */
export type Trace = {
  /** Value of the query; null where it is undefined. */
  result: JsonValue;
  /** The targets and the rules of their package that they rest on, each after one that names it. */
  rules: TracedRule[];
};

/**
 * Evaluates a reference with OPA's own evaluator and says which lines decided the targets, and which values these saw.
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
