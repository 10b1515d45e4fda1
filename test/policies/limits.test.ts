import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { buildPlan } from '../../dist/config/index.js';
import { type Engine, openEngine } from '../../dist/opa/index.js';
import { compilePolicies, loadPolicies } from '../../dist/policies/index.js';
import type { CompiledPolicies, Policy } from '../../src/model/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type Answer, elementAnswers } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';
import { builtRuleBook } from './built-rule-book.js';
import { exampleDossier, policiesRoot, policyFolders } from './rule-book.js';

/**
 * Whoever makes limits stricter finds no less, and whoever makes them looser finds no more: of no policy and no element does a
 * failure pass by a stricter limit, or what passed fail by a looser one. All limits of the rule book are changed at once, and each by
 * itself, as keyproof.yaml sets it.
 */

type Value = number | string | boolean | null | Value[] | { [name: string]: Value };

/** What gets worse from left to right; what does not apply is as clean as what passes. */
const WORSE = ['pass', 'no-evidence', 'fail'];

const rank = (outcome: string) => Math.max(WORSE.indexOf(outcome), 0);

/** Params that are no limit: what time a policy looks at, how much of a log there must be before it says something, and what a document must agree with. */
const NO_LIMIT =
  /\.(lookback_days|busy_minutes|from_hour|to_hour|year_days|half_year_days|justify_above_days|min_events)$|^rotation-tra-documented\.presets$|^(access-scopes-used|mon-[a-z-]+)\.min_days$/;

/** A floor is stricter the higher it is, any other limit the lower it is. */
const scaled = (name: string, value: Value, factor: number): Value => {
  if (NO_LIMIT.test(name)) return value;
  if (typeof value === 'number') return name.includes('.min_') ? value / factor : value * factor;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'number' ? scaled(name, inner, factor) : inner,
    ]),
  );
};

type Params = { [id: string]: { [name: string]: Value } };

