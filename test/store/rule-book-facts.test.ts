import { expect, it } from 'vitest';
import type { GrantRecord, RotationRecord } from '../../src/model/index.js';
import { STORE_FILES } from '../support/closed-set.js';
import { inputFile } from '../support/input-file.js';
import { describeUnlessProved } from '../support/verdict.js';
import { AS_OF, at, day, dossierOf, dossiersOf, type Evidence, storeOf } from './evidence.js';

const HOUR = 3_600_000;

/** An exact time so many hours before the as-of date. */
function hoursBefore(hours: number) {
  return at(new Date(AS_OF - hours * HOUR).toISOString());
}

/** Some time from so many hours before the as-of date to fewer. */
function upTo(end: number, begin: number) {
  return { ...hoursBefore(begin), tolerance_ms: (begin - end) * HOUR };
}

function steps(key_id: string, rotation_id: string, hours: number, fields: Partial<RotationRecord> = {}) {
  const step = (name: RotationRecord['step']) => ({
    key_id,
    rotation_id,
    step: name,
    at: hoursBefore(hours),
    status: 'success' as const,
    ...fields,
  });
  return [step('generated'), step('verified')];
}

async function organisation(evidence: Evidence, plan = {}) {
  return dossierOf(await storeOf({ 'all.json': evidence }), 'organisation', 'Northbridge Bank', plan);
}

describeUnlessProved('a key that leaked', import.meta.url, STORE_FILES, () => {
  const exposed = (evidence: Evidence) =>
    storeOf({
      'all.json': {
        repositories: [{ repository_id: 'nb/core' }],
        secret_findings: [
          { finding_id: 'f', repository_id: 'nb/core', key_id: 'k', first_seen: hoursBefore(100) },
        ],
        keys: [{ key_id: 'k', last_rotated: hoursBefore(300) }],
        ...evidence,
      },
    });
  const keyOf = async (evidence: Evidence) =>
    (await dossierOf(await exposed(evidence), 'repository', 'nb/core')).findings?.records[0]?.key;

  it('shows its first replacement afterwards, not the last, and none before', async () => {
    const rotations = [...steps('k', 'r1', 200), ...steps('k', 'r2', 90), ...steps('k', 'r3', 10)];
    expect(await keyOf({ rotations })).toMatchObject({
      replaced: hoursBefore(90),
      last_rotated: hoursBefore(10),
    });
    expect(await keyOf({ rotations: steps('k', 'r1', 200) })).toMatchObject({ replaced: null });
  });

  it('was not replaced by a verification of what was in place before', async () => {
    const deployed = { key_id: 'k', rotation_id: 'r1', step: 'deployed' as const, at: hoursBefore(200) };
    expect(await keyOf({ rotations: [deployed, ...steps('k', 'r1', 90)] })).toMatchObject({ replaced: null });
  });

  it('was replaced at any time up to the date of the inventory where no log says when first', async () => {
    const keys = [{ key_id: 'k', last_rotated: hoursBefore(95) }];
    const upToThen = upTo(95, 100);
    expect(await keyOf({ keys })).toMatchObject({ replaced: upToThen, uses_after: null });
    expect(await keyOf({ keys, rotations: steps('k', 'r1', 200) })).toMatchObject({ replaced: upToThen });
    expect(await keyOf({ keys, rotations: steps('k', 'r1', 95) })).toMatchObject({
      replaced: hoursBefore(95),
    });
  });

  it('shows when its old secret was revoked, or that the steps of the rotation show no revocation', async () => {
    const revoked = (hours: number, fields: Partial<RotationRecord> = {}) => ({
      key_id: 'k',
      rotation_id: 'r2',
      step: 'revoked' as const,
      at: hoursBefore(hours),
      ...fields,
    });
    const oldRevoked = async (...rotations: Partial<RotationRecord>[]) => {
      const key = await keyOf({ rotations: [...steps('k', 'r2', 90), ...rotations] });
      return key?.old_revoked ?? null;
    };
    const deployed = revoked(90, { step: 'deployed' });
    expect({
      silent: await oldRevoked(),
      late: await oldRevoked(deployed, revoked(64), revoked(63)),
      never: await oldRevoked(deployed),
      refused: await oldRevoked(deployed, revoked(64, { status: 'failure' })),
      ofAnother: await oldRevoked(deployed, revoked(64, { rotation_id: 'r9' })),
      maybe: await oldRevoked(deployed, revoked(64, { rotation_id: null })),
    }).toMatchObject({
      silent: null,
      late: hoursBefore(64),
      never: { state: 'never' },
      refused: { state: 'never' },
      ofAnother: { state: 'never' },
      maybe: null,
    });
  });

  it('lists the findings that a rule may object to before those dismissed with a reason', async () => {
    const dismissed = (n: number) => ({
      finding_id: `f${n}`,
      repository_id: 'nb/core',
      state: 'suppressed' as const,
      reason: 'test data',
      first_seen: hoursBefore(1),
    });
    const open = {
      finding_id: 'open',
      repository_id: 'nb/core',
      state: 'open' as const,
      first_seen: hoursBefore(900),
    };
    const store = await exposed({
      secret_findings: [...Array.from({ length: 260 }, (_, n) => dismissed(n)), open],
    });
    const { findings } = await dossierOf(store, 'repository', 'nb/core');
    expect(findings).toMatchObject({
      total: 261,
      open: 1,
      records: { length: 250, 0: { finding_id: 'open' } },
    });
  });

  it('does not count a replacement that was taken back', async () => {
    const failed = { key_id: 'k', rotation_id: 'r2', step: 'rolled-back' as const, at: hoursBefore(89) };
    expect(await keyOf({ rotations: [...steps('k', 'r2', 90), failed] })).toMatchObject({ replaced: null });
  });

  it('counts the uses afterwards, failed ones left out', async () => {
    const use = (hours: number, outcome: 'success' | 'failure' | null) => ({
      key_id: 'k',
      category: 'use' as const,
      at: hoursBefore(hours),
      outcome,
    });
    const events = [use(101, null), use(99, 'success'), use(50, 'failure'), use(20, null)];
    expect(await keyOf({ events })).toMatchObject({ uses_after: 2, last_used: hoursBefore(20) });
  });

  it('is not looked for in what is no secret or was found elsewhere', async () => {
    const found = (finding_id: string, fields: object) => ({
      finding_id,
      repository_id: 'nb/core',
      ...fields,
    });
    const store = await exposed({
      secret_findings: [
        found('a', { kind: 'pan' }),
        found('b', { channel: 'chat' }),
        found('c', { kind: 'secret', channel: 'repository' }),
      ],
    });
    const { findings } = await dossierOf(store, 'repository', 'nb/core');
    expect(findings?.records.map(({ finding_id }) => finding_id)).toEqual(['c']);
    const bank = await dossierOf(store, 'organisation', 'Northbridge Bank');
    expect(bank.live_data?.records.map(({ finding_id }) => finding_id)).toEqual(['a']);
    expect(bank.spilled?.records.map(({ finding_id }) => finding_id)).toEqual(['b']);
  });
});

