import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../dist/opa/index.js';
import { compilePolicies, loadPolicies } from '../../dist/policies/index.js';
import type { CompiledPolicies } from '../../src/model/index.js';
import { inputPathsOf } from '../../src/policies/module-text.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { fieldsRead } from './named-members.js';
import { exampleDossier, policiesRoot, policyFolders } from './rule-book.js';

describe('the paths below input that a source names', () => {
  const CASES: readonly (readonly [what: string, source: string, paths: string[]])[] = [
    ['fields', 'p if input.key.status == "active"', ['key.status']],
    ['a field in brackets', 'p if input["key"].status', ['key.status']],
    ['up to what is worked out', 'p if input.grants.records[_].action', ['grants.records']],
    ['an import', 'import input.rotations as r', ['rotations']],
    ['a field asked for with a value in its place', 'p := object.get(input.key, "type", null)', ['key.type']],
    ['the record if the field is worked out', 'p := object.get(input.key, name, null)', ['key']],
    ['nothing in comments and texts', '# input.key\np := "input.owner" if `input.vendor`', []],
    ['nothing of another document', 'p if data.input.key', []],
    ['nothing of a longer name', 'p if input_key.status', []],
    ['the whole when it is handed on', 'p if f(input)', ['']],
    ['the whole when asked by a name worked out', 'p if input[x]', ['']],
    ['the whole when it gets another name', 'import input as dossier', ['']],
    ['the whole when a text has expressions in it', 'p := $"of {input.owner}"', ['']],
  ];

  it.each(CASES)('%s', (_, source, paths) => {
    expect(inputPathsOf(source).map((path) => path.join('.'))).toEqual(paths);
  });

  it('are never fewer because of comments and texts around them', () => {
    const around = fc.constantFrom(
      '',
      '# a "comment\n',
      '"text # no comment"\n',
      '`raw "\n# text`\n',
      '"\\" escaped"\n',
    );
    fc.assert(
      fc.property(fc.array(around), fc.array(around), (before, after) => {
        const source = `${before.join('')}p if input.leaks.total > 0\n${after.join('')}`;
        expect(inputPathsOf(source)).toEqual([['leaks', 'total']]);
      }),
    );
  });
});

describeUnlessProved('what a policy is said to read', import.meta.url, PROGRAM_FILES, () => {
  let compiled: CompiledPolicies;
  let engine: Engine;

  beforeAll(async () => {
    const set = await loadPolicies([{ dir: fileURLToPath(policiesRoot), builtIn: true }], { overrides: {} });
    const [ruleBook] = await compilePolicies(set);
    if (ruleBook === undefined) throw new Error('The rule book was not compiled.');
    compiled = ruleBook;
    engine = openEngine(compiled.wasm, { data: compiled.data });
  });

  it.each(policyFolders())('$name: nothing else changes its answer', (folder) => {
    const { id } = folder.metadata.custom;
    const entrypoint = compiled.entrypoints.get(id) ?? '';
    const reads = compiled.policies.find((policy) => policy.id === id)?.reads ?? [];
    for (const file of folder.examples) {
      const dossier = exampleDossier(folder, file) as Record<string, unknown>;
      const bare = Object.entries(dossier).map(([member, value]) => [
        member,
        otherwise(reads, member, value),
      ]);
      expect(engine.evaluate(entrypoint, Object.fromEntries(bare)), file).toEqual(
        engine.evaluate(entrypoint, dossier),
      );
    }
  });

  it('has its own modules in it: the rotations that lib.rotation reads for rotation-max-age', () => {
    const reads = compiled.policies.find(({ id }) => id === 'rotation-max-age')?.reads;
    expect(reads).toEqual(expect.arrayContaining(['key.last_rotated', 'rotations.records']));
  });
});

const NOT_TO_BE_READ = 'not to be read';

/** A member of a dossier with another value wherever the policy is not said to read it: the whole, or fields of it. */
function otherwise(reads: readonly string[], member: string, value: unknown): unknown {
  if (member === 'subject') return value;
  if (!reads.some((path) => path.split('.')[0] === member)) return NOT_TO_BE_READ;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = fieldsRead(reads, member, value);
  const others = Object.keys(value).map((field) => [field, NOT_TO_BE_READ]);
  return { ...Object.fromEntries(others), ...Object(kept) };
}
