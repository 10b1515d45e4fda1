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

  it.each<[string, string, Partial<SecretFindingRecord>, number]>([
    ['the path of a CI machine that ends with it', 'config/app.env', {}, 1],
    ['a path that ends with it inside a name', 'nfig/app.env', {}, 2],
    ['the path, but of another secret', 'config/app.env', { secret_sha256: 'b1'.repeat(32) }, 2],
    ['the path, but of another line', 'config/app.env', { line: 15 }, 2],
  ])('at %s', async (_what, path, other, count) => {
    const scanned = { ...FOUND, path: '/builds/northbridge/payments/config/app.env', tool: 'secretlint' };
    const found = await findingsOf([{ ...FOUND, path }], [{ ...scanned, ...other }]);
    expect(found).toHaveLength(count);
    if (count === 1) expect(found[0]).toMatchObject({ path, tools: ['gitleaks', 'secretlint'] });
  });

  it('that a report hides are one only if everything reported agrees', async () => {
    const hidden = { ...FOUND, secret_sha256: null };
    expect(await findingsOf([hidden], [hidden])).toHaveLength(1);
    expect(await findingsOf([hidden], [{ ...hidden, rule: 'aws-key' }])).toHaveLength(2);
  });

  it.each<[string, Partial<SecretFindingRecord>, number]>([
    ['does not show', { secret_sha256: null }, 1],
    ['shows', {}, 0],
    ['does not show, but of which it names the key', { secret_sha256: null, key_id: 'k2' }, 0],
    [
      'does not show, and that somebody dismissed',
      { secret_sha256: null, state: 'suppressed', reason: 'a test' },
      0,
    ],
  ])('that a report %s may be other keys: %j', async (_what, other, places) => {
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k', fingerprint: 'c2'.repeat(16) }] },
      'scan.json': { secret_findings: [{ ...FOUND, ...other }] },
    });
    const { hidden_leaks } = await dossierOf(store, 'key', 'k');
    expect(hidden_leaks).toMatchObject({ total: places });
    expect(hidden_leaks.records.map(({ path }) => path)).toEqual(places === 1 ? [FOUND.path] : []);
  });

  it('that may be in client code come first, of any number of hidden ones', async () => {
    const hidden = (n: number) => ({
      ...FOUND,
      channel: 'repository' as const,
      secret_sha256: null,
      path: `infra/${n}.tf`,
      line: n,
    });
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k' }] },
      'scan.json': {
        secret_findings: [
          ...Array.from({ length: 40 }, (_, n) => hidden(n)),
          { ...hidden(41), path: 'z/app.js', client_side: true },
        ],
      },
    });
    const { hidden_leaks } = await dossierOf(store, 'key', 'k');
    expect(hidden_leaks.total).toBe(41);
    expect(hidden_leaks.records).toHaveLength(25);
    expect(hidden_leaks.records[0]?.path).toBe('z/app.js');
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