describeUnlessProved('an incident', import.meta.url, STORE_FILES, () => {
  it('lists its keys, those related to them, and those of its vendor, the worst first', async () => {
    const store = await storeOf({
      'all.json': {
        vendors: [{ vendor_id: 'v', name: 'Tallow Street' }],
        incidents: [
          {
            incident_id: 'i',
            key_ids: ['k'],
            vendor: 'tallow street',
            detected_at: hoursBefore(50),
            notice_received_at: hoursBefore(40),
          },
        ],
        keys: [
          {
            key_id: 'k',
            repositories: ['nb/a'],
            owner: 'ops',
            store: 'vault',
            last_rotated: hoursBefore(49),
          },
          { key_id: 'same-repository', repositories: ['nb/a', 'nb/b'], last_rotated: hoursBefore(48) },
          { key_id: 'same-owner', owner: 'OPS', store: 'vault' },
          { key_id: 'other-store', owner: 'ops', store: 'kong' },
          { key_id: 'of-vendor', vendor: 'v', last_rotated: hoursBefore(45) },
        ],
        notifications: [
          { incident_id: 'i', regime: 'dora-initial' },
          { incident_id: 'j', regime: 'dora-final' },
        ],
      },
    });
    const dossier = await dossierOf(store, 'incident', 'i', { applicability: { finra_member: true } });
    expect(dossier.keys?.records).toMatchObject([{ key_id: 'k', replaced: upTo(49, 50) }]);
    expect(dossier.related_keys?.records.map(({ key_id, replaced }) => [key_id, replaced])).toEqual([
      ['same-owner', null],
      ['same-repository', upTo(48, 50)],
    ]);
    expect(dossier.relations_known).toBe(true);
    expect(dossier.vendor_keys?.records).toMatchObject([{ key_id: 'of-vendor', replaced: null }]);
    expect(dossier.notifications).toMatchObject({ total: 1, records: [{ regime: 'dora-initial' }] });
    expect(dossier.entity).toMatchObject({ finra_member: true, eu_financial_entity: null });
  });

  it('may have further related keys if the owner of a key it names is not stated', async () => {
    const keys = [{ key_id: 'k', repositories: ['nb/a'], store: 'vault' }];
    const store = await storeOf({ 'all.json': { incidents: [{ incident_id: 'i', key_ids: ['k'] }], keys } });
    expect((await dossierOf(store, 'incident', 'i')).relations_known).toBe(false);
  });

  it('has no keys of a vendor where it names none', async () => {
    const store = await storeOf({
      'all.json': { incidents: [{ incident_id: 'i' }], keys: [{ key_id: 'k' }] },
    });
    expect((await dossierOf(store, 'incident', 'i')).vendor_keys).toBeNull();
  });
});

