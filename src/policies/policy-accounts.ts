import { type CompiledPolicies, elementsOf, type JsonValue, type Policy } from '../model/index.js';
import { type Engine, openEngine } from '../opa/engine.js';
import { distinctTexts } from '../text/compare-text.js';
import { isObject } from '../text/is-object.js';
import { compileUnit } from './compile-policies.js';
import { dossierSchemaName, pathDescription, publishedSchema } from './dossier-schema.js';
import { type PolicyExample, readExamples } from './examples.js';
import type { JsonChange } from './json-patch.js';
import { narrowedUnit } from './narrow-unit.js';
import { type PolicySet, type PolicyUnit, unitOf } from './policy-set.js';
import { type Concerning, type SaidByPolicy, saidByPolicy } from './said-by-policy.js';

/** A policy with what documentation contains beside its METADATA. */
export type PolicyAccount = {
  /** The policy. */
  policy: Policy;
  /** The fields it requires, with the description of each in the published schema. */
  fields: { path: string; description: string }[];
  /** Its examples by name, each with the policy's result. */
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
    /** Ids of the elements that violations name, sorted; empty if the policy declares none. */
    elements: string[];
  }[];
};

type Options = { cacheDir?: string | false };

/** Returns what the chosen policies of a set are about, their examples evaluated through WebAssembly. */
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

type Engines = Map<PolicyUnit, { engine: Engine; entrypoints: CompiledPolicies['entrypoints'] }>;

async function speaker(set: PolicySet, chosen: readonly Policy[], options: Options) {
  const engines: Engines = new Map();
  for (const unit of set.units) {
    const wanted = chosen.filter(({ id }) => unitOf(set, id) === unit);
    if (wanted.length === 0) continue;
    const { wasm, data, entrypoints } = await compileUnit(
      wanted.length === 1 ? narrowedUnit(unit, wanted) : unit,
      options,
    );
    engines.set(unit, { engine: openEngine(wasm, { data }), entrypoints });
  }
  return (example: PolicyExample): PolicyAccount['examples'][number] => {
    const { policy, name, file, base, difference, dossier, problem } = example;
    const known = { name, file, base, difference, elements: [] };
    if (problem !== undefined) return { ...known, outcome: 'error', says: [problem] };
    const { engine, entrypoints } = engines.get(unitOf(set, policy.id) as PolicyUnit) ?? {};
    const entrypoint = entrypoints?.get(policy.id);
    if (engine === undefined || entrypoint === undefined)
      return { ...known, outcome: 'error', says: ['the policy does not compile'] };
    try {
      return { ...known, ...saidIn(policy, engine.evaluate(entrypoint, dossier)) };
    } catch (error) {
      return { ...known, outcome: 'error', says: [error instanceof Error ? error.message : String(error)] };
    }
  };
}

function saidIn(
  policy: Policy,
  result: JsonValue | undefined,
): { outcome: string; says: string[]; elements: string[] } {
  if (!isObject(result)) return { outcome: 'error', says: ['the policy gave no result'], elements: [] };
  const said = saidByPolicy(result, elementsOf(policy));
  if (typeof said === 'string') return { outcome: 'error', says: [said], elements: [] };
  const { violations, missing, reasons } = said;
  const outcome = String(result['outcome']);
  const texts = outcome === 'fail' ? violations.map(messageOf) : [...missing, ...reasons].map(textOf);
  const elements = policy.elements === undefined ? [] : violations.map(({ element }) => element);
  return { outcome, says: texts.sort(), elements: distinctTexts(elements) };
}

function textOf({ text, elements }: Concerning): string {
  return elements === null ? text : `${text} (${elements.join(', ')})`;
}

function messageOf({ violation }: SaidByPolicy['violations'][number]): string {
  return String(isObject(violation) && 'message' in violation ? violation['message'] : violation);
}
