import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openEngine, RegoSourceError } from '../../dist/opa/index.js';
import { checkPolicies } from '../../dist/policies/check-policies.js';
import { compilePolicies, loadPolicies, type PolicySet, testPolicies } from '../../dist/policies/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const POLICY = `# METADATA
# title: Keys are young
# description: An old key is a key somebody may have copied.
# related_resources:
#   - ref: https://example.com/keys
#     description: On keys
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: young-key
#   severity: high
#   subject: key
#   requires: [key.created]
#   params:
#     max_days: 90
#   remediation: Replace the key.
package bank.young_key

not_applicable contains "the key is revoked" if input.key.status == "revoked"

violations contains {"message": sprintf("%d days old", [days]), "facts": {"days": days}, "records": [input.key.source]} if {
	days := (input.as_of.ms - input.key.created.ms) / 86400000
	days > data.params["young-key"].max_days
}

missing contains "key.owner" if {
	input.key.environment == "production"
	input.key.owner == null
}
`;

const TEST = `package bank.young_key_test

import data.bank.young_key

dossier := {"as_of": {"ms": 864000000000}, "key": {"created": {"state": "known", "ms": 0}, "source": {"file": "a.csv", "record": "1"}}}

test_fail_old_key if count(young_key.violations) == 1 with input as dossier
`;

const AS_OF = { ms: 10_000 * 86_400_000, iso: '1997-05-19T00:00:00.000Z' };

const created = (day: number) => ({ state: 'known', ms: day * 86_400_000, tolerance_ms: 0 });

const dossier = (key: object) => ({
  as_of: AS_OF,
  period: null,
  subject: { kind: 'key', id: 'k1' },
  key: { key_id: 'k1', source: { file: 'keys.csv', record: 'row 2' }, ...key },
  owner: null,
  rotations: null,
  grants: null,
  events: null,
  leaks: null,
  twins: [],
  leavers: null,
  vendor: null,
  filled_in: { last_rotated: true, last_used: true },
});

let dir = '';
let cacheDir = '';

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'keyproof-cache-'));
});

afterAll(() => rm(cacheDir, { recursive: true, force: true }));

beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'keyproof-policies-')), 'own');
});

afterEach(() => rm(dirname(dir), { recursive: true, force: true }));

async function write(files: Record<string, string | object>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const load = (overrides = {}): Promise<PolicySet> =>
  loadPolicies([{ dir, builtIn: false }], { overrides, cacheDir });

async function compiled(set: PolicySet) {
  const [only] = await compilePolicies(set, { cacheDir });
  if (only === undefined) throw new Error('nothing to compile');
  return only;
}

async function evaluator() {
  const { wasm, data, entrypoints } = await compiled(await load());
  const engine = openEngine(wasm, { data });
  return (key: object) => engine.evaluate(entrypoints.get('young-key') ?? '', dossier(key));
}

describeUnlessProved('loadPolicies', import.meta.url, PROGRAM_FILES, () => {
  it('reads METADATA into policies', async () => {
    await write({ 'young.rego': POLICY, 'young_test.rego': TEST });
    const set = await load();
    expect(set.problems).toEqual([]);
    expect(Object.keys(set.modules)).toEqual(['own/young.rego', 'own/young_test.rego']);
    expect(set.policies).toEqual([
      {
        id: 'young-key',
        sourceSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown as string,
        title: 'Keys are young',
        description: 'An old key is a key somebody may have copied.',
        severity: 'high',
        subject: 'key',
        domain: 'custom',
        requires: ['key.created'],
        reads: ['as_of.ms', 'key.created', 'key.environment', 'key.owner', 'key.source', 'key.status'],
        params: { max_days: 90 },
        defaults: { max_days: 90 },
        evidence: 'data',
        remediation: 'Replace the key.',
        package: 'bank.young_key',
        file: 'young.rego',
        relatedResources: [{ ref: 'https://example.com/keys', description: 'On keys' }],
      },
    ]);
  });

  it('hashes the rules and not the tests', async () => {
    await write({ 'young.rego': POLICY, 'young_test.rego': TEST });
    const before = (await load()).sha256;
    await write({ 'young_test.rego': `${TEST}\n# more\n` });
    expect((await load()).sha256).toBe(before);
    await write({ 'young.rego': `${POLICY}\n# more\n` });
    expect((await load()).sha256).not.toBe(before);
  });

  it('puts the thresholds of the plan in force', async () => {
    await write({ 'young.rego': POLICY });
    const set = await load({ 'young-key': { params: { max_days: 30 }, by: 'ciso', reason: 'stricter' } });
    expect(set.policies[0]).toMatchObject({ params: { max_days: 30 }, defaults: { max_days: 90 } });
    expect((await compiled(set)).data).toEqual({
      params: { 'young-key': { max_days: 30 } },
    });
  });

  it.each([
    [{ 'yung-key': { params: {} } }, 'there is no rule "yung-key"; did you mean "young-key"?'],
    [
      { 'young-key': { params: { max_day: 1 } } },
      'the rule has no parameter "max_day"; did you mean "max_days"?',
    ],
    [
      { 'young-key': { params: { max_days: '30' } } },
      'thresholds.young-key.max_days: must be a number, such as 90.',
    ],
  ])('refuses the override %j', async (overrides, message) => {
    await write({ 'young.rego': POLICY });
    await expect(load(overrides)).rejects.toThrow(message);
  });

  it.each([
    [
      'severity: high',
      'severity: hihg',
      /severity must be equal to one of the allowed values: critical, high/,
    ],
    ['subject: key', 'subject: kay', /subject must be equal to one of the allowed values: key, principal/],
    ['#   remediation: Replace the key.\n', '', /must have required property 'remediation'/],
    [
      '#   severity: high',
      `#   severity: high\n#   action: ${'Replace the key '.repeat(6)}`,
      /action must NOT have more than 80 characters/,
    ],
    [
      '#   severity: high',
      '#   severity: high\n#   colour: red',
      /must NOT have additional properties \(colour\)/,
    ],
    ['requires: [key.created]', 'requires: [key.craeted]', /a key dossier has no "key.craeted"/],
    ['id: young-key', 'id: Young_Key', /must be lower-case words with hyphens/],
    ['# title: Keys are young\n', '', /METADATA has no title/],
    ['violations contains {', 'violations := {', /violations must be a set/],
    ['violations contains', 'offences contains', /The policy defines no violations/],
    ['#   id: young-key\n', '', /has violations but no METADATA with custom.id/],
    ['package bank.young_key', 'package keyproof.policy.young', /is keyproof's own/],
  ])('finds what is wrong after changing %j to %j', async (before, after, problem) => {
    await write({ 'young.rego': POLICY.replace(before, after) });
    const set = await load();
    expect(set.problems.map(({ message }) => message).join('\n')).toMatch(problem);
    expect(set.problems[0]?.file).toBe('own/young.rego');
    expect(set.policies).toEqual([]);
    expect(await compilePolicies(set, { cacheDir })).toEqual([]);
  });

  it('finds an id taken twice', async () => {
    await write({ 'a.rego': POLICY, 'b.rego': POLICY.replace('bank.young_key', 'bank.other') });
    expect((await load()).problems.map(({ message }) => message)).toEqual([
      'The id young-key is taken by bank.other.',
    ]);
  });

  it('says file and row of Rego that does not parse', async () => {
    await write({ 'young.rego': `${POLICY}\nbroken {` });
    expect((await load()).problems[0]).toMatchObject({ file: 'own/young.rego', row: 31 });
  });

  it('says that a folder has no policies', async () => {
    await write({ 'readme.txt': 'nothing' });
    await expect(load()).rejects.toThrow('no .rego file');
  });
});

