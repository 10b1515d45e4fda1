import { EXIT, KeyproofError, type Policy, SUBJECT_KINDS } from '../../model/index.js';
import { deterministicCapabilities } from '../capabilities.js';
import { compile } from '../compile.js';
import { generatedModules, policyEntrypoint, subjectEntrypoint } from './generate-rego.js';
import type { LoadedSet } from './load-policies.js';
import { type PolicyData, policyData } from './params.js';
import { type PolicyProblem, ruleModules } from './policy-set.js';

/** Policies compiled into one WebAssembly module. */
export type CompiledPolicies = {
  /** The module. Entrypoints: `keyproof/subject/<kind>/evaluation`, and one for each policy. */
  wasm: Uint8Array;
  /** The policies in it, sorted by id. */
  policies: Policy[];
  /** Entrypoint of each policy's own result, by rule id. */
  entrypoints: { [ruleId: string]: string };
  /** The `data` document to load it with. */
  data: PolicyData;
};

/**
 * Compiles a set of policies for an audit: deterministic built-ins only.
 *
 * @param options.cacheDir folder of the compile cache; `false` for none; see `defaultCacheDir`.
 * @throws KeyproofError for the set's problems, one sentence a line; RegoSourceError or RegoSourceErrors.
 */
export async function compilePolicies(
  set: LoadedSet,
  options: { cacheDir?: string | false } = {},
): Promise<CompiledPolicies> {
  if (set.problems.length > 0)
    throw new KeyproofError(set.problems.map(problemSentence).join('\n'), EXIT.usage);
  const rules = ruleModules(set.modules);
  const entrypoints = Object.fromEntries(set.policies.map(({ id }) => [id, policyEntrypoint(id)]));
  const { wasm } = await compile({
    modules: { ...rules, ...generatedModules(set.declared, rules) },
    entrypoints: [...SUBJECT_KINDS.map(subjectEntrypoint), ...Object.values(entrypoints)],
    capabilities: deterministicCapabilities(),
    ...options,
  });
  return { wasm, policies: set.policies, entrypoints, data: policyData(set.policies) };
}

/** A problem as one line: file, row, sentence. */
export function problemSentence({ file, row, message }: PolicyProblem): string {
  return `${file}:${row}: ${message}`;
}
