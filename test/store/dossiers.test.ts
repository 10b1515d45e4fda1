import { expect, it } from 'vitest';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, day, dossierOf, dossiersOf, type Evidence, PLAN, storeOf } from './evidence.js';
import { RECORD_KINDS } from './record-kinds.js';

const EMPTY = { records: [], total: 0 };

describeUnlessProved('what was not supplied', import.meta.url, STORE_FILES, () => {
  it('is null, and what was supplied without a record is empty', async () => {
    const keys = [{ key_id: 'k1' }];
    const alone = await dossierOf(await storeOf({ 'keys.csv': { keys } }), 'key', 'k1');
    expect(alone).toMatchObject({
      owner: null,
      rotations: null,
      grants: null,
      events: null,
      leaks: null,
      leavers: null,
    });
    const none: Evidence = {
      rotations: [],
      grants: [],
      principals: [{ principal_id: 'p', directory: true }],
      events: [],
      secret_findings: [],
    };
    const beside = await dossierOf(await storeOf({ 'keys.csv': { keys }, 'none.csv': none }), 'key', 'k1');
    expect(beside).toMatchObject({
      rotations: EMPTY,
      grants: EMPTY,
      leaks: EMPTY,
      leavers: EMPTY,
      twins: [],
      vendor: null,
    });
    expect(beside.owner).toEqual({ found: false, principal: null });
    expect(beside.events).toEqual({
      total: 0,
      failures: 0,
      last_used: null,
      actors: [],
      workloads: [],
      source_ips: [],
      environments: [],
      human_reads: [],
      unknown_reads: 0,
      after_revocation: 0,
      first_ms: null,
      last_ms: null,
      calls: 0,
      days: 0,
      with_latency: 0,
      with_outcome: 0,
      with_account: 0,
      with_route: 0,
      with_scopes: 0,
      scopes_since_ms: null,
      scopes_used: [],
      recent_workloads: [],
      recent_unnamed: 0,
      clients: { server: 0, browser: 0, mobile: 0, unknown: 0 },
    });
    expect(beside).toMatchObject({ unlogged_steps: EMPTY, anomalies: null, standby: null, signoffs: null });
  });

  it('keeps null, empty text and empty list apart in a record', async () => {
    const store = await storeOf({
      'keys.csv': {
        keys: [{ key_id: 'k1', owner: '', scopes: [], rotation_interval_days: 90, token_ttl_s: 0.5 }],
      },
    });
    const { key } = await dossierOf(store, 'key', 'k1');
    expect(key).toMatchObject({
      owner: '',
      scopes: [],
      purpose: null,
      approved_scopes: null,
      token_ttl_s: 0.5,
    });
    expect((await dossiersOf(store)).texts.join('')).toContain('"rotation_interval_days":90,');
  });

  it('leaves one dossier, of the organisation, where there is nothing at all', async () => {
    const store = await storeOf({});
    const { buckets, of } = await dossiersOf(store);
    expect(buckets.map(({ kind, subjects }) => [kind, subjects])).toEqual([['organisation', 1]]);
    expect(of('organisation')[0]).toMatchObject({
      organisation: { name: 'Northbridge Bank' },
      attestations: null,
      logs: null,
      unknown_keys: null,
      supplied: Object.fromEntries(RECORD_KINDS.map((kind) => [kind, null])),
    });
    expect(await store.population([])).toEqual([]);
  });

  it('leaves the organisation with zeros where every file is empty', async () => {
    const store = await storeOf({ 'all.json': Object.fromEntries(RECORD_KINDS.map((kind) => [kind, []])) });
    expect((await dossiersOf(store)).of('organisation')[0]).toMatchObject({
      attestations: EMPTY,
      logs: [],
      unknown_keys: EMPTY,
      supplied: Object.fromEntries(RECORD_KINDS.map((kind) => [kind, 0])),
    });
    expect((await store.population([])).map((row) => [row.kind, row.files, row.distinct])).toEqual(
      RECORD_KINDS.map((kind) => [kind, 1, 0]),
    );
  });

  it('has no earlier day in its population than a record states, if one states only until when', async () => {
    const made = { state: 'known' as const, ms: 0, tolerance_ms: Date.parse('2026-08-24T10:00:00Z') };
    const store = await storeOf({ 'certs.json': { keys: [{ key_id: 'k1', last_rotated: made }] } });
    const [keys] = await store.population([]);
    expect(keys?.range).toEqual({ firstMs: made.tolerance_ms, lastMs: made.tolerance_ms });
  });

  it('cannot tell unknown keys without an inventory', async () => {
    const store = await storeOf({ 'log.json': { events: [{ key_id: 'k1', event_id: '1' }] } });
    expect((await dossiersOf(store)).of('organisation')[0]?.unknown_keys).toBeNull();
  });
});

