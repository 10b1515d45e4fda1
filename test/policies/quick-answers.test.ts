import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../dist/opa/index.js';
import { toObservation } from '../../src/evaluate/to-observation.js';
import type { CompiledPolicies } from '../../src/model/index.js';
import { builtRuleBook, policyFolders, readJson } from './rule-book.js';

/** Answers of the rule book are not asked for again in OPA's order of sets: its facts are to be the same without. */
let compiled: CompiledPolicies;
let engine: Engine;

beforeAll(async () => {
  ({ compiled, engine: engine } = await builtRuleBook());
});

it.each(policyFolders())('$name says the same quickly', ({ metadata: { custom }, url, examples }) => {
  const entrypoint = compiled.entrypoints.get(custom.id) ?? '';
  const subject = { kind: 'key', id: 'subject-1' } as const;
  for (const file of examples) {
    const bytes = new TextEncoder().encode(JSON.stringify(readJson(new URL(`examples/${file}`, url))));
    const [quick] = engine.evaluateRaw(bytes, entrypoint) as { result: { outcome: string } }[];
    expect(file.startsWith(quick?.result.outcome ?? 'no outcome'), file).toBe(true);
    const exact = engine.evaluate(entrypoint, bytes);
    expect(toObservation(custom, subject, quick?.result), file).toEqual(
      toObservation(custom, subject, exact),
    );
  }
});
