import { expect, it } from 'vitest';
import type { SecretFindingRecord } from '../../src/model/index.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, dossierOf, storeOf } from './evidence.js';

const SECRET = 'a0'.repeat(32);
const FOUND: Partial<SecretFindingRecord> = {
  finding_id: 'c1:app.yaml:generic:14',
  repository_id: 'northbridge/payments',
  path: 'app.yaml',
  line: 14,
  column: 21,
  rule: 'generic-api-key',
  secret_sha256: SECRET,
  tool: 'gitleaks',
  state: 'open',
};

async function findingsOf(...files: Partial<SecretFindingRecord>[][]) {
  const evidence = files.map((secret_findings, n) => [`scan-${n}.json`, { secret_findings }] as const);
  const store = await storeOf({
    ...Object.fromEntries(evidence),
    'repos.csv': {
      repositories: [{ repository_id: 'northbridge/payments', aliases: ['https://git.bank/payments'] }],
    },
  });
  return (await dossierOf(store, 'repository', 'northbridge/payments')).findings?.records ?? [];
}

describeUnlessProved('secrets found', import.meta.url, STORE_FILES, () => {
  it.each<[string, Partial<SecretFindingRecord>]>([
    ['another secret', { secret_sha256: 'b1'.repeat(32) }],
    ['another column', { column: 75 }],
    ['another line', { line: 15 }],
    ['another file', { path: 'other.yaml' }],
    ['another key', { key_id: 'k2' }],
    ['a secret that the report hides', { secret_sha256: null }],
  ])('are two if one is %s, though a scanner gives both one id', async (_what, other) => {
    expect(await findingsOf([FOUND, { ...FOUND, ...other }])).toHaveLength(2);
    expect(await findingsOf([FOUND], [{ ...FOUND, ...other }])).toHaveLength(2);
  });

  it('are one if several tools report the same secret at the same place', async () => {
    const trufflehog = {
      ...FOUND,
      finding_id: 'th-1',
      repository_id: 'https://git.bank/payments',
      path: './app.yaml',
      column: null,
      rule: 'Generic',
      tool: 'trufflehog',
      state: 'resolved' as const,
      verified: true,
      first_seen: at('2026-06-01T00:00:00Z'),
      secret_sha256: SECRET.toUpperCase(),
    };
    const later = { ...FOUND, first_seen: at('2026-06-02T00:00:00Z'), commit: 'c1' };
    const [found, ...others] = await findingsOf([later], [trufflehog], [later]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      tools: ['gitleaks', 'trufflehog'],
      state: 'open',
      verified: true,
      first_seen: at('2026-06-01T00:00:00Z'),
    });
    expect(found?.sources.map(({ file }) => file)).toEqual(['scan-0.json', 'scan-1.json', 'scan-2.json']);
  });

  it('that a report hides are one only if everything reported agrees', async () => {
    const hidden = { ...FOUND, secret_sha256: null };
    expect(await findingsOf([hidden], [hidden])).toHaveLength(1);
    expect(await findingsOf([hidden], [{ ...hidden, rule: 'aws-key' }])).toHaveLength(2);
  });

  it('in repositories that no report names are never one', async () => {
    const nowhere = { ...FOUND, repository_id: null };
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k', fingerprint: SECRET.slice(0, 32) }] },
      'a.json': { secret_findings: [nowhere] },
      'b.json': { secret_findings: [nowhere] },
    });
    expect((await dossierOf(store, 'key', 'k')).leaks?.total).toBe(2);
  });
});