describeUnlessProved('the log of a key', import.meta.url, STORE_FILES, () => {
  const failure = (minutes: number) => ({
    key_id: 'k',
    category: 'authentication' as const,
    outcome: 'failure' as const,
    at: hoursBefore(24 - minutes / 60),
  });
  const anomalies = async (evidence: Evidence) =>
    (
      await dossierOf(
        await storeOf({ 'all.json': { keys: [{ key_id: 'k' }], incidents: [], ...evidence } }),
        'key',
        'k',
      )
    ).anomalies;

  it('shows five failures within ten minutes once, however long they go on, and four not at all', async () => {
    const burst = [0, 2, 4, 6, 8, 10, 12, 14].map(failure);
    expect(await anomalies({ events: burst })).toMatchObject({
      total: 1,
      records: [{ detector: 'repeated-failures', at: hoursBefore(24), incident: null }],
    });
    expect(await anomalies({ events: [0, 3, 6, 10].map(failure) })).toMatchObject({ total: 0 });
    expect(await anomalies({ events: [0, 3, 6, 9, 11].map(failure) })).toMatchObject({ total: 0 });
  });

  it('names the first incident detected from then on', async () => {
    const events = [0, 1, 2, 3, 4].map(failure);
    const incident = (incident_id: string, hours: number) => ({
      incident_id,
      key_ids: ['k'],
      detected_at: hoursBefore(hours),
    });
    const found = await anomalies({
      events,
      incidents: [incident('late', 3), incident('first', 20), incident('before', 30)],
    });
    expect(found?.records).toMatchObject([{ incident: { incident_id: 'first', triaged_at: null } }]);
  });

  it('shows a day far busier than the two weeks before', async () => {
    const use = (daysAgo: number, n: number) => ({
      event_id: `${daysAgo}-${n}`,
      key_id: 'k',
      category: 'use' as const,
      at: at(new Date(AS_OF - daysAgo * 24 * HOUR - n * 1000).toISOString()),
    });
    const uses = (daysAgo: number, count: number) => Array.from({ length: count }, (_, n) => use(daysAgo, n));
    const quiet = Array.from({ length: 20 }, (_, n) => uses(n + 3, 10)).flat();
    expect(await anomalies({ events: [...quiet, ...uses(2, 31)] })).toMatchObject({
      records: [{ detector: 'volume-spike', count: 31 }],
    });
    expect(await anomalies({ events: [...quiet, ...uses(2, 30)] })).toMatchObject({ total: 0 });
    expect(await anomalies({ events: [...uses(9, 10), ...uses(2, 31)] })).toMatchObject({ total: 0 });
  });

  it('shows a use after revocation', async () => {
    const keys = [{ key_id: 'k', revoked: day('2026-09-01') }];
    const use = (iso: string) => ({ key_id: 'k', category: 'use' as const, at: at(iso) });
    const events = [use('2026-09-01T20:00:00Z'), use('2026-09-02T10:00:00Z'), use('2026-09-03T10:00:00Z')];
    expect(await anomalies({ keys, events })).toMatchObject({
      records: [{ detector: 'use-after-revocation', count: 2, at: at('2026-09-02T10:00:00Z') }],
    });
  });

  it('has the workloads of the whole period, if there is one', async () => {
    const events = [31, 60].map((daysAgo) => ({
      key_id: 'k',
      category: 'use' as const,
      at: hoursBefore(24 * daysAgo),
      workload: `job-${daysAgo}`,
    }));
    const store = await storeOf({ 'all.json': { keys: [{ key_id: 'k' }], events } });
    const period = { startMs: hoursBefore(24 * 50).ms ?? 0, endMs: AS_OF };
    expect((await dossierOf(store, 'key', 'k', { period })).events?.recent_workloads).toEqual(['job-31']);
  });

  it('counts as calls neither fetching the secret nor managing the key', async () => {
    const event = (category: 'use' | 'read-secret' | 'rotate' | null, hours: number, fields = {}) => ({
      key_id: 'k',
      category,
      at: hoursBefore(hours),
      ...fields,
    });
    const events = [
      event('use', 1, { client: 'server', outcome: 'success', latency_ms: 9 }),
      event('use', 30, { client: 'server', outcome: 'failure', latency_ms: 9 }),
      event('read-secret', 60, { outcome: 'success' }),
      event('rotate', 90, { outcome: 'success' }),
    ];
    const store = await storeOf({ 'all.json': { keys: [{ key_id: 'k' }], events } });
    expect((await dossierOf(store, 'key', 'k')).events).toMatchObject({
      total: 4,
      calls: 2,
      days: 2,
      with_latency: 2,
      with_outcome: 2,
      clients: { server: 1, browser: 0, mobile: 0, unknown: 0 },
    });
  });

  it('says whether the inventory itself has the dates that a log may know', async () => {
    const keys = [
      { key_id: 'blank', last_rotated: null, last_used: null },
      {
        key_id: 'filled',
        last_rotated: hoursBefore(9),
        last_used: { state: 'never' as const, ms: null, tolerance_ms: 0 },
      },
    ];
    const rotations = ['blank', 'filled'].map((key_id) => ({
      key_id,
      step: 'rotated' as const,
      at: hoursBefore(5),
    }));
    const store = await storeOf({ 'all.json': { keys, rotations } });
    const of = async (id: string) => {
      const { key, filled_in } = await dossierOf(store, 'key', id);
      return { rotated: key.last_rotated, filled_in };
    };
    expect([await of('blank'), await of('filled')]).toEqual([
      { rotated: hoursBefore(5), filled_in: { last_rotated: false, last_used: false } },
      { rotated: hoursBefore(5), filled_in: { last_rotated: true, last_used: true } },
    ]);
  });

  it('lists what records state of a key and is not known: unreadable, or contradicted', async () => {
    const store = await storeOf({
      'june.json': { keys: [{ key_id: 'k1', owner: 'Ines', unclear: ['created'] }, { key_id: 'k2' }] },
      'july.json': { keys: [{ key_id: 'k1', owner: 'Petra' }] },
    });
    const of = async (id: string) => (await dossierOf(store, 'key', id)).key;
    expect(await of('k1')).toMatchObject({ owner: null, created: null, unclear: ['created', 'owner'] });
    expect(await of('k2')).toMatchObject({ owner: null, unclear: null });
  });

  it('tells workloads of the last 30 days and kinds of clients apart', async () => {
    const use = (workload: string, daysAgo: number, client: 'server' | 'mobile' | null) => ({
      key_id: 'k',
      category: 'use' as const,
      at: hoursBefore(24 * daysAgo),
      workload,
      client,
      latency_ms: client ? 12 : null,
    });
    const events = [use('a', 1, 'server'), use('b', 29, 'mobile'), use('c', 31, null)];
    const store = await storeOf({ 'all.json': { keys: [{ key_id: 'k' }], events } });
    expect((await dossierOf(store, 'key', 'k')).events).toMatchObject({
      recent_workloads: ['a', 'b'],
      clients: { server: 1, browser: 0, mobile: 1, unknown: 1 },
      days: 3,
      with_latency: 2,
      first_ms: hoursBefore(24 * 31).ms,
      last_ms: hoursBefore(24).ms,
    });
  });

  it('holds the steps that no audit log shows within five minutes, in the time that it covers', async () => {
    const step = (rotation_id: string, iso: string) => ({
      key_id: 'k',
      rotation_id,
      step: 'rotated' as const,
      at: at(iso),
    });
    const event = (iso: string) => ({ key_id: 'k', category: 'rotate' as const, at: at(iso) });
    const store = await storeOf({
      'all.json': {
        keys: [{ key_id: 'k' }],
        rotations: [
          step('before-the-log', '2026-08-01T00:00:00Z'),
          step('at-the-limit', '2026-09-02T00:05:00Z'),
          step('beyond', '2026-09-03T00:05:01Z'),
        ],
        events: [
          event('2026-09-01T00:00:00Z'),
          event('2026-09-02T00:00:00Z'),
          event('2026-09-03T00:00:00Z'),
          event('2026-09-04T00:00:00Z'),
        ],
      },
    });
    const { unlogged_steps } = await dossierOf(store, 'key', 'k');
    expect(unlogged_steps).toMatchObject({ total: 1, records: [{ rotation_id: 'beyond' }] });
  });
});

