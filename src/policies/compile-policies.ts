import { readFile } from 'node:fs/promises';
import { type CompiledPolicies, EXIT, KeyproofError, SUBJECT_KINDS } from '../model/index.js';
import { deterministicCapabilities } from '../opa/capabilities.js';
import { type CompileRequest, compile } from '../opa/compile.js';
import { type RegoError, regoErrorsOf } from '../opa/errors.js';
import { byText } from '../text/compare-text.js';
import { sha256Hex } from '../text/sha256.js';
import type { DeclaredPolicy } from './declared-policy.js';
import { generatedModules, policyEntrypoint, subjectEntrypoint } from './generate-rego.js';
import { usedBy } from './narrow-unit.js';
import { unitData } from './params.js';
import {
  type BuiltModule,
  faultSentence,
  type PolicyFault,
  type PolicySet,
  type PolicyUnit,
  problemSentence,
  ruleModules,
} from './policy-set.js';
import { problemOf } from './sound-modules.js';

type Options = { cacheDir?: string | false };

/** The part of a unit that its module is made from. */
type Sources = Pick<PolicyUnit, 'sound' | 'library' | 'regoVersions'>;

/**
 * Compiles a set of policies for an audit, each unit into a module of its own, with deterministic built-ins only. The
 * module of the rule book is the one that the build made, if it was made from these sources.
 *
 * @param options.cacheDir folder of the compile cache; `false` for none; see `defaultCacheDir`.
 * @returns the module of each unit that has policies, the rule book's first if its folder is.
 * @throws KeyproofError for what is wrong with keyproof's own sources, one sentence a line; RegoSourceError or
 * RegoSourceErrors.
 */
export async function compilePolicies(
  set: Pick<PolicySet, 'units' | 'problems'>,
  options: Options = {},
): Promise<CompiledPolicies[]> {
  const own = set.problems.filter(({ builtIn }) => builtIn);
  if (own.length > 0) throw new KeyproofError(own.map(problemSentence).join('\n'), EXIT.usage);
  const compiled: CompiledPolicies[] = [];
  for (const unit of set.units.filter(({ declared, faults }) => declared.length + faults.length > 0))
    compiled.push(await compileUnit(unit, options));
  return compiled;
}

/** Compiles one unit; see `compilePolicies`. */
export async function compileUnit(unit: PolicyUnit, options: Options = {}): Promise<CompiledPolicies> {
  const { wasm, declared, refused } = await moduleOf(unit, options);
  const faults = [...unit.faults, ...refused];
  const policies = [...declared, ...faults].map(({ policy }) => policy);
  return {
    wasm,
    policies: policies.sort(byText(({ id }) => id)),
    entrypoints: new Map(declared.map(({ policy: { id } }) => [id, policyEntrypoint(id)])),
    faults: new Map(faults.map((fault) => [fault.policy.id, faultSentence(fault)])),
    data: unitData(unit),
  };
}

type Rest = { wasm: Uint8Array; declared: readonly DeclaredPolicy[]; refused: PolicyFault[] };

async function moduleOf(unit: PolicyUnit, options: Options): Promise<Rest> {
  const { declared } = unit;
  const built = unit.built === undefined ? undefined : await builtWasm(unit.built);
  if (built !== undefined) return { wasm: built, declared, refused: [] };
  if (unit.folder.builtIn)
    return { wasm: await compileDeclared(unit, declared, options), declared, refused: [] };
  return compileRest(unit, options);
}

/** Returns the module as the build made it; undefined if the file is another, or gone. */
async function builtWasm({ file, sha256 }: BuiltModule): Promise<Uint8Array | undefined> {
  const wasm = await readFile(file).catch(() => undefined);
  const is = wasm && sha256Hex(wasm);
  return is === sha256 ? wasm : undefined;
}

/**
 * Compiles what was not built. The compiler for WebAssembly refuses a little more than the checker, and does not always
 * give a place.
 */
async function compileRest(unit: PolicyUnit, options: Options): Promise<Rest> {
  const { declared } = unit;
  try {
    return { wasm: await compileDeclared(unit, declared, options), declared, refused: [] };
  } catch (error) {
    const refused = regoErrorsOf(error).length === 0 ? [] : await refusedAlone(unit, options);
    if (refused.length === 0) throw error;
    const rest = declared.filter(({ policy }) => !refused.some((fault) => fault.policy.id === policy.id));
    const { sound } = rest.length === 0 ? { sound: {} } : usedBy(unit, rest);
    return { wasm: await compileDeclared({ ...unit, sound }, rest, options), declared: rest, refused };
  }
}

async function compileDeclared(
  sources: Sources,
  declared: readonly DeclaredPolicy[],
  options: Options,
): Promise<Uint8Array> {
  const { wasm } = await compile({ ...compileRequest(sources, declared), ...options });
  return wasm;
}

/** Returns what the compiler is asked: sources and the Rego generated for the policies, with all entrypoints. */
export function compileRequest(
  { sound, library, regoVersions }: Sources,
  declared: readonly DeclaredPolicy[],
): CompileRequest {
  const rules = ruleModules({ ...library, ...sound });
  return {
    modules: { ...rules, ...generatedModules(declared, rules) },
    regoVersion: regoVersions,
    entrypoints: [
      ...SUBJECT_KINDS.map(subjectEntrypoint),
      ...declared.map(({ policy }) => policyEntrypoint(policy.id)),
    ],
    capabilities: deterministicCapabilities(),
  };
}

async function refusedAlone(unit: PolicyUnit, options: Options): Promise<PolicyFault[]> {
  const refused: PolicyFault[] = [];
  for (const one of unit.declared) {
    try {
      await compileDeclared({ ...unit, ...usedBy(unit, [one]) }, [one], options);
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
