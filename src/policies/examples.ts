import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { schemaValidator } from '../assets/schemas.js';
import { KeyproofError, type Policy } from '../model/index.js';
import { isObject } from '../text/is-object.js';
import { dossierSchemaName } from './dossier-schema.js';
import { type ExampleBase, exampleContent, subjectBase } from './example-base.js';
import type { JsonChange } from './json-patch.js';
import type { PolicySet } from './policy-set.js';

/** One dossier a policy is shown with. */
export type PolicyExample = {
  /** Policy it belongs to. */
  policy: Policy;
  /** File name without `.json`. */
  name: string;
  /** Path inside the policy folder. */
  file: string;
  /** Outcome its name announces; undefined if it announces none. */
  expected: string | undefined;
  /** File of the dossier that it differs from, relative to the policy folder; null for a whole dossier. */
  base: string | null;
  /** What it changes in the base; null for a whole dossier. */
  difference: JsonChange[] | null;
  /** The dossier with what it leaves out filled in as the store writes it; undefined if the file holds none. */
  dossier: Record<string, unknown> | undefined;
  /** Why it is no dossier. */
  problem?: string;
};

const OUTCOMES = ['pass', 'fail', 'no-evidence', 'not-applicable', 'attested'];

/** Reads `examples/*.json` beside each policy: whole dossiers, or what differs from a base. */
export async function readExamples(set: PolicySet, policies: readonly Policy[]): Promise<PolicyExample[]> {
  const all = await Promise.all(policies.map((policy) => examplesOf(set, policy)));
  return all.flat();
}

async function examplesOf(set: PolicySet, policy: Policy): Promise<PolicyExample[]> {
  const found = await Promise.all(exampleFolders(set, policy).map(jsonFiles));
  const paths = found.flat().filter((path) => basename(path) !== BASE);
  return Promise.all(paths.map((path) => example(policy, path)));
}

/**
 * Reads the dossier of an example, or of a policy's base, by its path.
 *
 * @returns undefined for a file that no policy of the set has as an example.
 * @throws KeyproofError for one that holds no dossier.
 */
export async function exampleDossier(
  set: PolicySet,
  path: string,
): Promise<Record<string, unknown> | undefined> {
  const folder = dirname(resolve(path));
  const policy = set.policies.find((one) => exampleFolders(set, one).includes(folder));
  if (policy === undefined) return undefined;
  const { dossier, problem } = await example(policy, resolve(path));
  if (dossier === undefined) throw new KeyproofError(problem ?? `${path}: is no dossier.`);
  return dossier;
}

const BASE = 'base.json';

function exampleFolders({ folders }: PolicySet, policy: Policy): string[] {
  const builtIn = policy.domain !== 'custom';
  return folders
    .filter((folder) => folder.builtIn === builtIn)
    .map(({ dir }) => join(dir, dirname(policy.file), 'examples'));
}

async function jsonFiles(folder: string): Promise<string[]> {
  const { default: fastGlob } = await import('fast-glob');
  const paths = await fastGlob('*.json', { cwd: folder, absolute: true });
  return paths.sort();
}

/**
 * Returns what a file beside a policy differs from: the base of its folder, if there is one and it is not the file
 * itself.
 */
async function baseOf(policy: Policy, path: string): Promise<ExampleBase> {
  const base = subjectBase(policy.subject);
  const own = join(dirname(path), BASE);
  if (own === path || !existsSync(own)) return base;
  const file = fileOf(policy, own);
  return { file, dossier: exampleContent(policy.subject, base, file, await readFile(own, 'utf8')).dossier };
}

function fileOf(policy: Policy, path: string): string {
  return posix.join(posix.dirname(policy.file), 'examples', basename(path));
}

async function example(policy: Policy, path: string): Promise<PolicyExample> {
  const name = basename(path, '.json');
  const file = fileOf(policy, path);
  const expected = OUTCOMES.find((outcome) => name === outcome || name.startsWith(`${outcome}-`));
  const known = { policy, name, file, expected };
  try {
    const base = await baseOf(policy, path);
    const text = await readFile(path, 'utf8');
    const { dossier, difference } = exampleContent(policy.subject, base, file, text);
    const problem = invalid(policy, dossier);
    const content = { ...known, base: difference === null ? null : base.file, difference, dossier };
    return problem === undefined ? content : { ...content, problem };
  } catch (error) {
    return { ...known, base: null, difference: null, dossier: undefined, problem: messageOf(error) };
  }
}

function invalid(policy: Policy, dossier: unknown): string | undefined {
  const validate = schemaValidator(dossierSchemaName(policy.subject));
  if (validate(dossier)) return undefined;
  return (validate.errors ?? [])
    .map((error) => `${error.instancePath || 'dossier'} ${error.message ?? ''}`)
    .join('; ');
}

/**
 * Returns the dossier without the value at a path: the field left out, and the field null. Empty if it has none there.
 */
export function without(dossier: Record<string, unknown>, path: string): Record<string, unknown>[] {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const change = (edit: (parent: Record<string, unknown>) => void) => {
    const copy = structuredClone(dossier);
    const parent = names.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), copy);
    if (!isObject(parent) || !(last in parent)) return [];
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
