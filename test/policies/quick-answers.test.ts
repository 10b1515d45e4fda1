import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../dist/opa/index.js';
import { type CompiledPolicies, compilePolicies, loadPolicies } from '../../dist/policies/index.js';
import { toObservation } from '../../src/evaluate/to-observation.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { exampleDossier, policiesRoot, policyFolders } from './rule-book.js';

/** Answers of the rule book are not asked for again in OPA's order of sets: its facts are to be the same without. */
let compiled: CompiledPolicies;
let engine: Engine;

describeUnlessProved('the rule book, quickly', import.meta.url, PROGRAM_FILES, () => {
  beforeAll(async () => {
    const set = await loadPolicies([{ dir: fileURLToPath(policiesRoot), builtIn: true }], { overrides: {} });
    compiled = await compilePolicies(set);
    engine = openEngine(compiled.wasm, { data: compiled.data });
  });

  it.each(policyFolders())('$name says the same quickly', (folder) => {
    const { custom } = folder.metadata;
    const entrypoint = compiled.entrypoints[custom.id] ?? '';
    const subject = { kind: 'key', id: 'subject-1' } as const;
    for (const file of folder.examples) {
      const bytes = new TextEncoder().encode(JSON.stringify(exampleDossier(folder, file)));
      const [quick] = engine.evaluateRaw(bytes, entrypoint) as { result: { outcome: string } }[];
      expect(file.startsWith(quick?.result.outcome ?? 'no outcome'), file).toBe(true);
      const exact = engine.evaluate(entrypoint, bytes);
      expect(toObservation(custom, subject, quick?.result), file).toEqual(
        toObservation(custom, subject, exact),
      );
    }
  });
});
