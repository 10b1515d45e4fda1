import { EXIT, KeyproofError, type Policy, SUBJECT_KINDS } from '../model/index.js';
import { deterministicCapabilities } from '../opa/capabilities.js';
import { compile } from '../opa/compile.js';
import { type RegoError, regoErrorsOf } from '../opa/errors.js';
import type { DeclaredPolicy } from './declared-policy.js';
import { generatedModules, policyEntrypoint, subjectEntrypoint } from './generate-rego.js';
import type { PolicySet } from './load-policies.js';
import { type PolicyData, setData } from './params.js';
import { faultSentence, type PolicyFault, problemSentence, ruleModules } from './policy-set.js';
import { problemOf } from './sound-modules.js';

/** Policies compiled into one WebAssembly module. */
export type CompiledPolicies = {
  /** The module. Entrypoints: `keyproof/subject/<kind>/evaluation`, and one for each policy without a fault. */
  wasm: Uint8Array;
  /** The policies, sorted by id, also those with a fault. */
  policies: Policy[];
  /** Entrypoint of each policy's own result, by rule id. */
  entrypoints: { [ruleId: string]: string };
  /** Why a policy is not in the module, by rule id: an `error` on every subject of its kind. */
  faults: { [ruleId: string]: string };
  /** The `data` document to load it with. */
  data: PolicyData;
};

type Options = { cacheDir?: string | false };

/**
 * Compiles a set of policies for an audit: deterministic built-ins only.
 *
 * @param options.cacheDir folder of the compile cache; `false` for none; see `defaultCacheDir`.
 * @throws KeyproofError for what is wrong with keyproof's own sources, one sentence a line; RegoSourceError or
 * RegoSourceErrors.
 */
export async function compilePolicies(set: PolicySet, options: Options = {}): Promise<CompiledPolicies> {
  const own = set.problems.filter(({ builtIn }) => builtIn);
  if (own.length > 0) throw new KeyproofError(own.map(problemSentence).join('\n'), EXIT.usage);
  const { wasm, declared, refused } = await compileRest(set, set.declared, options);
  const faults = [...set.faults, ...refused];
  return {
    wasm,
    policies: set.policies,
    entrypoints: Object.fromEntries(declared.map(({ policy: { id } }) => [id, policyEntrypoint(id)])),
    faults: Object.fromEntries(faults.map((fault) => [fault.policy.id, faultSentence(fault)])),
    data: setData(set),
  };
}

type Rest = { wasm: Uint8Array; declared: readonly DeclaredPolicy[]; refused: PolicyFault[] };

/** The compiler for WebAssembly refuses a little more than the checker, and does not always say where. */
async function compileRest(
  set: PolicySet,
  declared: readonly DeclaredPolicy[],
  options: Options,
): Promise<Rest> {
  try {
    return { wasm: await compileDeclared(set, declared, options), declared, refused: [] };
  } catch (error) {
    const refused = regoErrorsOf(error).length === 0 ? [] : await refusedAlone(set, declared, options);
    if (refused.length === 0) throw error;
    const rest = declared.filter(({ policy }) => !refused.some((fault) => fault.policy.id === policy.id));
    return { wasm: await compileDeclared(set, rest, options), declared: rest, refused };
  }
}

async function compileDeclared(
  set: PolicySet,
  declared: readonly DeclaredPolicy[],
  options: Options,
): Promise<Uint8Array> {
  const rules = ruleModules(set.sound);
  const { wasm } = await compile({
    modules: { ...rules, ...generatedModules(declared, rules) },
    regoVersion: set.regoVersions,
    entrypoints: [
      ...SUBJECT_KINDS.map(subjectEntrypoint),
      ...declared.map(({ policy }) => policyEntrypoint(policy.id)),
    ],
    capabilities: deterministicCapabilities(),
    ...options,
  });
  return wasm;
}

async function refusedAlone(
  set: PolicySet,
  declared: readonly DeclaredPolicy[],
  options: Options,
): Promise<PolicyFault[]> {
  const refused: PolicyFault[] = [];
  for (const one of declared.filter(({ policy }) => policy.domain === 'custom')) {
    try {
      await compileDeclared(set, [one], options);
    } catch (error) {
      refused.push({
        policy: one.policy,
        problems: regoErrorsOf(error).map((each) => located(each, one)),
      });
    }
  }
  return refused.filter(({ problems }) => problems.length > 0);
}

function located(error: RegoError, { module }: DeclaredPolicy): ReturnType<typeof problemOf> {
  const problem = problemOf(error);
  return problem.file === '' ? { ...problem, file: module } : problem;
}
