import { beforeAll, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../dist/opa/index.js';
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

  /** OPA's part in Go takes a second of CPU time to start, in each thread that asks it once. */
  it('asks OPA’s part in Go only to merge several wide networks, and for IPv4 addresses written as IPv6', () => {
    const asked: string[] = [];
    let example = '';
    const noting = (name: string) => [name, () => void asked.push(`${name}: ${example}`)] as const;
    const builtins = Object.fromEntries(['net.cidr_merge', 'regex.replace', 'regex.split'].map(noting));
    const listening = openEngine(compiled.wasm, { data: compiled.data, builtins });
    for (const folder of policyFolders())
      for (const file of folder.examples) {
        example = `${folder.name}/${file}`;
        listening.evaluate(
          compiled.entrypoints.get(folder.metadata.custom.id) ?? '',
          exampleDossier(folder, file),
        );
      }
    expect([...new Set(asked)]).toEqual([
      'net.cidr_merge: gw_ip_allowlist/fail-two-halves-of-all-addresses.json',
      'regex.replace: gw_ip_allowlist/pass-ipv4-written-as-ipv6.json',
    ]);
  });
});
