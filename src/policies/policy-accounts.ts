import type { Policy } from '../model/index.js';
import { openEngine } from '../opa/engine.js';
import type { JsonValue } from '../opa/terms.js';
import { compilePolicies } from './compile-policies.js';
import { dossierSchemaName, pathDescription, publishedSchema } from './dossier-schema.js';
import { type PolicyExample, readExamples } from './examples.js';
import { generatedModules } from './generate-rego.js';
import type { JsonChange } from './json-patch.js';
import type { PolicySet } from './load-policies.js';
import { moduleClosure, moduleLinks } from './module-closure.js';

/** A policy with what documentation says of it beside its METADATA. */
export type PolicyAccount = {
  /** The policy. */
  policy: Policy;
  /** The fields it requires, with what the published schema says of each. */
  fields: { path: string; description: string }[];
  /** Its examples by name, each with what the policy says of it. */
  examples: {
    /** File name without `.json`. */
    name: string;
    /** Path inside the policy folder. */
    file: string;
    /** File of the dossier that it differs from, inside the policy folder; null for a whole dossier. */
    base: string | null;
    /** What it changes in the base; null for a whole dossier. */
    difference: JsonChange[] | null;
    /** Outcome; `error` for one that is no dossier, or that the policy fails on. */
    outcome: string;
    /** Messages of violations, missing fields, reasons, or what went wrong. */
    says: string[];
  }[];
};

type Options = { cacheDir?: string | false };

/** What the chosen policies of a set are about, their examples evaluated through WebAssembly. */
export async function policyAccounts(
  set: PolicySet,
  chosen: readonly Policy[],
  options: Options = {},
): Promise<PolicyAccount[]> {
  const examples = await readExamples(set, chosen);
  const say = await speaker(set, chosen, options);
  return chosen.map((policy) => {
    const schema = publishedSchema(dossierSchemaName(policy.subject));
    return {
      policy,
      fields: policy.requires.map((path) => ({ path, description: pathDescription(schema, path) })),
      examples: examples.filter((example) => example.policy.id === policy.id).map(say),
    };
  });
}

/** Compiled alone where it is one that is asked for, all together where it is all of them. */
async function speaker(set: PolicySet, chosen: readonly Policy[], options: Options) {
  const [only, ...others] = chosen;
  const needed = only !== undefined && others.length === 0 ? alone(set, only) : set;
  const { wasm, data, entrypoints } = await compilePolicies(needed, options);
  const engine = openEngine(wasm, { data });
  return (example: PolicyExample): PolicyAccount['examples'][number] => {
    const { policy, name, file, base, difference, dossier, problem } = example;
    const entrypoint = entrypoints[policy.id];
    const known = { name, file, base, difference };
    if (problem !== undefined) return { ...known, outcome: 'error', says: [problem] };
    if (entrypoint === undefined)
      return { ...known, outcome: 'error', says: ['the policy does not compile'] };
    try {
      return { ...known, ...saidIn(engine.evaluate(entrypoint, dossier)) };
    } catch (error) {
      return { ...known, outcome: 'error', says: [error instanceof Error ? error.message : String(error)] };
    }
  };
}

function alone(set: PolicySet, policy: Policy): PolicySet {
  const declared = set.declared.filter((one) => one.policy.id === policy.id);
  const [first] = declared;
  if (first === undefined) return set;
  const links = moduleLinks({ ...set.sound, ...generatedModules(declared, set.sound) });
  const used = moduleClosure(links, `keyproof/policy/${policy.id}.rego`);
  const sound = Object.entries(set.sound).filter(([module]) => module in used);
  return { ...set, declared, sound: Object.fromEntries(sound), policies: [policy], faults: [] };
}

/** A result as the generated Rego makes it; nothing is taken for granted of a policy from outside. */
type Result = { outcome?: string; violations?: unknown[]; missing?: unknown[]; reasons?: unknown[] };

function saidIn(result: JsonValue | undefined): { outcome: string; says: string[] } {
  if (result === undefined) return { outcome: 'error', says: ['the policy gave no result'] };
  const { outcome, violations = [], missing = [], reasons = [] } = result as Result;
  const said = outcome === 'fail' ? violations.map(messageOf) : [...missing, ...reasons].map(String);
  return { outcome: String(outcome), says: said.sort() };
}

function messageOf(violation: unknown): string {
  const isObject = typeof violation === 'object' && violation !== null && 'message' in violation;
  return String(isObject ? violation.message : violation);
}