describeUnlessProved('what a key refers to', import.meta.url, STORE_FILES, () => {
  it('is its standby key by any name, the sign-off of its integration, and the documents that speak for it', async () => {
    const store = await storeOf({
      'all.json': {
        keys: [
          { key_id: 'k', standby_key: 'spare', integration: 'Open Banking' },
          { key_id: 's', name: 'spare', storage: 'hsm' },
          { key_id: 'lost', standby_key: 'nobody has it' },
        ],
        changes: [
          { change_id: 'C1', kind: 'sandbox-signoff', integration: 'open banking' },
          { change_id: 'C2', kind: 'change', integration: 'open banking' },
        ],
        attestations: [
          { rule: 'key-rule', document_title: 'for all' },
          { rule: 'key-rule', document_title: 'for another', subject_ids: ['s'] },
          { rule: 'another-rule' },
        ],
      },
    });
    const context = { files: [], rulesOnDocuments: { key: ['key-rule'] } };
    const { of } = await dossiersOf(store, {}, context);
    const [k, lost, s] = of('key');
    expect(k).toMatchObject({
      standby: { found: true, key: { key_id: 's', storage: 'hsm' } },
      signoffs: { total: 1, records: [{ change_id: 'C1' }] },
      attestations: { total: 1, records: [{ document_title: 'for all' }] },
    });
    expect(lost?.standby).toEqual({ found: false, key: null });
    expect(s?.attestations?.total).toBe(2);
  });

  it('is the ticket of a grant, which may not be there', async () => {
    const grant = (grant_id: string, ticket: string | null): Partial<GrantRecord> => ({
      grant_id,
      principal_id: 'ada',
      key_id: 'k',
      ticket,
    });
    const grants = [grant('a', 'CHG-1'), grant('b', 'CHG-2'), grant('c', null)];
    const keys = [{ key_id: 'k' }];
    const changes = [{ change_id: 'CHG-1', approved_by: ['ben'] }];
    const linked = async (evidence: Evidence) =>
      (await dossierOf(await storeOf({ 'all.json': evidence }), 'key', 'k')).grants?.records.map(
        ({ change }) => change,
      );
    expect(await linked({ keys, grants, changes })).toMatchObject([
      { found: true, change: { change_id: 'CHG-1', approved_by: ['ben'] } },
      { found: false, change: null },
      null,
    ]);
    expect(await linked({ keys, grants })).toEqual([null, null, null]);
  });
});

