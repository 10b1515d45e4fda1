import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { describe, expect, it } from 'vitest';
import { compilePolicies, loadPolicies, loadPolicy, problemSentence } from '../../dist/rego/index.js';

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
  const { wasm, data, entrypoints, faults } = await compilePolicies(await load(dir), { cacheDir });
  expect(faults).toEqual({});
  const engine = loadPolicy(wasm, { data });
  return Object.fromEntries(
    Object.entries(entrypoints).map(([id, entrypoint]) => [id, engine.evaluate(entrypoint, input)]),
  );
}

const KEY = { key: { key_id: 'k', source: { file: 'keys.csv', record: 'row 2' } } };
const records = [KEY.key.source];

describe('a folder with conftest conventions', () => {
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
    ['{"rego_version": 0}', /is in Rego v0/],
    ['{', /\.manifest cannot be read/],
  ])('with the manifest %s is refused with a sentence', async (manifest, sentence) => {
    await expect(load(await bundle({ ...files, '.manifest': manifest }))).rejects.toThrow(sentence);
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
