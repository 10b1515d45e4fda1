import { expect, test } from 'vitest';
import { recycling } from '../../dist/evaluate/recycling.js';
import { compile, openEngine } from '../../dist/opa/index.js';

const SOURCE = 'package p\n\ncounted := count([n | some n in numbers.range(1, input.to)])\n';
const dossier = (to: number) => Buffer.from(JSON.stringify({ to }));

test('an evaluation that leaves much memory behind gives it back; one that does not keeps its instance', async () => {
  const { wasm } = await compile({ modules: { 'p.rego': SOURCE }, entrypoints: ['p/counted'] });
  const engine = openEngine(wasm);
  const { quick, exact } = recycling(engine, 2 ** 22);
  for (const run of [quick, exact]) {
    expect(run(dossier(10), 'p/counted')).toBe(10);
    expect(engine.memoryBytes()).toBeGreaterThan(0);
    expect(run(dossier(200_000), 'p/counted')).toBe(200_000);
    expect(engine.memoryBytes()).toBe(0);
  }
  expect(quick(dossier(10), 'p/counted')).toBe(10);
});