describeUnlessProved('a route', import.meta.url, STORE_FILES, () => {
  it('counts its calls in the window, and the longest silence with the ends of the window', async () => {
    const call = (hours: number, fields: object = {}) => ({
      route_id: 'r',
      at: hoursBefore(hours),
      ...fields,
    });
    const store = await storeOf({
      'all.json': {
        routes: [
          { route_id: 'r', calls_from: hoursBefore(10), calls_to: hoursBefore(2) },
          { route_id: 'unknown' },
        ],
        events: [
          call(12, { outcome: 'success' }),
          call(9, { outcome: 'failure', credential_in_url: true }),
          call(8, { credential_in_url: false }),
          call(6),
        ],
      },
    });
    const { requests } = await dossierOf(store, 'route', 'r');
    expect(requests).toMatchObject({
      total: 4,
      successes: 1,
      failures: 1,
      credential_in_url: 1,
      url_examined: 2,
      in_window: 3,
      longest_silence: { from_ms: hoursBefore(6).ms, to_ms: hoursBefore(2).ms },
      example: { record: 'row 3' },
    });
    expect((await dossierOf(store, 'route', 'unknown')).requests).toMatchObject({
      total: 0,
      in_window: null,
      longest_silence: null,
    });
  });
});

describeUnlessProved('a vendor', import.meta.url, STORE_FILES, () => {
  it('shows when the first of its keys was created', async () => {
    const keys = [
      { key_id: 'a', vendor: 'v', created: at('2026-02-01T00:00:00Z') },
      { key_id: 'b', vendor: 'v', created: at('2025-02-01T00:00:00Z') },
    ];
    const store = await storeOf({ 'all.json': { vendors: [{ vendor_id: 'v' }, { vendor_id: 'w' }], keys } });
    expect((await dossierOf(store, 'vendor', 'v')).first_key_created).toEqual(at('2025-02-01T00:00:00Z'));
    expect((await dossierOf(store, 'vendor', 'w')).first_key_created).toBeNull();
  });
});

