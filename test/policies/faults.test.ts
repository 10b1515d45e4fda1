import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../dist/opa/index.js';
import {
  allProblems,
  compilePolicies,
  faultSentence,
  loadPolicies,
  problemSentence,
  testPolicies,
} from '../../dist/policies/index.js';
import { dataPathsOf, overlap, packageOf } from '../../src/policies/module-text.js';
import { moduleRoots } from '../../src/policies/read-modules.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

/** A policy `id` in package `bank.<id>` with further lines. */
const policy = (id: string, rest: string, custom = ''): string => `# METADATA
# title: Of ${id}
# description: For tests.
# custom:
#   id: ${id}
#   severity: high
#   subject: key
#   requires: []
#   remediation: None.${custom}
package bank.${id.replaceAll('-', '_')}

${rest}
`;

const BAD = 'violations contains {"message": "m", "facts": {}, "records": []} if ';
const LIBRARY = 'package bank.lib.limits\n\ndays := 90\n';

let scratch = '';

describeUnlessProved('faults of policies from outside', import.meta.url, PROGRAM_FILES, () => {
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'keyproof-faults-'));
  });

  afterAll(() => rm(scratch, { recursive: true, force: true }));

  async function folder(name: string, files: Record<string, string>): Promise<string> {
    const dir = join(await mkdtemp(join(scratch, 'set-')), name);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    return dir;
  }

  async function load(files: Record<string, string>, overrides = {}) {
    const dir = await folder('own', files);
    return loadPolicies([{ dir, builtIn: false }], { overrides, cacheDir: scratch });
  }

  async function compiled(set: Awaited<ReturnType<typeof load>>) {
    const [only, ...others] = await compilePolicies(set, { cacheDir: scratch });
    if (only === undefined || others.length > 0) throw new Error('not one module');
    return only;
  }

  const faultsOf = (set: Awaited<ReturnType<typeof load>>) =>
    Object.fromEntries(set.faults.map((fault) => [fault.policy.id, faultSentence(fault)]));

  describe('a policy from outside that does not compile', () => {
    it.each([
      ['http.send({}).x', 'own/a.rego:12:69: http.send cannot be used here: an audit has no network'],
      [
        'time.now_ns() > 1',
        'own/a.rego:12:69: time.now_ns cannot be used here: an audit has no clock: use input.as_of.ms',
      ],
      ['input.key.name == nothing', 'own/a.rego:12:69: var nothing is unsafe'],
      ['1 + "one" == 2', 'own/a.rego:12:69: plus: invalid argument(s)'],
      ['no_such_function(1)', 'own/a.rego:12:69: undefined function no_such_function'],
    ])("%s is its fault, with the place, and no other policy's", async (body, sentence) => {
      const set = await load({
        'a.rego': policy('bad-one', BAD + body),
        'b.rego': policy('good-one', `${BAD}input.n == 1`),
      });
      expect(set.policies.map(({ id }) => id)).toEqual(['bad-one', 'good-one']);
      expect(set.problems).toEqual([]);
      expect(faultsOf(set)['bad-one']).toContain(sentence);
      expect(set.faults[0]?.problems[0]?.sourceLine).toContain(body);
      const { entrypoints, faults, wasm } = await compiled(set);
      expect([...entrypoints.keys()]).toEqual(['good-one']);
      expect([...faults.keys()]).toEqual(['bad-one']);
      const answer = openEngine(wasm).evaluate('keyproof/subject/key/evaluation', {
        subject: { id: 'k' },
        n: 2,
      });
      expect(answer).toEqual({ id: 'k', results: { 'good-one': { outcome: 'pass' } } });
    });

    it('finds what shows only once the first fault is set aside', async () => {
      const set = await load({
        'a.rego': policy('first', `${BAD}1 + "one" == 2`),
        'b.rego': policy('second', `${BAD}input.name == nothing`),
        'c.rego': policy('third', 'x := y\n\ny := x\n\nviolations contains "m" if x'),
      });
      expect(Object.keys(faultsOf(set))).toEqual(['first', 'second', 'third']);
    });

    it('takes down the policies that use a broken library, and says which, and no others', async () => {
      const set = await load({
        'lib.rego': `${LIBRARY}\nbroken := 1 + "one"\n`,
        'via.rego': 'package bank.lib.via\n\nimport data.bank.lib.limits\n\nlimit := limits.days\n',
        'a.rego': policy('by-import', `import data.bank.lib.limits\n\n${BAD}input.n > limits.days`),
        'b.rego': policy('by-name', `${BAD}input.n > data.bank["lib"].limits.days`),
        'c.rego': policy('through-another', `import data.bank.lib.via\n\n${BAD}input.n > via.limit`),
        'd.rego': policy('by-any-name', `${BAD}{\n\tsome name\n\tdata[name].lib.limits.days\n}`),
        'e.rego': policy('not-at-all', `# data.bank.lib.limits\n${BAD}input.n == "data.bank.lib.limits"`),
      });
      expect(Object.keys(faultsOf(set))).toEqual(['by-any-name', 'by-import', 'by-name', 'through-another']);
      expect(faultsOf(set)['by-import']).toBe(
        'own/a.rego:12: uses own/lib.rego, which is left out: own/lib.rego:5:11: plus: invalid argument(s)',
      );
      expect(faultsOf(set)['through-another']).toContain('uses own/lib.rego, which is left out');
      expect(set.problems.map(problemSentence)).toEqual(['own/lib.rego:5:11: plus: invalid argument(s)']);
    });

    it('takes down a policy whose package goes on in a broken file', async () => {
      const set = await load({
        'a.rego': policy('in-two', `${BAD}limit > 1`),
        'b.rego': 'package bank.in_two\n\nlimit := 1 + "one"\n',
      });
      expect(Object.keys(faultsOf(set))).toEqual(['in-two']);
    });

    it('names what does not parse, and keeps the thresholds of a rule it cannot see', async () => {
      const set = await load(
        {
          'a.rego': 'package bank.a\n\nviolations contains {',
          'b.rego': policy('good-one', `${BAD}input.n == 1`),
        },
        { 'not-seen': { params: { days: 1 }, by: 'ciso', reason: 'stricter' } },
      );
      expect(set.policies.map(({ id }) => id)).toEqual(['good-one']);
      expect(problemSentence(allProblems(set)[0] ?? { file: '', row: 0, message: '' })).toMatch(
        /^own\/a\.rego:3(:\d+)?: /,
      );
    });

    it('names what ends the toolchain itself, and keeps the rest', async () => {
      const deep = `package deep\n\ndeny contains "x" if y\n\ny := ${'['.repeat(200_000)}${']'.repeat(200_000)}\n`;
      const set = await load({
        'a.rego': deep,
        'a_test.rego': 'package deep_test\n\nimport data.deep\n\ntest_y if deep.y\n',
        'b.rego': policy('good-one', `${BAD}input.n == 1`),
      });
      expect(set.policies.map(({ id }) => id)).toEqual(['good-one']);
      expect(set.problems.map(problemSentence)).toEqual([
        'own/a.rego:1: the OPA toolchain stopped (versions): RangeError: Maximum call stack size exceeded',
      ]);
      expect(Object.keys(set.sound)).toEqual(['own/b.rego']);
    });

    it('takes Rego of before version 1 as it is, and its faults too', async () => {
      const set = await load({
        'a.rego': 'package main\n\ndeny[msg] { msg := "x" }\n',
        'b.rego': 'package other\n\ndeny[msg] { msg := time.now_ns() }\n',
      });
      expect(set.problems).toEqual([]);
      expect(set.policies.map(({ id, regoVersion }) => [id, regoVersion])).toEqual([
        ['main-deny', 'v0'],
        ['other-deny', 'v0'],
      ]);
      expect(faultsOf(set)['other-deny']).toMatch(/^own\/b\.rego:3:20: time\.now_ns cannot be used here/);
    });

    it.each([
      ['UTF-16', 'utf16le', 'It is in UTF-16, and UTF-8 is expected; save it as UTF-8.'],
      ['Latin-1', 'latin1', 'Line 2 is not in UTF-8, which is expected; save it as UTF-8.'],
    ] as const)('leaves a file in %s to its own outcome, with what it is', async (_, encoding, message) => {
      const dir = await folder('own', { 'good.rego': policy('good', `${BAD}input.n == 1`) });
      const text = policy('other', `${BAD}input.n == 1`).replace('Of other', 'Of a naïve one');
      await writeFile(join(dir, 'other.rego'), Buffer.from(text, encoding));
      const set = await loadPolicies([{ dir, builtIn: false }], { overrides: {}, cacheDir: scratch });
      expect(set.units.flatMap(({ declared }) => declared.map((one) => one.policy.id))).toEqual(['good']);
      expect(set.faults.map(({ policy: { id }, problems }) => [id, problems])).toEqual([
        ['other', [{ file: 'own/other.rego', row: 1, message }]],
      ]);
      expect(set.problems).toEqual([]);
    });

    it('finds METADATA behind a byte-order mark', async () => {
      const set = await load({ 'a.rego': `\uFEFF${policy('marked', `${BAD}input.n == 1`)}` });
      expect(set.policies.map(({ id }) => id)).toEqual(['marked']);
      expect(set.problems).toEqual([]);
    });

    it('does not let a stranger add to a package of keyproof, nor take an id of its own', async () => {
      const own = await folder('rules', {
        'rotation/real/real.rego': policy('real', 'violations contains "m" if false')
          .replace('package bank.real', 'package policies.rotation.real')
          .replace(
            '# custom:',
            '# schemas:\n#   - input: schema["dossier-key"]\n# custom:\n#   action: Mend the record\n#   effort: process\n#   closed_by: The record shows it.',
          ),
      });
      const dir = await folder('own', {
        'a.rego': 'package policies.rotation.real\n\nviolations contains "planted" if true\n',
        'b.rego': policy('real', `${BAD}input.n == 1`),
      });
      const set = await loadPolicies(
        [
          { dir, builtIn: false },
          { dir: own, builtIn: true },
        ],
        { overrides: {}, cacheDir: scratch },
      );
      expect(set.problems.map(problemSentence)).toEqual([
        "own/a.rego:1: Package policies.rotation.real is keyproof's own; give yours another name.",
        'own/b.rego:1: The id real is taken by policies.rotation.real.',
      ]);
      expect(set.policies.map(({ domain }) => domain)).toEqual(['rotation']);
      const { wasm, entrypoints } = await compiled(set);
      expect(openEngine(wasm).evaluate(entrypoints.get('real') ?? '', {})).toEqual({ outcome: 'pass' });
    });

    it("stops the run for a fault of keyproof's own", async () => {
      const dir = await folder('rules', { 'a.rego': 'package lib.a\n\nx := 1 + "one"\n' });
      await expect(
        loadPolicies([{ dir, builtIn: true }], { overrides: {}, cacheDir: scratch }),
      ).rejects.toThrow('rules/a.rego:3:6: plus');
    });

    it('is a failed check of policy test; the tests and examples of the others run', async () => {
      const set = await load({
        'a.rego': policy('bad-one', `${BAD}time.now_ns() > 1`),
        'a_test.rego':
          'package bank.bad_one_test\n\nimport data.bank.bad_one\n\ntest_a if bad_one.violations\n',
        'b.rego': policy('good-one', `${BAD}input.n == 1`),
        'b_test.rego':
          'package bank.good_one_test\n\nimport data.bank.good_one\n\ntest_b if count(good_one.violations) == 1 with input.n as 1\n',
      });
      const run = await testPolicies(set, { cacheDir: scratch });
      expect(run.results.map(({ kind, policy: id, outcome }) => `${kind} ${id} ${outcome}`)).toEqual([
        'check bad-one fail',
        'rego good-one pass',
      ]);
    });
  });

  describe('reading a source without a parser', () => {
    it('finds the package below comments and blank lines', () => {
      expect(packageOf('# package no\n\n  # METADATA\r\n\npackage a.b["c-d"] # x\n')).toEqual([
        'a',
        'b',
        'c-d',
      ]);
      expect(packageOf('x := 1\npackage a')).toBeUndefined();
    });

    it.each([
      ['import data.a.b as c', [['a', 'b']]],
      ['x := data["a-b"].c[y]', [['a-b', 'c']]],
      ['x := data[y]', [[]]],
      ['x := data["p\\u0061ge"].b', [['page', 'b']]],
      ['x := data[`a-b`].c', [['a-b', 'c']]],
      ['x := data[ "a-b" ].c', [['a-b', 'c']]],
      ['x := data["\\q"].c', [['\\q', 'c']]],
      ['x := input.data.a + metadata.b + database.c', []],
      ['x := "data.a" # data.b', []],
      ['x := `data.a`', []],
      ['x := $"{data.a}"', [['a']]],
      ['x := "\\"" + data.a', [['a']]],
    ])('%s names %j', (source, paths) => {
      expect(dataPathsOf(source)).toEqual(paths);
    });

    it('is quick on any text', () => {
      fc.assert(
        fc.property(
          fc.string({
            unit: fc.constantFrom(
              '"',
              '`',
              '\\',
              '#',
              '\n',
              ' ',
              '\t',
              'data',
              '.a',
              '["a"]',
              '$',
              'package',
            ),
          }),
          (text) => {
            packageOf(text);
            expect(dataPathsOf(text).every((path) => overlap([], path))).toBe(true);
          },
        ),
      );
    });

    it('compares paths part by part', () => {
      expect(overlap(['a'], ['a', 'b'])).toBe(true);
      expect(overlap(['a', 'b'], ['a'])).toBe(true);
      expect(overlap(['a', 'b'], ['a', 'c'])).toBe(false);
      expect(overlap(['ab'], ['a'])).toBe(false);
    });
  });

  it('leaves a folder the name its owner gave it', () => {
    const at = (dir: string, builtIn = false) => ({ dir, builtIn });
    expect(moduleRoots([at('/k/policies', true), at('/x/own'), at('/y/own')])).toEqual([
      'policies',
      'own',
      'own-2',
    ]);
    expect(moduleRoots([at('/k/policies', true), at('/x/policies')])).toEqual([
      'keyproof-policies',
      'policies',
    ]);
  });
});
