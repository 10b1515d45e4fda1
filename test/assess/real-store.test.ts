import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { assess } from '../../src/assess/index.js';
import { openStore } from '../../src/store/index.js';
import { inputFile } from '../support/input-file.js';
import { control, framework, observation, plan, policy } from './fixtures.js';

const dir = mkdtempSync(join(tmpdir(), 'assess-'));
afterAll(() => rmSync(dir, { recursive: true }));

function ndjson(name: string, rows: readonly object[]): string {
  const path = join(dir, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
}

test('the evidence store answers every question an assessment asks', async () => {
  const source = { file: 'keys.json', record: '/0' };
  const path = ndjson('keys.ndjson', [
    { key_id: 'in', pci_scope: 'cde', status: 'active', account_kind: 'application', source },
    { key_id: 'unstated', status: 'active', source },
    { key_id: 'out', pci_scope: 'out', status: 'active', source },
  ]);
  const attested = observation('gov-policy-current', 'organisation', 'Northbridge Bank', 'attested');
  const observations = [
    observation('rotation-max-age', 'key', 'in', 'fail', { severity: 'critical' }),
    observation('rotation-max-age', 'key', 'unstated', 'no-evidence'),
    observation('rotation-max-age', 'key', 'out', 'not-applicable'),
    attested,
  ];
  const store = await openStore(dir);
  await store.load([{ kind: 'keys', path, file: 'keys.json', sha256: 'c'.repeat(64), count: 3 }]);
  await store.resolve(plan());
  await store.loadObservations([ndjson('observations.ndjson', observations)]);
  const assessment = await assess({
    plan: plan(),
    store,
    policies: [policy('rotation-max-age', 'key'), policy('gov-policy-current', 'organisation')],
    policyBundleSha256: 'a'.repeat(64),
    frameworks: [
      framework(
        [
          control('A-1', 'automated', 'rotation-max-age:direct'),
          control('A-2', 'partial', 'gov-policy-current:partial'),
        ],
        { when: { pci_scope: ['cde'] } },
      ),
    ],
    frameworksSha256: 'b'.repeat(64),
    files: [inputFile('keys.json')],
    incomplete: [],
    toolVersion: '0.1.0',
  });
  await store.close();
  expect(assessment.subjects).toMatchObject({ key: 3, organisation: 1 });
  expect(assessment.frameworks[0]).toMatchObject({
    undecided: [{ field: 'pci_scope', kind: 'key', subjects: 1, examples: ['unstated'] }],
    controls: [
      {
        verdict: 'exception',
        because: 'In is wrong (critical, the only tested key in scope); other evidence is missing.',
        mappings: [{ population: 1, undecided: 1, outOfScope: 1, findings: [observations[0]?.id] }],
      },
      { verdict: 'attested' },
    ],
  });
  expect(assessment.policies.find(({ id }) => id === 'rotation-max-age')).toMatchObject({
    missing: [{ field: 'key.last_rotated', subjects: 1 }],
    reasons: [{ reason: 'the key is revoked', subjects: 1 }],
  });
  expect(assessment.observations).toEqual([
    { ...observations[0], controls: [{ framework: 'house', control: 'A-1', grade: 'direct' }] },
    { ...observations[1], controls: [] },
  ]);
});

test('what the plan states holds for records whose kind cannot carry the fact', async () => {
  const source = { file: 'repositories.json', record: '/0' };
  const rows = [{ repository_id: 'payments', source }];
  const path = ndjson('repositories.ndjson', rows);
  const store = await openStore(mkdtempSync(join(dir, 'plan-')));
  await store.load([{ kind: 'repositories', path, file: source.file, sha256: 'c'.repeat(64), count: 1 }]);
  await store.resolve(
    plan({ applicability: { carries_pan: true, personal_data: false, finra_member: true } }),
  );
  const facts = await store.query(
    'SELECT carries_pan, personal_data, icfr_relevant FROM subjects ORDER BY kind',
  );
  await store.close();
  const stated = { carries_pan: true, personal_data: false, icfr_relevant: null };
  expect(facts).toEqual([stated, stated]);
});