describeUnlessProved('compilePolicies', import.meta.url, PROGRAM_FILES, () => {
  it('decides in order: not applicable, fail, no evidence, pass', async () => {
    await write({ 'young.rego': POLICY });
    const evaluate = await evaluator();
    expect(evaluate({ status: 'revoked', created: created(0) })).toEqual({
      outcome: 'not-applicable',
      reasons: ['the key is revoked'],
    });
    expect(evaluate({ created: created(0), environment: 'production', owner: null })).toEqual({
      outcome: 'fail',
      violations: [
        {
          message: '10000 days old',
          facts: { days: 10_000 },
          records: [{ file: 'keys.csv', record: 'row 2' }],
        },
      ],
      missing: ['key.owner'],
    });
    expect(evaluate({ created: created(9999), environment: 'production', owner: null })).toEqual({
      outcome: 'no-evidence',
      missing: ['key.owner'],
    });
    expect(evaluate({ created: created(9999), environment: 'test' })).toEqual({ outcome: 'pass' });
  });

  it.each([
    ['is absent', {}],
    ['is null', { created: null }],
    ['is not tracked', { created: { state: 'not-tracked', ms: null, tolerance_ms: 0 } }],
  ])('has no evidence where a required field %s', async (_, key) => {
    await write({ 'young.rego': POLICY });
    expect((await evaluator())(key)).toEqual({ outcome: 'no-evidence', missing: ['key.created'] });
  });

  it('takes a date that never was for evidence', async () => {
    await write({ 'young.rego': POLICY });
    const never = { state: 'never', ms: null, tolerance_ms: 0 };
    expect((await evaluator())({ created: never })).toEqual({ outcome: 'pass' });
  });

  it('never says pass for an attestation', async () => {
    await write({
      'young.rego': POLICY.replace('severity: high', 'severity: high\n#   evidence: attestation'),
    });
    expect((await evaluator())({ created: created(9999) })).toEqual({ outcome: 'attested' });
  });

  it('gathers the results of a subject, each under its rule', async () => {
    const other = POLICY.replace('young-key', 'other-key').replace('bank.young_key', 'bank.other');
    await write({ 'a.rego': POLICY, 'b.rego': other.replaceAll('"young-key"', '"other-key"') });
    const { wasm, data } = await compiled(await load());
    const engine = openEngine(wasm, { data });
    expect(engine.evaluate('keyproof/subject/key/evaluation', dossier({ created: created(9999) }))).toEqual({
      id: 'k1',
      results: { 'other-key': { outcome: 'pass' }, 'young-key': { outcome: 'pass' } },
    });
    expect(engine.evaluate('keyproof/subject/vendor/evaluation', dossier({}))).toEqual({
      id: 'k1',
      results: {},
    });
  });
});