describeUnlessProved('time of the audit', import.meta.url, STORE_FILES, () => {
  it('is in every dossier', async () => {
    const period = { startMs: Date.parse('2026-07-01'), endMs: PLAN.asOfMs };
    const store = await storeOf({ 'keys.csv': { keys: [{ key_id: 'k1' }] } });
    const dossier = await dossierOf(store, 'key', 'k1', { period });
    expect(dossier.as_of).toEqual({ ms: PLAN.asOfMs, iso: '2026-09-30T23:59:59.999Z' });
    expect(dossier.period).toEqual({ start_ms: period.startMs, end_ms: period.endMs });
    expect((await dossierOf(store, 'key', 'k1')).period).toBeNull();
  });
});

describeUnlessProved('long lists', import.meta.url, STORE_FILES, () => {
  it('are cut to the newest 364, dates unknown last, with the true count', async () => {
    const dated = Array.from({ length: 372 }, (_, n) => ({
      key_id: 'k1',
      step: 'rotated' as const,
      ticket: `T${n}`,
      at: at(new Date(Date.parse('2025-06-01') + ((n * 7) % 372) * 86_400_000).toISOString()),
    }));
    const undated = { key_id: 'k1', step: 'rotated' as const, at: null };
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k1' }, { key_id: 'k2' }] },
      'b.csv': { rotations: [undated, ...dated] },
      'short.csv': {
        rotations: [
          { ...undated, key_id: 'k2', ticket: 'first' },
          { ...undated, key_id: 'k2', ticket: 'second' },
          { ...undated, key_id: 'k2', ticket: 'old', at: day('1969-12-31') },
          { ...undated, key_id: 'k2', ticket: 'never', at: { state: 'never', ms: null, tolerance_ms: 0 } },
        ],
      },
    });
    const { rotations } = await dossierOf(store, 'key', 'k1');
    expect(rotations?.total).toBe(373);
    const dates = rotations?.records.map((record) => record.at?.ms ?? 0) ?? [];
    expect(dates).toHaveLength(364);
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
    expect(Math.min(...dates)).toBe(Date.parse('2025-06-09'));
    const short = await dossierOf(store, 'key', 'k2');
    expect(short.rotations?.records.map((record) => record.ticket)).toEqual([
      'old',
      'first',
      'second',
      'never',
    ]);
  });
});

describeUnlessProved('grants on *', import.meta.url, STORE_FILES, () => {
  const star = (principal_id: string, environment: 'production' | 'test' | null) => ({
    key_id: '*',
    principal_id,
    environment,
    action: 'read' as const,
  });

  it('reach every key of their environment, and every key where they name none', async () => {
    const store = await storeOf({
      'keys.csv': {
        keys: [
          { key_id: 'p', environment: 'production' },
          { key_id: 't', environment: 'test' },
          { key_id: 'u' },
        ],
      },
      'people.csv': {
        principals: [
          { principal_id: 'b', directory: true, departed_at: at('2026-01-01T00:00:00Z'), status: 'left' },
        ],
      },
      'review.csv': {
        grants: [
          star('a', 'production'),
          star('b', null),
          star('c', 'test'),
          { key_id: 'p', principal_id: 'd' },
        ],
      },
    });
    const holders = async (key: string) =>
      (await dossierOf(store, 'key', key)).grants?.records.map((grant) => grant.principal_id);
    expect(await holders('p')).toEqual(['a', 'b', 'd']);
    expect(await holders('t')).toEqual(['b', 'c']);
    expect(await holders('u')).toEqual(['b']);
    expect((await dossierOf(store, 'key', 'u')).leavers?.total).toBe(1);
    expect((await dossierOf(store, 'principal', 'b')).grants?.records[0]).toMatchObject({
      key_id: '*',
      key: null,
    });
    expect((await dossierOf(store, 'organisation', PLAN.organisation)).unknown_keys?.total).toBe(0);
  });

  it('come after the grant that its requester approved, however many there are', async () => {
    const approved = (principal_id: string, approved_by: string) => ({
      key_id: 'p',
      principal_id,
      requested_by: 'eve',
      approved_by,
      granted_at: at(principal_id === 'bad' ? '2020-01-01T00:00:00Z' : '2026-01-01T00:00:00Z'),
    });
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'p' }] },
      'review.csv': {
        grants: [...Array.from({ length: 260 }, (_, n) => approved(`a${n}`, 'ada')), approved('bad', 'eve')],
      },
    });
    const { grants } = await dossierOf(store, 'key', 'p');
    expect({ ...grants, records: grants?.records.length, first: grants?.records[0]?.principal_id }).toEqual({
      records: 250,
      total: 261,
      first: 'bad',
    });
  });

  it('count in full where there are more than fit', async () => {
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'p', environment: 'production' }] },
      'review.csv': {
        grants: [
          ...Array.from({ length: 270 }, (_, n) => star(`a${n}`, n % 2 === 0 ? 'production' : null)),
          { key_id: 'p', principal_id: 'direct', granted_at: at('2026-01-01T00:00:00Z') },
        ],
      },
    });
    const { grants } = await dossierOf(store, 'key', 'p');
    expect(grants?.total).toBe(271);
    expect(grants?.records).toHaveLength(250);
    expect(grants?.records[0]?.principal_id).toBe('direct');
  });
});

