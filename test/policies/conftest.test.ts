import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../dist/opa/index.js';
import {
  compilePolicies,
  evaluateQuery,
  loadPolicies,
  problemSentence,
  testPolicies,
} from '../../dist/policies/index.js';

const cacheDir = mkdtempSync(join(tmpdir(), 'keyproof-cache-'));

function folder(files: Record<string, string>): string {
  const dir = join(mkdtempSync(join(tmpdir(), 'keyproof-conftest-')), 'policy');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

const load = (dir: string) => loadPolicies([{ dir, builtIn: false }], { overrides: {}, cacheDir });

async function results(dir: string, input: object): Promise<Record<string, unknown>> {
  const [compiled] = await compilePolicies(await load(dir), { cacheDir });
  if (compiled === undefined) throw new Error('nothing to compile');
  const { wasm, data, entrypoints, faults } = compiled;
  expect(faults).toEqual(new Map());
  const engine = openEngine(wasm, { data });
  return Object.fromEntries(
    [...entrypoints].map(([id, entrypoint]) => [id, engine.evaluate(entrypoint, input)]),
  );
}

const KEY = { key: { key_id: 'k', source: { file: 'keys.csv', record: 'row 2' } } };
const records = [KEY.key.source];

describeUnlessProved('a folder with conftest conventions', import.meta.url, PROGRAM_FILES, () => {
  it('gives a policy a rule, with severity, title and subject', async () => {
    const { policies, problems } = await load(
      folder({
        'a.rego':
          'package main\n\ndeny contains "d" if true\n\ndeny contains "e" if false\n\nwarn contains "w" if true\n',
        'b.rego':
          '# METADATA\n# custom:\n#   subject: vendor\npackage bank.Access_v2\n\n# METADATA\n# title: Stated\n# custom:\n#   severity: critical\nviolation_old contains "v" if true\n',
      }),
    );
    expect(problems).toEqual([]);
    expect(
      policies.map(({ id, title, severity, subject, package: name }) => [id, title, severity, subject, name]),
    ).toEqual([
      ['bank-access-v2-violation-old', 'Stated', 'critical', 'vendor', 'bank.Access_v2'],
      ['main-deny', 'deny', 'high', 'key', 'main'],
      ['main-warn', 'warn', 'low', 'key', 'main'],
    ]);
  });

  it('turns messages, objects and anything else into violations, and none into a pass', async () => {
    const dir = folder({
      'a.rego':
        'package main\n\ndeny contains "text"\n\ndeny contains {"msg": "object", "days": 3, "more": {"a": 1}}\n\ndeny contains {"no": "msg", "b": {2, 1}}\n\nwarn contains "w" if input.key.key_id == "other"\n\nviolation := ["listed"]\n',
    });
    const got = await results(dir, KEY);
    expect(got['main-deny']).toMatchObject({ outcome: 'fail' });
    expect((got['main-deny'] as { violations: object[] }).violations).toEqual(
      expect.arrayContaining([
        { message: 'text', facts: {}, records },
        { message: 'object', facts: { days: 3, more: '{"a": 1}' }, records },
        { message: '{"b": {1, 2}, "no": "msg"}', facts: {}, records },
      ]),
    );
    expect(got['main-warn']).toEqual({ outcome: 'pass' });
    expect(got['main-violation']).toMatchObject({ outcome: 'fail', violations: [{ message: 'listed' }] });
  });

  it.each([
    ['is true', 'deny if true', ['deny']],
    ['is a message', 'deny := "one"', ['one']],
    ['is an object with a message', 'deny := {"msg": "one", "days": 3}', ['one']],
    ['is a list', 'deny := ["one", {"msg": "two"}]', ['one', 'two']],
    ['is true by message', 'deny[msg] if some msg in ["one", "two"]', ['one', 'two']],
    ['has one constant member', 'deny["one, and no other"] if true', ['one, and no other']],
    ['has messages by name', 'deny["a"] := "one"\n\ndeny["b"] := {"msg": "two"}', ['one', 'two']],
  ])('takes a rule that %s', async (_name, rule, messages) => {
    const got = await results(folder({ 'a.rego': `package main\n\n${rule}\n` }), KEY);
    const { outcome, violations } = got['main-deny'] as {
      outcome: string;
      violations: { message: string }[];
    };
    expect(outcome).toBe('fail');
    expect(violations.map(({ message }) => message).sort()).toEqual(messages);
  });

  it.each([
    'deny := false',
    'deny := []',
    'deny["x"] := false',
    'deny contains "x" if false',
    'deny[msg] if {\n\tsome msg in ["one"]\n\tfalse\n}',
  ])('takes %s for a pass', async (rule) => {
    const got = await results(folder({ 'a.rego': `package main\n\n${rule}\n` }), KEY);
    expect(got).toEqual({ 'main-deny': { outcome: 'pass' } });
  });

  it('keeps exceptions, and required evidence', async () => {
    const dir = folder({
      'a.rego':
        'package main\n\ndeny_old contains "x"\n\n# METADATA\n# custom:\n#   requires: [key.owner]\ndeny_owner contains "y" if input.key.owner == "nobody"\n\nexception contains rules if rules := ["old"]\n',
    });
    expect(await results(dir, KEY)).toEqual({
      'main-deny-old': { outcome: 'not-applicable', reasons: ["the policy's exceptions name this rule"] },
      'main-deny-owner': { outcome: 'no-evidence', missing: ['key.owner'] },
    });
  });

  it('says what is wrong with its METADATA, and what does not compile is its own error', async () => {
    const { problems, faults } = await load(
      folder({
        'a.rego': 'package a\n\n# METADATA\n# custom:\n#   severity: hihg\ndeny contains "x"\n',
        'b.rego': 'package b\n\ndeny contains "x" if http.send({}).x\n',
      }),
    );
    expect(problems.map(problemSentence)).toEqual([
      'policy/a.rego:6: METADATA of deny: custom.severity must be one of critical, high, medium, low.',
    ]);
    expect(faults.map(({ policy }) => policy.id)).toEqual(['b-deny']);
  });
});

/** What conftest policies of before OPA 1.0 are made of. */
const V0 = {
  'main.rego': `package main

import data.lib.keys

default is_production = false

is_production {
	input.key.environment == "production"
}

deny[msg] {
	is_production
	keys.is_ownerless(input.key)
	msg = sprintf("%s must have an owner", [input.key.key_id])
}

deny_networks[{"msg": msg, "networks": input.key.ip_allowlist}] {
	input.key.ip_allowlist[_] == "0.0.0.0/0"
	msg := "open to everyone"
}

warn["a constant message"] {
	input.key.environment == "production"
}

warn[msg] {
	all([input.key.environment == "production", true])
	msg := "in production"
}

violation = "always"

exception[rules] {
	rules := ["networks"]
}
`,
  'lib/keys.rego':
    'package lib.keys\n\nis_ownerless(key) {\n\tnot key.owner\n} else = true {\n\tkey.owner == ""\n}\n',
  'main_test.rego':
    'package main\n\ntest_deny {\n\tdeny["k must have an owner"] with input as {"key": {"key_id": "k", "environment": "production"}}\n}\n',
};

import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

describeUnlessProved('a conftest folder of before OPA 1.0', import.meta.url, PROGRAM_FILES, () => {
  const input = {
    key: { key_id: 'k', environment: 'production', ip_allowlist: ['0.0.0.0/0'], source: records[0] },
  };

  it('is read as it is, its library and its exceptions too', async () => {
    expect(await results(folder(V0), input)).toEqual({
      'main-deny': {
        outcome: 'fail',
        violations: [{ message: 'k must have an owner', facts: {}, records }],
        missing: [],
      },
      'main-deny-networks': {
        outcome: 'not-applicable',
        reasons: ["the policy's exceptions name this rule"],
      },
      'main-violation': {
        outcome: 'fail',
        violations: [{ message: 'always', facts: {}, records }],
        missing: [],
      },
      'main-warn': {
        outcome: 'fail',
        violations: [
          { message: 'a constant message', facts: {}, records },
          { message: 'in production', facts: {}, records },
        ],
        missing: [],
      },
    });
  });

  it('says so of each policy, beside files of today', async () => {
    const { policies, regoVersions, problems } = await load(
      folder({ ...V0, 'today.rego': 'package today\n\ndeny contains "x" if false\n' }),
    );
    expect(problems).toEqual([]);
    expect(policies.map(({ id, regoVersion }) => `${id} ${regoVersion}`)).toEqual([
      'main-deny v0',
      'main-deny-networks v0',
      'main-violation v0',
      'main-warn v0',
      'today-deny undefined',
    ]);
    expect(regoVersions).toEqual({
      'policy/lib/keys.rego': 'v0',
      'policy/main.rego': 'v0',
      'policy/main_test.rego': 'v0',
    });
  });

  it('runs its tests', async () => {
    const { results: tested } = await testPolicies(await load(folder(V0)), { cacheDir });
    expect(tested.filter(({ kind }) => kind === 'rego')).toMatchObject([
      { name: 'test_deny', outcome: 'pass' },
    ]);
  });

  it('answers queries', async () => {
    const { sound, regoVersions, data } = await load(folder(V0));
    const request = { modules: sound, regoVersion: regoVersions, data, input, cacheDir };
    const { result } = await evaluateQuery({ ...request, query: 'data.main.deny' });
    expect(result?.[0]?.expressions[0]?.value).toEqual(['k must have an owner']);
  });
});

describeUnlessProved('a folder with data files', import.meta.url, PROGRAM_FILES, () => {
  const files = {
    'keys.rego':
      'package bank.keys\n\ndeny contains "refused" if input.key.key_id in data.bank.lists.refused\n',
    'bank/lists/data.yaml': 'refused: [k]\n',
  };

  it('is read with its data, which is part of the hash of the policies', async () => {
    expect(await results(folder(files), KEY)).toMatchObject({ 'bank-keys-deny': { outcome: 'fail' } });
    const changed = { ...files, 'bank/lists/data.yaml': 'refused: [l]\n' };
    expect(await results(folder(changed), KEY)).toMatchObject({ 'bank-keys-deny': { outcome: 'pass' } });
    expect((await load(folder(changed))).sha256).not.toBe((await load(folder(files))).sha256);
  });

  it('is read as well if an editor put a byte-order mark before it', async () => {
    const marked = folder({
      'keys.rego': files['keys.rego'],
      'bank/lists/data.json': '\uFEFF{"refused": ["k"]}',
    });
    expect(await results(marked, KEY)).toMatchObject({ 'bank-keys-deny': { outcome: 'fail' } });
  });

  it('of which one cannot be read is refused with a sentence', async () => {
    const broken = folder({ ...files, 'bank/data.json': '{' });
    await expect(load(broken)).rejects.toThrow(/bank\/data\.json cannot be read/);
  });
});

describe('a bundle', () => {
  const files = {
    'bank/keys.rego':
      'package bank.keys\n\ndeny contains "refused" if input.key.key_id in data.bank.lists.refused\n',
    'bank/lists/data.json': '{"refused": ["k"]}',
    'data.json': '{"other": 1}',
    '.manifest': '{"revision": "r1", "roots": [""], "rego_version": 1}',
  };

  async function bundle(content: Record<string, string>): Promise<string> {
    const dir = folder(content);
    const file = join(dirname(dir), 'policies.tar.gz');
    await create(
      { gzip: true, cwd: dir, file, portable: true, prefix: '/', preservePaths: true },
      Object.keys(content),
    );
    return file;
  }

  it('is read with its data, and its SHA-256 is part of the hash of the policies', async () => {
    const file = await bundle(files);
    expect(await results(file, KEY)).toMatchObject({ 'bank-keys-deny': { outcome: 'fail' } });
    const before = (await load(file)).sha256;
    const changed = await bundle({ ...files, 'data.json': '{"other": 2}' });
    expect((await load(changed)).sha256).not.toBe(before);
  });

  it('as opa build writes it', async ({ skip }) => {
    const dir = folder(files);
    const file = join(dirname(dir), 'bundle.tar.gz');
    try {
      execFileSync('opa', ['build', '-b', dir, '-o', file], { stdio: 'pipe' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') skip('opa is not on the PATH');
      throw error;
    }
    expect(await results(file, KEY)).toMatchObject({ 'bank-keys-deny': { outcome: 'fail' } });
  });

  it.each([
    ['{"rego_version": 7}', /\.manifest states Rego version 7; OPA knows 0, 1 and 2/],
    ['{', /\.manifest cannot be read/],
  ])('with the manifest %s is refused with a sentence', async (manifest, sentence) => {
    await expect(load(await bundle({ ...files, '.manifest': manifest }))).rejects.toThrow(sentence);
  });

  const OLD = 'package old\n\ndeny[msg] { msg := "old" }\n';
  const NEW = 'package new\n\ndeny contains "new" if true\n';

  it.each([
    ['states one version for all', { 'a.rego': OLD, '.manifest': '{"rego_version": 0}' }, ['old-deny v0']],
    [
      'states versions of files',
      {
        'a/b/old.rego': OLD,
        'a/new.rego': NEW,
        '.manifest': '{"rego_version": 1, "file_rego_versions": {"/a/*/old.rego": 0}}',
      },
      ['new-deny undefined', 'old-deny v0'],
    ],
    [
      'states another version of files',
      {
        'a/old.rego': OLD,
        'b/new.rego': NEW,
        '.manifest': '{"rego_version": 0, "file_rego_versions": {"/b/*": 1}}',
      },
      ['new-deny undefined', 'old-deny v0'],
    ],
    [
      'states none',
      { 'a.rego': OLD, 'b.rego': NEW, '.manifest': '{}' },
      ['new-deny undefined', 'old-deny v0'],
    ],
    ['has no manifest', { 'a.rego': OLD, 'b.rego': NEW }, ['new-deny undefined', 'old-deny v0']],
    [
      'states the version of tomorrow',
      { 'b.rego': NEW, '.manifest': '{"rego_version": 2}' },
      ['new-deny v2'],
    ],
  ])('that %s is read in it', async (_name, content, expected) => {
    const { policies, problems } = await load(await bundle(content));
    expect(problems).toEqual([]);
    expect(policies.map(({ id, regoVersion }) => `${id} ${regoVersion}`)).toEqual(expected);
  });

  it('is refused where its sources are not in the version that it states', async () => {
    const { problems } = await load(
      await bundle({ 'a.rego': OLD, 'b.rego': NEW, '.manifest': '{"rego_version": 1}' }),
    );
    expect(problems.map(problemSentence).sort()).toEqual([
      'policies.tar.gz/a.rego:3:1: `contains` keyword is required for partial set rules',
      'policies.tar.gz/a.rego:3:1: `if` keyword is required before rule body',
    ]);
  });

  it('that is cut short, or none at all, is refused with a sentence', async () => {
    const file = await bundle(files);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 40));
    await expect(load(file)).rejects.toThrow(/policies\.tar\.gz: is no policy bundle/);
    writeFileSync(file, 'not a bundle');
    await expect(load(file)).rejects.toThrow(/policies\.tar\.gz: is no policy bundle/);
  });
});