describeUnlessProved('documents', import.meta.url, STORE_FILES, () => {
  it('of one rule leave those of another alone, however many they are', async () => {
    const own = Array.from({ length: 260 }, (_, n) => ({ rule: 'own-rule', document_title: `Note ${n}` }));
    const ours = { rule: 'gov-training', document_title: 'Course', approved_on: day('2020-01-01') };
    const { attestations } = await organisation({ attestations: [...own, ours] });
    expect({
      ...attestations,
      records: attestations?.records.filter(({ rule }) => rule !== 'own-rule'),
    }).toMatchObject({
      records: [ours],
      total: 261,
      cut_rules: ['own-rule'],
    });
    expect(attestations?.records).toHaveLength(251);
  });
});

describeUnlessProved('the organisation', import.meta.url, STORE_FILES, () => {
  it('knows the keys that a route presents and the inventory lacks, and none that only refused calls name', async () => {
    const call = (key_id: string, outcome: 'success' | 'failure') => ({
      key_id,
      category: 'use' as const,
      outcome,
    });
    const { unknown_keys } = await organisation({
      keys: [{ key_id: 'k', aliases: ['gateway-k'] }],
      routes: [
        { route_id: 'known', upstream_credential: 'gateway-k' },
        { route_id: 'unknown', upstream_credential: 'gateway-x' },
        { route_id: 'retired', upstream_credential: 'gateway-y', status: 'retired' },
        { route_id: 'none', upstream_credential: '' },
      ],
      events: [call('guessed', 'failure'), call('in-use', 'success')],
    });
    expect(unknown_keys?.records.map(({ key_id, seen_in }) => [key_id, seen_in])).toEqual([
      ['in-use', 'events'],
      ['gateway-x', 'routes'],
    ]);
  });

  it('counts who rotated production keys, each rotation once', async () => {
    const keys = [
      { key_id: 'p', environment: 'production' as const },
      { key_id: 't', environment: 'test' as const },
    ];
    const rotations = [
      ...steps('p', 'r1', 10, { actor_type: 'automation' }),
      ...steps('p', 'r2', 20, { actor_type: 'human' }),
      ...steps('p', 'r3', 30, { actor_type: 'human', ticket: 'CHG-1' }),
      ...steps('p', 'r6', 35, { actor_type: 'human', ticket: 'verbal ok' }),
      ...steps('p', 'r4', 40),
      ...steps('p', 'old', 24 * 366, { actor_type: 'human' }),
      ...steps('t', 'r5', 50, { actor_type: 'human' }),
    ];
    const { rotation_actors } = await organisation({ keys, rotations });
    expect(rotation_actors).toMatchObject({
      total: 5,
      automated: 1,
      manual: 3,
      unknown: 1,
      by_hand: { total: 3, records: [{ rotation_id: 'r2' }, { rotation_id: 'r3' }, { rotation_id: 'r6' }] },
      without_ticket: { total: 2, records: [{ rotation_id: 'r2' }, { rotation_id: 'r6' }] },
    });
  });

  it('lists production keys that fewer than two people of the security team may revoke', async () => {
    const grant = (principal_id: string, key_id: string, fields: object = {}) => ({
      principal_id,
      key_id,
      action: 'revoke' as const,
      ...fields,
    });
    const { revocation } = await organisation({
      keys: ['two', 'one', 'none'].map((key_id) => ({
        key_id,
        environment: 'production' as const,
        status: 'active' as const,
      })),
      principals: ['ada', 'ben'].map((principal_id) => ({
        principal_id,
        kind: 'human' as const,
        roles: ['security'],
      })),
      grants: [
        grant('ada', 'two'),
        grant('ben', 'two'),
        grant('ada', 'one'),
        grant('ben', 'one', { removed_at: hoursBefore(1) }),
        grant('ben', 'none', { action: 'read' }),
        grant('ada', '*', { environment: 'staging' }),
      ],
    });
    expect(revocation?.keys).toBe(3);
    expect(revocation?.short.records.map(({ key_id, revokers }) => [key_id, revokers])).toEqual([
      ['none', 0],
      ['one', 1],
    ]);
  });

  it.each([
    [
      'a group whose members no source lists',
      { principal_id: 'x', group: true },
      {},
      { rights_unknown: 1, at_most: [] },
    ],
    [
      'a person without roles on record',
      { principal_id: 'x', kind: 'human' as const },
      {},
      { rights_unknown: 0, at_most: [1] },
    ],
    ['somebody on no record', { principal_id: 'y' }, {}, { rights_unknown: 0, at_most: [1] }],
    [
      'a person of another team',
      { principal_id: 'x', kind: 'human' as const, roles: ['sre'] },
      {},
      { rights_unknown: 0, at_most: [0] },
    ],
    [
      'a right that may be less',
      { principal_id: 'x', kind: 'human' as const, roles: ['security'] },
      { over_approximation: ['a condition'] },
      { rights_unknown: 0, at_most: [1] },
    ],
    [
      'a right that states no action',
      { principal_id: 'x', group: true },
      { action: null },
      { rights_unknown: 1, at_most: [] },
    ],
  ])(
    'does not say how many of the security team may revoke a key with %s',
    async (_, holder, right, expected) => {
      const { revocation } = await organisation({
        keys: [{ key_id: 'k', environment: 'production', status: 'active' }],
        principals: [holder],
        grants: [{ principal_id: 'x', key_id: 'k', action: 'admin', ...right }],
      });
      expect({
        rights_unknown: revocation?.rights_unknown,
        at_most: revocation?.short.records.map((key) => key.at_most),
      }).toEqual(expected);
      const roles = 'roles' in holder ? (holder.roles ?? []) : [];
      expect(revocation?.audit_unknown).toBe(roles.includes('sre') ? 0 : 1);
    },
  );

  it('shows the silences of a recurring control, and failures nobody was told of', async () => {
    const run = (hours: number, fields: object = {}) => ({
      control: 'secret-scan',
      at: hoursBefore(hours),
      status: 'success' as const,
      channel: 'repository' as const,
      ...fields,
    });
    const { control_runs } = await organisation({
      control_runs: [
        run(100),
        run(70),
        run(30, { status: 'failure' }),
        run(28, { status: 'failure', alerted_at: hoursBefore(27) }),
        run(10),
      ],
    });
    expect(control_runs).toMatchObject([
      {
        control: 'secret-scan',
        channels: ['repository'],
        total: 5,
        failures: 2,
        silences: [
          { from_ms: hoursBefore(70).ms, to_ms: hoursBefore(10).ms },
          { from_ms: hoursBefore(100).ms, to_ms: hoursBefore(70).ms },
          { from_ms: hoursBefore(10).ms, to_ms: AS_OF },
        ],
        unalerted: { total: 1 },
      },
    ]);
  });

  it('counts the ends of the period as ends of a silence, in controls and logs', async () => {
    const period = { startMs: AS_OF - 200 * HOUR, endMs: AS_OF };
    const { control_runs, logs } = await organisation(
      {
        control_runs: [{ control: 'c', at: hoursBefore(50), status: 'success' }],
        events: [{ log: 'vault', at: hoursBefore(60) }],
      },
      { period },
    );
    expect(control_runs?.[0]?.silences[0]).toEqual({ from_ms: period.startMs, to_ms: hoursBefore(50).ms });
    expect(logs?.[0]?.silences).toEqual([
      { from_ms: period.startMs, to_ms: hoursBefore(60).ms },
      { from_ms: hoursBefore(60).ms, to_ms: AS_OF },
    ]);
  });

  it('sorts open items of the register by their date, and finds those without an owner', async () => {
    const item = (item_id: string, fields: object) => ({ item_id, kind: 'finding' as const, ...fields });
    const { register } = await organisation({
      register: [
        item('later', { due: day('2026-12-01'), owner: 'ada' }),
        item('sooner', { due: day('2026-08-01'), owner: '' }),
        item('undated', { owner: 'ben' }),
        item('unstated', { due: day('2026-07-01') }),
        item('closed', { status: 'closed', owner: '' }),
        item('exception', { kind: 'exception', expires: day('2026-12-31') }),
      ],
    });
    expect(register?.findings.records.map(({ item_id }) => item_id)).toEqual([
      'undated',
      'unstated',
      'sooner',
      'later',
    ]);
    expect(register?.without_owner.records.map(({ item_id }) => item_id)).toEqual(['sooner', 'unstated']);
    expect(register?.exceptions).toMatchObject({ total: 1 });
  });

  it('counts the people with a right on a key by the days since their training', async () => {
    const person = (principal_id: string, fields: object = {}) => ({
      principal_id,
      kind: 'human' as const,
      ...fields,
    });
    const { training } = await organisation({
      principals: [
        person('ada', { trained_at: day('2026-09-29') }),
        person('ben', { trained_at: hoursBefore(24) }),
        person('cyd'),
        person('dan', { status: 'left' }),
        person('eve'),
        { principal_id: 'bot', kind: 'service' },
        { principal_id: 'sg-payments', group: true },
        { principal_id: 'what' },
      ],
      grants: ['ada', 'ben', 'cyd', 'dan', 'bot', 'sg-payments', 'what', 'on-no-record'].map(
        (principal_id) => ({ principal_id, key_id: 'k' }),
      ),
    });
    expect(training).toMatchObject({
      people: 3,
      by_age: [{ days: 1, people: 2 }],
      unknown_holders: 2,
      unlisted_groups: 1,
    });
    expect(training?.longest_ago.records.map(({ principal_id }) => principal_id)).toEqual([
      'cyd',
      'ada',
      'ben',
    ]);
  });

  it('compares the files with what is on record about how they were taken', async () => {
    const file = (path: string, records: number) =>
      inputFile(path, { sha256: 'ab'.repeat(32), records, produced: { keys: records } });
    const store = await storeOf({
      'all.json': {
        extracts: [
          { file: 'keys.csv', record_count: 12, sha256: 'ab'.repeat(32), extracted_at: hoursBefore(3) },
          { file: 'exports/b.csv', record_count: 4, sha256: 'cd'.repeat(32) },
        ],
      },
    });
    const register = { ...file('exports/extracts.csv', 2), produced: { extracts: 2 } };
    const files = [
      file('exports/keys.csv', 12),
      file('exports/b.csv', 5),
      file('exports/c.csv', 1),
      register,
    ];
    const { of } = await dossiersOf(store, {}, { files, rulesOnDocuments: {} });
    const { inputs } = of('organisation')[0] ?? {};
    const names = (list?: { records: { file: string }[] }) => list?.records.map((fact) => fact.file);
    expect(inputs?.total).toBe(3);
    expect(names(inputs?.undocumented)).toEqual(['exports/c.csv']);
    expect(names(inputs?.other_count)).toEqual(['exports/b.csv']);
    expect(names(inputs?.other_hash)).toEqual(['exports/b.csv']);
    expect(inputs?.documented.records).toMatchObject([
      { file: 'exports/b.csv', records: 5, extract: { record_count: 4 } },
      { file: 'exports/keys.csv', extract: { extracted_at: hoursBefore(3) } },
    ]);
  });

  it('lists the fields on which two records disagree, with both', async () => {
    const store = await storeOf({
      'a.csv': {
        keys: [{ key_id: 'k', owner: 'ops', created: day('2026-01-01'), last_rotated: day('2026-03-01') }],
      },
      'b.csv': {
        keys: [
          {
            key_id: 'k',
            owner: 'treasury',
            created: at('2026-01-01T10:00:00Z'),
            last_rotated: at('2026-04-01T00:00:00Z'),
          },
        ],
      },
      'log.csv': { rotations: [{ key_id: 'k', step: 'rotated', at: at('2026-05-01T00:00:00Z') }] },
    });
    const { conflicts } = await dossierOf(store, 'organisation', 'Northbridge Bank');
    expect(
      conflicts.records.map(({ field, values, records }) => [field, values, records.map((one) => one.file)]),
    ).toEqual([
      ['last_rotated', ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z'], ['a.csv', 'b.csv']],
      ['last_rotated', ['2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z'], ['b.csv', 'log.csv']],
      ['owner', ['ops', 'treasury'], ['a.csv', 'b.csv']],
    ]);
  });
});
