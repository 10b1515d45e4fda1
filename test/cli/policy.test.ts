import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { SUBJECT_KINDS } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { describeWithGit } from '../support/git.js';

const STORY = ['test/cases/unsupported-built-in/**'];

const scratch = (): string => mkdtempSync(join(tmpdir(), 'keyproof-policy-'));
const broken = fileURLToPath(new URL('../cases/unsupported-built-in/policies', import.meta.url));

function write(dir: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

describeWithGit('policy new', import.meta.url, STORY, () => {
  const dir = scratch();

  beforeAll(async () => {
    for (const kind of SUBJECT_KINDS) {
      const run = await keyproof(['policy', 'new', `${kind}-naming`, '--dir', 'own', '--subject', kind], {
        cwd: dir,
      });
      expect(run.code, run.stderr).toBe(0);
    }
  });

  test('what it writes for every kind of subject passes check, fmt and test as it is', async () => {
    expect(await keyproof(['policy', 'check', 'own'], { cwd: dir })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+ policies, no errors\n$/),
    });
    expect(await keyproof(['policy', 'fmt', '--check', 'own'], { cwd: dir })).toMatchObject({
      code: 0,
      stdout: '',
    });
    const run = await keyproof(['policy', 'test', 'own', '--filter', '-naming'], { cwd: dir });
    expect(run).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+ passed, 0 failed; 100\.0 % of policy lines covered\n$/),
    });
  });

  test.each([
    ['Key_Naming', 'a rule id is lower-case words with hyphens'],
    ['key-naming', 'exists already'],
  ])('refuses %s', async (id, sentence) => {
    const run = await keyproof(['policy', 'new', id, '--dir', 'own'], { cwd: dir });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(sentence);
  });
});

describeWithGit('policy check', import.meta.url, STORY, () => {
  test('says file, row, column, sentence and the row, and gives the same as JSON', async () => {
    const run = await keyproof(['policy', 'check', broken]);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain(
      'policies/asks_the_clock.rego:15:2: time.now_ns cannot be used here: an audit has no clock: use input.as_of.ms, the date the audit speaks for\n\ttime.now_ns() > 0\n',
    );
    const { errors } = JSON.parse((await keyproof(['policy', 'check', broken, '--json'])).stdout) as {
      errors: object[];
    };
    expect(errors).toContainEqual({
      file: 'policies/unsafe.rego',
      row: 15,
      column: 2,
      message: 'var tier is unsafe',
      sourceLine: '\tinput.key.risk_tier == tier',
      details: [],
    });
  });

  test('finds a misspelt field, an unused variable and METADATA without a schema', async () => {
    const dir = scratch();
    await keyproof(['policy', 'new', 'a-naming', '--dir', dir]);
    await keyproof(['policy', 'new', 'b-naming', '--dir', dir]);
    const rule = join(dir, 'a_naming/a_naming.rego');
    appendFileSync(rule, '\nmissing contains "x" if {\n\tunused := 1\n\tinput.key.nmae == "x"\n}\n');
    const other = join(dir, 'b_naming/b_naming.rego');
    writeFileSync(other, readFileSync(other, 'utf8').replace(/# schemas:\n.*\n/, ''));
    const { stdout } = await keyproof(['policy', 'check', dir]);
    expect(stdout).toContain('undefined ref: input.key.nmae');
    expect(stdout).toContain('METADATA schemas must say "- input: schema["dossier-key"]".');
  });
});

describeWithGit('policy fmt', import.meta.url, STORY, () => {
  const before = 'package a\nx:=1\n';
  const after = 'package a\n\nx := 1\n';

  test('prints, lists, shows the difference, writes', async () => {
    const dir = write(scratch(), { 'a.rego': before, 'b/c.rego': after });
    const fmt = (...args: string[]) => keyproof(['policy', 'fmt', ...args], { cwd: dir });
    expect(await fmt('a.rego')).toMatchObject({ code: 0, stdout: after });
    expect(await fmt('--check')).toMatchObject({ code: 1, stdout: 'a.rego\n' });
    expect((await fmt('--diff')).stdout).toContain('-x:=1\n+\n+x := 1');
    expect(readFileSync(join(dir, 'a.rego'), 'utf8')).toBe(before);
    expect(await fmt('--write')).toMatchObject({ code: 0, stdout: '', stderr: 'a.rego\n' });
    expect(readFileSync(join(dir, 'a.rego'), 'utf8')).toBe(after);
    expect(await fmt('--check')).toMatchObject({ code: 0, stdout: '' });
  });

  test('a file that is not in UTF-8 is named and not written back', async () => {
    const dir = scratch();
    const source = Buffer.from('package bank.own\n\n\n\nname := "Næstved"\n', 'latin1');
    writeFileSync(join(dir, 'own.rego'), source);
    expect(await keyproof(['policy', 'fmt', '--write', 'own.rego'], { cwd: dir })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'own.rego: Line 5 is not in UTF-8, which is expected; save it as UTF-8.',
      ),
    });
    expect(readFileSync(join(dir, 'own.rego'))).toEqual(source);
  });

  test('says where a file does not parse, and that there is none', async () => {
    const dir = write(scratch(), { 'a.rego': 'package a\nx := \n' });
    expect(await keyproof(['policy', 'fmt', dir])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a.rego:'),
    });
    expect(await keyproof(['policy', 'fmt', scratch()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no .rego file'),
    });
  });
});

