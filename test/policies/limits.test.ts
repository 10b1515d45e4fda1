import { expect, it } from 'vitest';
import { type Engine, openEngine } from '../../dist/opa/index.js';
import type { CompiledPolicies, Policy } from '../../src/model/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type Answer, elementAnswers } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';
import { builtRuleBook } from './built-rule-book.js';
import { exampleDossier, policyFolders } from './rule-book.js';

/**
 * Whoever makes limits stricter finds no less, and whoever makes them looser finds no more: of no policy and no element does a
 * failure pass by a stricter limit, or what passed fail by a looser one. All limits of the rule book are changed at once.
 */

type Value = number | string | boolean | null | Value[] | { [name: string]: Value };

/** What gets worse from left to right; what does not apply is as clean as what passes. */
const WORSE = ['pass', 'no-evidence', 'fail'];

const rank = (outcome: string) => Math.max(WORSE.indexOf(outcome), 0);

/** Params that are no limit: what time a policy looks at, and how much of a log there must be before it says something. */
const NO_LIMIT =
  /\.(lookback_days|busy_minutes|from_hour|to_hour|year_days|half_year_days|justify_above_days|min_events)$|^(access-scopes-used|mon-[a-z-]+)\.min_days$/;

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

/** The engine with every limit times a factor; below 1 is stricter. */
function engineWith({ data }: CompiledPolicies, module: WebAssembly.Module, factor: number): Engine {
  const params = (data as { params: { [id: string]: { [name: string]: Value } } }).params;
  const changed = Object.entries(params).map(([id, own]) => [
    id,
    Object.fromEntries(
      Object.entries(own).map(([name, value]) => [name, scaled(`${id}.${name}`, value, factor)]),
    ),
  ]);
  return openEngine(module, { data: { ...(data as object), params: Object.fromEntries(changed) } as never });
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

describeUnlessProved('a limit of one’s own', import.meta.url, PROGRAM_FILES, () => {
  it.each([
    { factor: 0.01, way: 'stricter' },
    { factor: 0.5, way: 'stricter' },
    { factor: 0.97, way: 'stricter' },
    { factor: 1.03, way: 'looser' },
    { factor: 2, way: 'looser' },
    { factor: 50, way: 'looser' },
  ])('$way by $factor turns no outcome the other way', async ({ factor, way }) => {
    const { set, compiled, engine } = await builtRuleBook();
    const module = new WebAssembly.Module(compiled.wasm as Uint8Array<ArrayBuffer>);
    const other = engineWith(compiled, module, factor);
    const examples = policyFolders().flatMap((folder) => {
      const policy = set.policies.find(({ id }) => id === folder.metadata.custom.id);
      const entrypoint = compiled.entrypoints.get(folder.metadata.custom.id) ?? '';
      return policy === undefined
        ? []
        : folder.examples.map((file) => ({
            policy,
            file,
            entrypoint,
            dossier: exampleDossier(folder, file),
          }));
    });
    const wrong: string[] = [];
    let moved = 0;
    for (const example of examples) {
      const after = outcomesOf(other, example);
      for (const [name, was] of outcomesOf(engine, example)) {
        const is = after.get(name) ?? 'none';
        if (is !== was) moved += 1;
        if (way === 'stricter' ? !noBetter(was, is, after.get(example.policy.id)) : rank(is) > rank(was))
          wrong.push(`${example.file}: ${name} ${was} -> ${is}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(moved).toBeGreaterThan(0);
  });
});
