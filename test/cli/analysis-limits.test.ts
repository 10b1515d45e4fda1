import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

/**
 * 300 days old, of the low tier: older than keyproof's 180 days, younger than the bank's 365. It expires 543 days after its rotation: later
 * than twice the one, earlier than twice the other.
 */
const KEYS = `key_id,environment,status,risk_tier,last_rotated,expires,icfr_relevant
nb-statements,production,active,low,2025-12-04,2027-05-31,true
`;

const DOCUMENT = {
  rule: 'rotation-tra-documented',
  document_title: 'Risk analysis of intervals',
  document_sha256: 'ab'.repeat(32),
  version: '3',
  owner: 'o.lindqvist@northbridge.example',
  approver: 'r.saar@northbridge.example',
  approved_on: '2026-03-01',
  effective_from: '2026-03-01',
  next_review: '2027-03-01',
  topics: ['assets', 'threats', 'likelihood', 'justification'],
  values: ['critical=30', 'high=60', 'medium=90', 'low=365'],
  attestor: 'm.vass@northbridge.example',
  attested_on: '2026-03-02',
};

const folder = mkdtempSync(join(tmpdir(), 'keyproof-analysis-'));
describeUnlessProved('limits of a risk analysis', import.meta.url, PROGRAM_FILES, () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Audits the key beside a document, with the limits that keyproof.yaml sets. */
  async function audited(changes: Partial<typeof DOCUMENT>, thresholds = '') {
    writeFileSync(join(folder, 'keys.csv'), KEYS);
    writeFileSync(join(folder, 'analysis.ndjson'), `${JSON.stringify({ ...DOCUMENT, ...changes })}\n`);
    const sources = 'sources:\n  - { path: analysis.ndjson, as: canonical, kind: attestations }\n';
    writeFileSync(join(folder, 'keyproof.yaml'), `organisation: Northbridge Bank\n${sources}${thresholds}`);
    const args = ['audit', 'keys.csv', 'analysis.ndjson', '--as-of', '2026-09-30', '--format', 'findings'];
    const run = await keyproof([...args, '--fail-on', 'none'], { cwd: folder });
    if (run.code !== 0) return { run, outcomes: {}, expiry: {}, limit: undefined, row: undefined };
    const read = (name: string) => readFileSync(join(folder, 'evidence-pack', name), 'utf8');
    const { policies } = JSON.parse(read('assessment.json')) as Assessment;
    const of = (id: string) => policies.find((policy) => policy.id === id);
    const outcomeOf = (id: string) =>
      Object.entries(of(id)?.outcomes ?? {}).find(([, count]) => count > 0)?.[0];
    const row = read('findings.csv')
      .split('\r\n')
      .find((line) => line.includes(',rotation-max-age,'));
    return {
      run,
      outcomes: { age: outcomeOf('rotation-max-age'), analysis: outcomeOf('rotation-tra-documented') },
      expiry: { outcome: outcomeOf('inv-expiry-set'), ...limitOfLife(of('inv-expiry-set')) },
      limit: of('rotation-max-age')?.elements[0]?.limit,
      row,
    };
  }

  function limitOfLife(policy: Assessment['policies'][number] | undefined) {
    return policy?.elements.find(({ id }) => id === 'lifetime')?.limit;
  }

  test("an approved risk analysis sets the limits, keyproof's default yields, and the limit names the document", async () => {
    const { outcomes, limit } = await audited({});
    expect(outcomes).toEqual({ age: 'pass', analysis: 'attested' });
    expect(limit).toEqual({
      whose: 'entity',
      text: `the entity's, in the document "Risk analysis of intervals" (max_age_days)`,
    });
    const shorter = await audited({ values: ['critical=30', 'high=60', 'medium=90', 'low=200'] });
    expect(shorter.outcomes).toEqual({ age: 'fail', analysis: 'attested' });
    expect(shorter.row).toContain(`in the document ""Risk analysis of intervals"" (max_age_days)`);
  });

  test('the limit of the life of a secret follows the limits of rotation, and says so', async () => {
    const { expiry } = await audited({});
    const text = "keyproof's, 2 times max_age_days of rotation-max-age (max_lifetime_days)";
    expect(expiry).toEqual({ outcome: 'pass', whose: 'keyproof', text });
    const defaults = "keyproof's default (max_lifetime_days)";
    const uncounted = await audited({ approver: DOCUMENT.owner });
    expect(uncounted.expiry).toEqual({ outcome: 'fail', whose: 'keyproof', text: defaults });
    const own = await audited(
      {},
      `thresholds:
  inv-expiry-set:
    params: { max_lifetime_days: { critical: 30, high: 60, medium: 90, low: 365 } }
    by: CISO
    reason: policy 7
`,
    );
    expect(own.expiry).toMatchObject({ outcome: 'fail', whose: 'entity' });
  });

  test('an analysis that its owner approved sets nothing', async () => {
    const { outcomes, limit } = await audited({ approver: DOCUMENT.owner });
    expect(outcomes['age']).toBe('fail');
    expect(limit?.whose).toBe('keyproof');
  });

  test('two stated limits that disagree stop the run with one sentence that names both', async () => {
    const thresholds = `thresholds:
  rotation-max-age:
    params: { max_age_days: { critical: 30, high: 60, medium: 90, low: 180 } }
    by: CISO
    reason: policy 7
`;
    const { run } = await audited({}, thresholds);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(
      'rotation-max-age, max_age_days: for low-tier keys keyproof.yaml (thresholds) sets 180 days and the document "Risk analysis of intervals" (analysis.ndjson, line 1) states 365 days; correct one of them, so that one limit is stated.',
    );
    const same = await audited({}, thresholds.replace('low: 180', 'low: 365'));
    expect(same.limit?.text).toBe("the entity's, in keyproof.yaml (max_age_days set by CISO)");
  });
});