describeWithGit('Rego of before OPA 1.0', import.meta.url, STORY, () => {
  const old = 'package main\n\ndeny[msg] {\n\tmsg := "x"\n}\n';
  const today = 'package today\n\ndeny contains "y" if false\n';

  test('is listed as such', async () => {
    const dir = write(scratch(), { 'own/a.rego': old, 'own/b.rego': today });
    const run = await keyproof(['policy', 'list', '--policy', 'own'], { cwd: dir });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^Read as Rego v0, of before OPA 1\.0: main-deny\. keyproof policy fmt --v0-v1/m,
    );
    const listed = await keyproof(['policy', 'list', '--policy', 'own', '--json'], { cwd: dir });
    const rows = JSON.parse(listed.stdout) as { id: string; regoVersion?: string }[];
    expect(
      rows.filter(({ regoVersion }) => regoVersion).map(({ id, regoVersion }) => [id, regoVersion]),
    ).toEqual([['main-deny', 'v0']]);
  });

  test('is rewritten on demand, and files of today are left as they are', async () => {
    const dir = write(scratch(), { 'own/a.rego': old, 'own/b.rego': today });
    expect(await keyproof(['policy', 'fmt', '--check', 'own'], { cwd: dir })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('`if` keyword is required'),
    });
    expect(await keyproof(['policy', 'fmt', '--v0-v1', '--write', 'own'], { cwd: dir })).toMatchObject({
      code: 0,
      stderr: 'own/a.rego\n',
    });
    expect(readFileSync(join(dir, 'own/a.rego'), 'utf8')).toBe(
      'package main\n\nimport rego.v1\n\ndeny contains msg if {\n\tmsg := "x"\n}\n',
    );
    expect(readFileSync(join(dir, 'own/b.rego'), 'utf8')).toBe(today);
    expect((await keyproof(['policy', 'list', '--policy', 'own'], { cwd: dir })).stdout).not.toContain(
      'Rego v0',
    );
  });
});

describeWithGit('policy test', import.meta.url, STORY, () => {
  const own = async (): Promise<string> => {
    const dir = scratch();
    await keyproof(['policy', 'new', 'a-naming', '--dir', join(dir, 'own')]);
    await keyproof(['policy', 'new', 'b-naming', '--dir', join(dir, 'own')]);
    return dir;
  };

  test('shows the failing line with its values, a skipped test as skipped, the lines no test ran, and JUnit', async () => {
    const dir = await own();
    const file = join(dir, 'own/a_naming/a_naming_test.rego');
    appendFileSync(file, '\ntest_wrong if {\n\tn := 41\n\tn + 1 == 43\n}\n\ntodo_test_later if false\n');
    appendFileSync(
      join(dir, 'own/a_naming/a_naming.rego'),
      '\nnot_applicable contains "never" if {\n\tinput.subject.id == "never"\n\tinput.subject.kind == "key"\n}\n',
    );
    const run = await keyproof(['policy', 'test', 'own', '--filter', 'a-naming', '--junit', 'out.xml'], {
      cwd: dir,
    });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(
      /^own\/a_naming\/a_naming_test\.rego:\ntest_wrong: FAIL \(line \d+\)\n\n {2}.*n \+ 1 == 43/,
    );
    expect(run.stdout).toContain('todo_test_later: SKIPPED');
    expect(run.stdout).toMatch(/Lines that no Rego test ran:\n {2}own\/a_naming\/a_naming\.rego: 37-39\n/);
    expect(run.stdout).toMatch(/\d+ passed, 1 failed, 1 skipped; \d+\.\d % of policy lines covered\n$/);
    const xml = readFileSync(join(dir, 'out.xml'), 'utf8');
    expect(xml).toMatch(/<testsuite name="a-naming" tests="\d+" failures="1" skipped="1">/);
    expect(xml).toContain('<skipped/>');
    expect(xml).toMatch(/<failure message="[^"]*n \+ 1 == 43"/);
  });

  test('--changed takes what differs from git HEAD, and what uses it', async () => {
    const dir = await own();
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: dir });
    write(dir, { 'own/lib/limits.rego': 'package custom.limits\n\nmost := 3\n' });
    const rule = join(dir, 'own/b_naming/b_naming.rego');
    appendFileSync(rule, '\nmost := data.custom.limits.most\n');
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'policies');
    const tested = async (): Promise<string[]> => {
      const run = JSON.parse(
        (
          await keyproof(['policy', 'test', 'own', '--changed', '--json', '--filter', '-naming'], {
            cwd: dir,
          })
        ).stdout,
      ) as { results: { policy: string }[] };
      return [...new Set(run.results.map(({ policy }) => policy))];
    };
    expect(await tested()).toEqual([]);
    appendFileSync(join(dir, 'own/lib/limits.rego'), '\nleast := 1\n');
    expect(await tested()).toEqual(['b-naming']);
    write(dir, {
      'own/a_naming/examples/pass-more.json': readFileSync(
        join(dir, 'own/a_naming/examples/pass-matching.json'),
        'utf8',
      ),
    });
    expect(await tested()).toEqual(['a-naming', 'b-naming']);
  });

  test('says what is wrong with an example that is no difference, and runs the others', async () => {
    const dir = await own();
    const change = { op: 'replace', path: '/key/nmae', value: 'nb-x' };
    write(dir, { 'own/a_naming/examples/pass-typo.json': JSON.stringify([change]) });
    expect(await keyproof(['policy', 'test', 'own', '--filter', 'a-naming'], { cwd: dir })).toMatchObject({
      code: 1,
      stdout: [
        'a-naming examples:',
        'pass-typo: FAIL',
        '',
        '  a_naming/examples/pass-typo.json: change 1: there is nothing at /key/nmae to replace; "op": "add" adds what is not there; the base is examples/key.json.',
        '',
        '',
        '-'.repeat(80),
        '9 passed, 1 failed; 100.0 % of policy lines covered',
        '',
      ].join('\n'),
    });
  });

  test.each([['test', '--filter', 'uses-broken'], ['list']])(
    '%s says what is wrong with policies that do not compile',
    async (...command) => {
      const run = await keyproof(['policy', ...command, '--policy', broken]);
      expect(run.code).toBe(2);
      expect(`${run.stdout}${run.stderr}`).toContain(
        'time.now_ns cannot be used here: an audit has no clock: use input.as_of.ms',
      );
      expect(`${run.stdout}${run.stderr}`).toContain(
        'policies/uses_broken.rego:14: uses policies/lib/broken.rego, which is left out',
      );
    },
  );
});