/** Every limit times a factor; below 1 is stricter. */
function scaledParams(params: Params, factor: number): Params {
  const rules = Object.entries(params).map(([id, own]) => {
    const limits = Object.entries(own).map(
      ([name, value]) => [name, scaled(`${id}.${name}`, value, factor)] as const,
    );
    return [id, Object.fromEntries(limits.filter(([name, value]) => !same(value, own[name])))] as const;
  });
  return Object.fromEntries(rules.filter(([, own]) => Object.keys(own).length > 0));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The parameters that an audit has by a keyproof.yaml which sets some. */
async function paramsSet(limits: Params): Promise<Params> {
  const folder = mkdtempSync(join(tmpdir(), 'limits-'));
  const thresholds = Object.fromEntries(
    Object.entries(limits).map(([id, params]) => [
      id,
      { params, by: 'CISO', reason: 'risk analysis of 2026' },
    ]),
  );
  try {
    writeFileSync(
      join(folder, 'keyproof.yaml'),
      JSON.stringify({ organisation: 'Northbridge Bank', thresholds }),
    );
    const plan = buildPlan({ paths: [folder], cwd: folder, nowMs: 0 });
    const folders = [{ dir: fileURLToPath(policiesRoot), builtIn: true }];
    const [compiled] = await compilePolicies(await loadPolicies(folders, { overrides: plan.thresholds }));
    if (compiled === undefined) throw new Error('There is no compiled policy.');
    return paramsOf(compiled);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function paramsOf({ data }: CompiledPolicies): Params {
  return (data as { params: Params }).params;
}

/** The engine of the rule book with other parameters. */
function engineWith({ data }: CompiledPolicies, module: WebAssembly.Module, params: Params): Engine {
  return openEngine(module, { data: { ...(data as object), params } as never });
}

/** A document that does not count any more fails its own element; what rested on it is open then. */
function noBetter(was: string, is: string, whole: string | undefined): boolean {
  return rank(is) >= rank(was) || (is === 'no-evidence' && whole === 'fail');
}

type Example = { policy: Policy; file: string; entrypoint: string; dossier: object };

function outcomesOf(engine: Engine, { policy, entrypoint, dossier }: Example): Map<string, string> {
  const answers = new Map([[`${policy.id} it`, engine.evaluate(entrypoint, dossier as never) as Answer]]);
  const all = [...answers, ...elementAnswers(answers, [policy])];
  return new Map(all.map(([name, { outcome }]) => [name.replace(/ it$/, ''), outcome]));
}

async function examplesOf(): Promise<Example[]> {
  const { set, compiled } = await builtRuleBook();
  return policyFolders().flatMap((folder) => {
    const { id } = folder.metadata.custom;
    const policy = set.policies.find((one) => one.id === id);
    const entrypoint = compiled.entrypoints.get(id) ?? '';
    return policy === undefined
      ? []
      : folder.examples.map((file) => ({ policy, file, entrypoint, dossier: exampleDossier(folder, file) }));
  });
}

/** What moved, and what moved the other way. */
function moves(examples: readonly Example[], engine: Engine, other: Engine, way: string) {
  const moved: string[] = [];
  const wrong: string[] = [];
  for (const example of examples) {
    const after = outcomesOf(other, example);
    for (const [name, was] of outcomesOf(engine, example)) {
      const is = after.get(name) ?? 'none';
      const said = `${example.file}: ${name} ${was} -> ${is}`;
      if (is !== was) moved.push(said);
      if (way === 'stricter' ? !noBetter(was, is, after.get(example.policy.id)) : rank(is) > rank(was))
        wrong.push(said);
    }
  }
  return { moved, wrong };
}

describeUnlessProved('a limit of one’s own', import.meta.url, PROGRAM_FILES, () => {
  it.each([
    { factor: 0.01, way: 'stricter' },
    { factor: 0.5, way: 'stricter' },
    { factor: 0.97, way: 'stricter' },
    { factor: 1.03, way: 'looser' },
    { factor: 2, way: 'looser' },
    { factor: 50, way: 'looser' },
  ])('$way by $factor in keyproof.yaml turns no outcome the other way', async ({ factor, way }) => {
    const { compiled, engine } = await builtRuleBook();
    const module = new WebAssembly.Module(compiled.wasm as Uint8Array<ArrayBuffer>);
    const limits = scaledParams(paramsOf(compiled), factor);
    const params = await paramsSet(limits);
    for (const [id, own] of Object.entries(limits)) expect(params[id]).toMatchObject(own);
    // A limit of the entity's that differs from its own analysis contradicts it, whichever is the stricter.
    const examples = (await examplesOf()).filter(({ policy }) => policy.id !== 'rotation-tra-documented');
    const { moved, wrong } = moves(examples, engine, engineWith(compiled, module, params), way);
    expect(wrong).toEqual([]);
    expect(moved.length).toBeGreaterThan(0);
  });

  it.each([
    { factor: 0.2, way: 'stricter' },
    { factor: 5, way: 'looser' },
  ])(
    'each limit alone, $way by $factor, turns no outcome of its policy the other way',
    async ({ factor, way }) => {
      const { compiled, engine } = await builtRuleBook();
      const module = new WebAssembly.Module(compiled.wasm as Uint8Array<ArrayBuffer>);
      const all = paramsOf(compiled);
      const examples = await examplesOf();
      const limits = Object.entries(scaledParams(all, factor)).flatMap(([id, own]) =>
        Object.entries(own).map(([name, value]) => ({ id, name, value })),
      );
      const found = limits.map(({ id, name, value }) => {
        const other = engineWith(compiled, module, { ...all, [id]: { ...all[id], [name]: value } });
        const own = examples.filter(({ policy }) => policy.id === id);
        return { name: `${id}.${name}`, ...moves(own, engine, other, way) };
      });
      expect(found.flatMap(({ name, wrong }) => wrong.map((one) => `${name}: ${one}`))).toEqual([]);
      expect(found.filter(({ moved }) => moved.length > 0).length).toBeGreaterThan(30);
    },
  );
});