describeUnlessProved('checkPolicies', import.meta.url, PROGRAM_FILES, () => {
  it('finds a field no dossier has, also below one that may be null', async () => {
    const more =
      'violations contains {"message": "m", "facts": {}, "records": []} if input.owner.principal.nmae == "x"';
    await write({ 'young.rego': `${POLICY}\n${more}\n` });
    const errors = await checkPolicies(await load());
    expect(errors.map(({ reason }) => reason)).toEqual(['undefined ref: input.owner.principal.nmae']);
    expect(errors[0]).toBeInstanceOf(RegoSourceError);
  });

  it('lets a policy compare with null', async () => {
    await write({ 'young.rego': `${POLICY}\nmissing contains "period" if input.period == null\n` });
    expect(await checkPolicies(await load())).toEqual([]);
  });
});

describeUnlessProved('testPolicies', import.meta.url, PROGRAM_FILES, () => {
  const examples = {
    'examples/pass-young.json': dossier({ created: created(9950) }),
    'examples/fail-old.json': dossier({ created: created(1) }),
    'examples/not-applicable-revoked.json': dossier({ created: created(1), status: 'revoked' }),
    'examples/no-evidence-created.json': dossier({}),
  };

  it('runs Rego tests, examples, and examples less one field', async () => {
    await write({ 'young.rego': POLICY, 'young_test.rego': TEST, ...examples });
    const run = await testPolicies(await load(), { cacheDir });
    expect(run.results.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect(run.results.map(({ kind, name, policy }) => `${kind} ${policy} ${name}`)).toEqual([
      'rego young-key test_fail_old_key',
      'example young-key fail-old',
      'example young-key no-evidence-created',
      'example young-key not-applicable-revoked',
      'example young-key pass-young',
      'mutation young-key pass-young without key.created',
    ]);
    expect([run.passed, run.failed]).toEqual([6, 0]);
    expect(run.coverage).toBeGreaterThan(20);
    expect(run.coverage).toBeLessThan(100);
  });

  it('says which example has another outcome, and which is no dossier', async () => {
    await write({
      'young.rego': POLICY,
      'examples/pass-old.json': dossier({ created: created(1) }),
      'examples/fail-short.json': { as_of: AS_OF },
      'examples/strange.json': dossier({}),
    });
    const run = await testPolicies(await load(), { cacheDir });
    const messages = Object.fromEntries(run.results.map(({ name, message }) => [name, message]));
    expect(messages['pass-old']).toMatch(/^expected pass, got fail .*9999 days old/);
    expect(messages['fail-short']).toContain("must have required property 'key'");
    expect(messages['strange']).toContain('announces no outcome');
    expect(run.failed).toBe(3);
  });

  it('catches a policy that passes without what it requires', async () => {
    const careless = POLICY.replace('requires: [key.created]', 'requires: [key.owner]').replace(
      'input.key.owner == null',
      'input.key.name == null',
    );
    await write({
      'young.rego': careless,
      'examples/pass-young.json': dossier({ created: created(9950), owner: 'ann' }),
    });
    const healthy = await testPolicies(await load(), { cacheDir });
    expect(healthy.failed).toBe(0);
    await write({
      'young.rego': careless.replace(
        'violations contains {',
        'not_applicable contains "no owner" if not input.key.owner\n\nviolations contains {',
      ),
    });
    const run = await testPolicies(await load(), { cacheDir });
    expect(run.results.filter(({ outcome }) => outcome === 'fail')).toEqual([
      expect.objectContaining({
        kind: 'mutation',
        message: expect.stringContaining('expected no-evidence, got not-applicable') as string,
      }),
    ]);
  });

  it('keeps to the policies asked for', async () => {
    const other = POLICY.replaceAll('young-key', 'other-key').replace('bank.young_key', 'bank.other');
    await write({ 'a/young.rego': POLICY, 'a/young_test.rego': TEST, 'b/other.rego': other });
    await write({
      'a/examples/pass-x.json': dossier({ created: created(9950) }),
      'b/examples/pass-x.json': dossier({ created: created(9950) }),
    });
    const set = await load();
    const policies = async (filter: string) =>
      new Set(
        (await testPolicies(set, { only: ({ id }) => id.includes(filter), cacheDir })).results.map(
          ({ policy }) => policy,
        ),
      );
    expect(await policies('young')).toEqual(new Set(['young-key']));
    expect(await policies('other')).toEqual(new Set(['other-key']));
  });
});