describeWithGit('policy eval', import.meta.url, STORY, () => {
  const ask = (query: string, ...args: string[]) => keyproof(['policy', 'eval', query, ...args]);

  test('prints a value, a table of variables, JSON as opa eval has it, and raw text', async () => {
    expect((await ask('1 == 2')).stdout).toBe('false\n');
    expect((await ask('data.nothing')).stdout).toBe('undefined\n');
    expect((await ask('data.nothing', '--format', 'json')).stdout).toBe('{}\n');
    expect((await ask('"a"', '--format', 'raw')).stdout).toBe('a\n');
    expect((await ask('x := [1, 2][i]; y := x == 1')).stdout).toBe(
      '┌───┬───┬───────┐\n│ i │ x │ y     │\n├───┼───┼───────┤\n│ 0 │ 1 │ true  │\n│ 1 │ 2 │ false │\n└───┴───┴───────┘\n',
    );
    expect(JSON.parse((await ask('x := [y | some y in [1]]', '--format', 'json')).stdout)).toEqual({
      result: [
        {
          expressions: [{ value: true, text: 'x := [y | some y in [1]]', location: { row: 1, col: 1 } }],
          bindings: { x: [1] },
        },
      ],
    });
  });

  test('answers what a policy says, and what METADATA says for it', async () => {
    const file = join(scratch(), 'revoked.json');
    writeFileSync(file, '{"key": {"status": "revoked"}}');
    const { stdout } = await ask(
      'data.keyproof.policy.storage_hsm_critical.verdict.not_applicable',
      '--input',
      file,
    );
    expect(JSON.parse(stdout)).toEqual(['the key is revoked']);
  });

  test('takes an example for its whole dossier', async () => {
    const dir = scratch();
    await keyproof(['policy', 'new', 'a-naming', '--dir', join(dir, 'own')]);
    const file = join(dir, 'own/a_naming/examples/fail-not-matching.json');
    const given = ['--policy', join(dir, 'own'), '--input', file];
    expect((await ask('[input.key.name, input.subject.kind]', ...given)).stdout).toBe(
      '[\n  "example",\n  "key"\n]\n',
    );
    writeFileSync(file, '[1]');
    expect(await ask('input', ...given)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'a_naming/examples/fail-not-matching.json: change 1: must be an object with "op" and "path"',
      ),
    });
  });

  test('reads input, data and policies, and refuses what an audit refuses', async () => {
    const dir = write(scratch(), {
      'own/a.rego': 'package own.a\n\nold if input.age > data.limits.days\n',
      'input.json': '{"age": 91}',
      'limits.yaml': 'limits:\n  days: 90\n',
    });
    const given = [
      '--policy',
      join(dir, 'own'),
      '--input',
      join(dir, 'input.json'),
      '--data',
      join(dir, 'limits.yaml'),
    ];
    expect((await ask('data.own.a.old', ...given)).stdout).toBe('true\n');
    expect(await ask('time.now_ns()')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('query:1:1: time.now_ns cannot be used here'),
    });
    expect(await ask('x := 1;\n y == 2')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('query:2:2: var y is unsafe'),
    });
  });
});