describeUnlessProved('fingerprints', import.meta.url, STORE_FILES, () => {
  const hash = '0123456789abcdef'.repeat(4);

  it('find keys that share a secret, whatever length each source prints', async () => {
    const store = await storeOf({
      'keys.csv': {
        keys: [
          { key_id: 'k1', fingerprint: hash.slice(0, 16), status: 'revoked' },
          { key_id: 'k2', fingerprint: hash.slice(0, 32).toUpperCase() },
          { key_id: 'k3', fingerprint: `${hash.slice(0, 16)}ffff` },
          { key_id: 'k4', fingerprint: hash.slice(0, 15) },
        ],
      },
    });
    const { of } = await dossiersOf(store);
    const twins = of('key').map((dossier) => dossier.twins?.map((twin) => twin.key_id));
    expect(twins).toEqual([['k2', 'k3'], ['k1'], ['k1'], []]);
  });

  it('find the keys a leaked secret is, and the key a finding names', async () => {
    const store = await storeOf({
      'keys.csv': {
        keys: [
          { key_id: 'k1', fingerprint: hash.slice(0, 32) },
          { key_id: 'k2', name: 'named' },
        ],
      },
      'gitleaks.json': {
        secret_findings: [
          {
            finding_id: 'f1',
            repository_id: 'app',
            secret_sha256: hash,
            first_seen: at('2026-01-01T00:00:00Z'),
          },
          { finding_id: 'f2', repository_id: 'app', secret_sha256: 'f'.repeat(64), key_id: 'named' },
          { finding_id: 'f3', repository_id: 'app', secret_sha256: `${hash.slice(0, 31)}0${'a'.repeat(32)}` },
        ],
      },
    });
    const leaks = async (key: string) =>
      (await dossierOf(store, 'key', key)).leaks?.records.map((finding) => finding.finding_id);
    expect(await leaks('k1')).toEqual(['f1']);
    expect(await leaks('k2')).toEqual(['f2']);
    const { findings } = await dossierOf(store, 'repository', 'app');
    expect(findings?.records.map((finding) => [finding.finding_id, finding.key?.key_id ?? null])).toEqual([
      ['f1', 'k1'],
      ['f2', 'k2'],
      ['f3', null],
    ]);
  });
});

describeUnlessProved('incidents', import.meta.url, STORE_FILES, () => {
  it('list the keys they name by any name', async () => {
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k1', name: 'stripe' }] },
      'incidents.csv': {
        incidents: [{ incident_id: 'i1', key_ids: ['stripe', 'k1', 'ghost'] }, { incident_id: 'i2' }],
      },
    });
    const { of } = await dossiersOf(store);
    expect(of('incident').map((dossier) => [dossier.incident.key_ids, dossier.keys?.total])).toEqual([
      [['k1', 'k1', 'ghost'], 1],
      [null, 0],
    ]);
  });
});

