import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Policy } from '../model/index.js';
import { asStored, dossierSchemaName, publishedSchema } from './dossier-schema.js';
import type { PolicySet } from './policy-set.js';
import { schemaValidator } from './schema-validator.js';

/** One dossier a policy is shown with. */
export type PolicyExample = {
  /** Policy it belongs to. */
  policy: Policy;
  /** File name without `.json`. */
  name: string;
  /** Path inside the policy folder. */
  file: string;
  /** Outcome its name announces; undefined where it announces none. */
  expected: string | undefined;
  /** The dossier with what it leaves out filled in as the store writes it; undefined where the file holds none. */
  dossier: Record<string, unknown> | undefined;
  /** Why it is no dossier. */
  problem?: string;
};

const OUTCOMES = ['pass', 'fail', 'no-evidence', 'not-applicable', 'attested'];

/** Reads `examples/*.json` beside each policy. */
export async function readExamples(set: PolicySet, policies: readonly Policy[]): Promise<PolicyExample[]> {
  const all = await Promise.all(policies.map((policy) => examplesOf(set, policy)));
  return all.flat();
}

async function examplesOf(set: PolicySet, policy: Policy): Promise<PolicyExample[]> {
  const builtIn = policy.domain !== 'custom';
  const folders = set.folders.filter((folder) => folder.builtIn === builtIn);
  const { default: fastGlob } = await import('fast-glob');
  const pattern = `${fastGlob.escapePath(dirname(policy.file))}/examples/*.json`;
  const found = folders.map(({ dir }) => fastGlob(pattern, { cwd: dir, absolute: true }));
  const paths = (await Promise.all(found)).flat().sort();
  return Promise.all(paths.map(async (path) => example(policy, path, await readFile(path, 'utf8'))));
}

function example(policy: Policy, path: string, text: string): PolicyExample {
  const name = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
  const expected = OUTCOMES.find((outcome) => name === outcome || name.startsWith(`${outcome}-`));
  const base = { policy, name, file: `${dirname(policy.file)}/examples/${name}.json`, expected };
  try {
    const schema = publishedSchema(dossierSchemaName(policy.subject));
    const dossier = asStored(schema, JSON.parse(text) as Record<string, unknown>);
    const problem = invalid(policy, dossier);
    return problem === undefined ? { ...base, dossier } : { ...base, dossier, problem };
  } catch (error) {
    return { ...base, dossier: undefined, problem: error instanceof Error ? error.message : String(error) };
  }
}

function invalid(policy: Policy, dossier: unknown): string | undefined {
  const validate = schemaValidator(dossierSchemaName(policy.subject));
  if (validate(dossier)) return undefined;
  return (validate.errors ?? [])
    .map((error) => `${error.instancePath || 'dossier'} ${error.message ?? ''}`)
    .join('; ');
}

/** The dossier without the value at a path: the field left out, and the field null. Empty where it has none there. */
export function without(dossier: Record<string, unknown>, path: string): Record<string, unknown>[] {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const change = (edit: (parent: Record<string, unknown>) => void) => {
    const copy = structuredClone(dossier);
    const parent = names.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), copy);
    if (!isRecord(parent) || !(last in parent)) return [];
    edit(parent);
    return [copy];
  };
  return [
    ...change((parent) => delete parent[last]),
    ...change((parent) => {
      parent[last] = null;
    }),
  ];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
