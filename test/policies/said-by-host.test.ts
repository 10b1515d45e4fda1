import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../dist/opa/index.js';
import { compilePolicies, loadPolicies, testPolicies } from '../../dist/policies/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

let cacheDir = '';

describeUnlessProved('what keyproof says for a policy', import.meta.url, PROGRAM_FILES, () => {
  beforeAll(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), 'keyproof-cache-'));
  });

  afterAll(() => rm(cacheDir, { recursive: true, force: true }));

  /** A policy of a bank, without the rule book beside it: what keyproof says for it needs no library of the bank's. */
  const policy = (subject: string, custom: string) => `# METADATA
# title: A rule
# description: For a test.
# custom:
#   id: own-rule
#   severity: high
#   subject: ${subject}
#   requires: []
${custom.replace(/^/gm, '#   ')}
#   remediation: None.
package bank.own_rule

violations contains {"message": "always", "facts": {}, "records": []} if input.broken

missing contains "own" if input.lacking
`;

  async function load(files: { [name: string]: string }) {
    const dir = await mkdtemp(join(tmpdir(), 'keyproof-own-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
    return loadPolicies([{ dir, builtIn: false }], { overrides: {}, cacheDir });
  }

  async function evaluator(source: string) {
    const [own] = await compilePolicies(await load({ 'rule.rego': source }), { cacheDir });
    if (own === undefined) throw new Error('The policy was not compiled.');
    const engine = openEngine(own.wasm, { data: own.data });
    return (dossier: object) => engine.evaluate(own.entrypoints.get('own-rule') ?? '', dossier);
  }

  const problems = async (subject: string, custom: string) =>
    (await load({ 'rule.rego': policy(subject, custom) })).problems.map(({ message }) => message);

  describe('METADATA applies', () => {
    it.each([
      ['key', 'status', 'active', ['inactive', 'revoked', 'expired', 'pending-deletion', 'destroyed']],
      ['key', 'status', 'revoked', ['active']],
      ['key', 'environment', 'production', ['staging', 'development', 'test', 'sandbox']],
      ['key', 'environment', 'sandbox', ['production']],
      ['route', 'status', 'active', ['retired']],
      ['route', 'status', 'retired', ['active']],
      ['route', 'environment', 'production', ['staging', 'development', 'test', 'sandbox']],
      ['route', 'environment', 'sandbox', ['production']],
      ['route', 'external', true, [false]],
      ['route', 'external', false, [true]],
      ['repository', 'in_scope', true, [false]],
      ['repository', 'in_scope', false, [true]],
    ])('says why a %s whose %s is not %s is out of reach', async (subject, field, value, others) => {
      const evaluate = await evaluator(policy(subject, `applies: {${field}: ${value}}`));
      expect(evaluate({ [subject]: { [field]: value } })).toEqual({ outcome: 'pass' });
      expect(evaluate({ [subject]: { [field]: null } })).toEqual({ outcome: 'pass' });
      expect(evaluate({ [subject]: {} })).toEqual({ outcome: 'pass' });
      for (const other of others) {
        expect(evaluate({ broken: true, [subject]: { [field]: other } }), String(other)).toEqual({
          outcome: 'not-applicable',
          reasons: [expect.stringMatching(new RegExp(`^the ${subject} (is|has|belongs) `))],
        });
      }
    });

    it('takes several values, and gives a reason for each field', async () => {
      const evaluate = await evaluator(
        policy('key', 'applies: {status: [active, revoked], environment: production}'),
      );
      expect(evaluate({ key: { status: 'revoked', environment: 'production' } })).toEqual({
        outcome: 'pass',
      });
      expect(evaluate({ key: { status: 'expired', environment: 'test' } })).toEqual({
        outcome: 'not-applicable',
        reasons: ['the key belongs to test', 'the key has expired'],
      });
    });

    it.each([
      [
        'key',
        'applies: {state: active}',
        'METADATA custom.applies: a key has no "state" for it; did you mean "status"?',
      ],
      [
        'key',
        'applies: {environment: prod}',
        'METADATA custom.applies.environment: "prod" is none of production, staging, development, test, sandbox.',
      ],
      [
        'route',
        'applies: {external: "yes"}',
        'METADATA custom.applies.external: "yes" is none of true, false.',
      ],
      [
        'vendor',
        'applies: {status: active}',
        'METADATA custom.applies: a vendor has no field for it; write not_applicable instead.',
      ],
    ])('refuses for a %s: %s', async (subject, custom, sentence) => {
      expect(await problems(subject, custom)).toEqual([sentence]);
    });
  });

  describe('evidence: attestation', () => {
    const AS_OF = { ms: 1_790_812_799_999, iso: '2026-09-30T23:59:59.999Z' };
    const day = (days: number) => ({ state: 'known', ms: AS_OF.ms - days * 86_400_000, tolerance_ms: 0 });
    const document = (fields: object) => ({
      rule: 'own-rule',
      document_title: 'Standard',
      document_sha256: '0a'.repeat(32),
      owner: 'Ines',
      approver: 'Mara',
      attestor: 'Noor',
      approved_on: day(30),
      effective_from: day(20),
      next_review: day(-300),
      source: { file: 'documents.yaml', record: 'row 1' },
      ...fields,
    });
    const dossier = (documents: object[]) => ({
      as_of: AS_OF,
      attestations: { records: documents, total: documents.length },
    });
    const source = policy('organisation', 'evidence: attestation\nparams:\n  max_age_days: 60');

    it.each([
      [
        'has no evidence without a document',
        [],
        { outcome: 'no-evidence', missing: ['attestations (none for this rule)'] },
      ],
      ['is attested with one that counts', [document({})], { outcome: 'attested' }],
      [
        'fails with one that is too old',
        [document({ approved_on: day(61) })],
        {
          outcome: 'fail',
          violations: [
            {
              message:
                'the document "Standard" does not count: approved on 2026-07-31, 61 days before the as-of date',
              facts: {
                document: 'Standard',
                defects: ['approved on 2026-07-31, 61 days before the as-of date'],
              },
              records: [{ file: 'documents.yaml', record: 'row 1' }],
            },
          ],
          missing: [],
        },
      ],
      [
        'does not apply where one says why',
        [document({ not_applicable_reason: 'no such key' })],
        { outcome: 'not-applicable', reasons: ['no such key (Standard, approved by Mara)'] },
      ],
    ])('%s', async (_, documents, result) => {
      expect((await evaluator(source))(dossier(documents))).toEqual(result);
    });

    it('leaves documents to the policy where METADATA has no max_age_days', async () => {
      const evaluate = await evaluator(policy('organisation', 'evidence: attestation'));
      expect(evaluate(dossier([]))).toEqual({ outcome: 'attested' });
    });
  });

  it('a Rego test reads what a policy says, and what keyproof says for it, as its verdict', async () => {
    const tests = `package bank.own_rule_test

verdict := data.keyproof.policy.own_rule.verdict

test_out_of_reach if {
	verdict == {
		"not_applicable": {"the key is revoked"},
		"violations": {{"message": "always", "facts": {}, "records": []}},
		"missing": {"own"},
	} with input as {"broken": true, "lacking": true, "key": {"status": "revoked"}}
}

test_wrong if count(verdict.not_applicable) == 1 with input as {"key": {"status": "active"}}
`;
    const set = await load({
      'rule.rego': policy('key', 'applies: {status: active}'),
      'rule_test.rego': tests,
    });
    const { results, coverage, uncovered } = await testPolicies(set, { cacheDir });
    expect(results.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['test_out_of_reach', 'pass'],
      ['test_wrong', 'fail'],
    ]);
    expect({ coverage, uncovered }).toEqual({ coverage: 100, uncovered: [] });
  });
});