describeUnlessProved('logs', import.meta.url, STORE_FILES, () => {
  it('are judged one by one', async () => {
    const full = {
      log: 'cloudtrail',
      at: at('2026-05-01T00:00:00Z'),
      actor: 'a',
      action: 'GetSecretValue',
      source_ip: '10.0.0.1',
      outcome: 'success' as const,
      category: 'use' as const,
    };
    const store = await storeOf({
      'trail.json': {
        events: [
          full,
          { ...full, actor: '' },
          { ...full, actor: null, outcome: 'failure' as const },
          { ...full, action: null, category: 'rotate' as const, ticket: '' },
          { ...full, at: day('2026-05-02') },
          { ...full, source_ip: null, workload: 'pod' },
          { ...full, source_ip: null },
          { ...full, outcome: null, category: 'admin' as const, ticket: 'CHG-1' },
        ].map((event, n) => ({ ...event, event_id: String(n) })),
      },
      'other.json': { events: [{ event_id: '1' }] },
    });
    const logs = (await dossiersOf(store)).of('organisation')[0]?.logs;
    expect(logs?.map((log) => log.log)).toEqual(['cloudtrail', 'other.json']);
    expect(logs?.[0]).toMatchObject({
      total: 8,
      first_ms: Date.parse('2026-05-01'),
      last_ms: Date.parse('2026-05-02'),
      without_actor: 1,
      without_action: 1,
      without_time: 1,
      without_origin: 1,
      without_outcome: 1,
      without_ticket: 1,
      unstated: [],
      incomplete: 5,
      categories: ['admin', 'rotate', 'use'],
    });
    expect(logs?.[0]?.examples.map((source) => source.record)).toEqual([
      'row 3',
      'row 5',
      'row 6',
      'row 8',
      'row 9',
    ]);
    expect(logs?.[1]).toMatchObject({
      total: 1,
      without_time: 1,
      unstated: ['actor', 'action', 'time', 'origin', 'outcome'],
      incomplete: 0,
      categories: [],
      first_ms: null,
    });
  });
});

describeUnlessProved('readers of a secret', import.meta.url, STORE_FILES, () => {
  it('are counted once a read, and are on record if principals have the actor or the workload', async () => {
    const read = {
      log: 'vault',
      key_id: 'k1',
      category: 'read-secret' as const,
      at: at('2026-05-01T00:00:00Z'),
    };
    const reads = [
      { actor: 'role-a', workload: 'pod-a' },
      { actor: 'role-a', workload: 'pod-a' },
      { actor: 'session-b', workload: 'pod-a' },
      { actor: 'session-c', workload: null },
    ];
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k1' }] },
      'people.csv': { principals: ['role-a', 'pod-a'].map((principal_id) => ({ principal_id })) },
      'log.json': { events: reads.map((one, n) => ({ ...read, ...one, event_id: String(n) })) },
    });
    const { secret_readers: readers } = await dossierOf(store, 'key', 'k1');
    expect(readers?.records.map(({ actor, count, on_record }) => [actor, count, on_record])).toEqual([
      ['role-a', 2, true],
      ['session-b', 1, true],
      ['session-c', 1, false],
    ]);
  });
});

describeUnlessProved('facts the plan states', import.meta.url, STORE_FILES, () => {
  it('fill what records leave open, in subjects and dossiers', async () => {
    const plan = { applicability: { pci_scope: 'cde' as const, personal_data: true } };
    const store = await storeOf(
      {
        'keys.csv': {
          keys: [
            { key_id: 'k1', pci_scope: 'out', environment: 'test', account_kind: 'user' },
            { key_id: 'k2' },
          ],
        },
        'people.csv': { principals: [{ principal_id: 'p1' }] },
      },
      plan,
    );
    const subjects = await store.query(
      'SELECT kind, id, pci_scope, personal_data, icfr_relevant, environment, account_kind FROM subjects ORDER BY kind, id',
    );
    const nothing = { icfr_relevant: null, environment: null, account_kind: null };
    expect(subjects).toEqual([
      {
        ...nothing,
        kind: 'key',
        id: 'k1',
        pci_scope: 'out',
        personal_data: true,
        environment: 'test',
        account_kind: 'user',
      },
      { ...nothing, kind: 'key', id: 'k2', pci_scope: 'cde', personal_data: true },
      { ...nothing, kind: 'organisation', id: 'Northbridge Bank', pci_scope: 'cde', personal_data: true },
      { ...nothing, kind: 'principal', id: 'p1', pci_scope: 'cde', personal_data: true },
    ]);
    expect((await dossierOf(store, 'key', 'k2')).key).toMatchObject({
      pci_scope: 'cde',
      personal_data: true,
    });
  });
});

it('the dossiers of a few keys are one bucket, however many records state them', async () => {
  const keys = Array.from({ length: 40_000 }, (_, n) => ({ key_id: `k${n % 20}`, owner: 'payments' }));
  const store = await storeOf({ 'keys.csv': { keys } });
  const { buckets } = await dossiersOf(store);
  expect(buckets.filter(({ kind }) => kind === 'key')).toMatchObject([{ subjects: 20 }]);
});
