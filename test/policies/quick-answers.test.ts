import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../dist/opa/index.js';
import { toObservation } from '../../src/evaluate/to-observation.js';
import type { CompiledPolicies } from '../../src/model/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { builtRuleBook } from './built-rule-book.js';
import { exampleDossier, policyFolders } from './rule-book.js';

/** Answers of the rule book are not asked for again in OPA's order of sets: its facts are to be the same without. */
let compiled: CompiledPolicies;
let engine: Engine;

describeUnlessProved('the rule book, quickly', import.meta.url, PROGRAM_FILES, () => {
  beforeAll(async () => {
    ({ compiled, engine } = await builtRuleBook());
  });

  it.each(policyFolders())('$name says the same quickly', (folder) => {
    const { custom } = folder.metadata;
    const entrypoint = compiled.entrypoints.get(custom.id) ?? '';
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
