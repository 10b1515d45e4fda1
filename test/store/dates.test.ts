import { expect, it } from 'vitest';
import type { GrantRecord, Instant, RotationRecord } from '../../src/model/index.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { AS_OF, at, day, dossierOf, dossiersOf, sharedStoreOf, storeOf } from './evidence.js';

const OLD = at('2026-01-10T00:00:00Z');
const NEW = at('2026-06-10T00:00:00Z');
const NEVER: Instant = { state: 'never', ms: null, tolerance_ms: 0 };
const NOT_TRACKED: Instant = { state: 'not-tracked', ms: null, tolerance_ms: 0 };
/** What is known of the private key of a certificate that is as old as NEW. */
const OR_EARLIER: Instant = { state: 'known', ms: 0, tolerance_ms: NEW.ms ?? 0, day: '2026-06-10' };

describeUnlessProved('last rotation', import.meta.url, STORE_FILES, () => {
  const cases: [string, Instant | null, Partial<RotationRecord>[], Instant | null][] = [
    ['the log where it is later', OLD, [{ step: 'rotated', at: NEW }], NEW],
    ['the inventory where it is later', NEW, [{ step: 'rotated', at: OLD }], NEW],
    ['the log where the inventory has no date', null, [{ step: 'created', at: OLD }], OLD],
    ['the log where the inventory cannot say', NOT_TRACKED, [{ step: 'deployed', at: OLD }], OLD],
    ['not a secret that was only generated', OLD, [{ step: 'generated', at: NEW }], OLD],
    ['not a secret that was only stored', OLD, [{ step: 'stored', status: 'success', at: NEW }], OLD],
    ['not a version created in a rotation', OLD, [{ rotation_id: 'r1', step: 'created', at: NEW }], OLD],
    [
      'the log where the inventory says never',
      NEVER,
      [{ step: 'rotated', at: day('2026-03-01') }],
      day('2026-03-01'),
    ],
    ['the inventory where the log covers nothing', NOT_TRACKED, [{ step: 'started', at: NEW }], NOT_TRACKED],
    [
      'both where the inventory states only until when at the latest',
      OR_EARLIER,
      [{ step: 'rotated', at: OLD }],
      { ...OR_EARLIER, ms: OLD.ms, tolerance_ms: (NEW.ms ?? 0) - (OLD.ms ?? 0) },
    ],
    [
      'the log where it is later than what the inventory states as the latest',
      OR_EARLIER,
      [{ step: 'rotated', at: at('2026-07-01T00:00:00Z') }],
      at('2026-07-01T00:00:00Z'),
    ],
    ['a verification that succeeded', null, [{ step: 'verified', status: 'success', at: OLD }], OLD],
    ['not a verification without a result', null, [{ step: 'verified', at: OLD }], null],
    ['not a failed step', OLD, [{ step: 'rotated', status: 'failure', at: NEW }], OLD],
    ['not a step without a date', OLD, [{ step: 'rotated', at: null }], OLD],
    ['not a step after the as-of date', OLD, [{ step: 'rotated', at: { ...NEW, ms: AS_OF + 1 } }], OLD],
    [
      'a step at the as-of date',
      OLD,
      [{ step: 'rotated', at: { ...NEW, ms: AS_OF } }],
      { ...NEW, ms: AS_OF },
    ],
    [
      'not what a later step of the same rotation took back',
      OLD,
      [
        { rotation_id: 'r1', step: 'deployed', status: 'success', at: NEW },
        { rotation_id: 'r1', step: 'rolled-back', at: at('2026-06-10T01:00:00Z') },
      ],
      OLD,
    ],
    [
      'a second try after a failure in the same rotation',
      OLD,
      [
        { rotation_id: 'r1', step: 'failed', at: at('2026-06-09T00:00:00Z') },
        { rotation_id: 'r1', step: 'rotated', at: NEW },
      ],
      NEW,
    ],
    [
      'a deployment, not a verification of it that came later',
      OLD,
      [
        { rotation_id: 'r1', step: 'deployed', at: NEW },
        { rotation_id: 'r1', step: 'verified', status: 'success', at: at('2026-07-11T00:00:00Z') },
      ],
      NEW,
    ],
    [
      'a rotation beside another one that failed',
      OLD,
      [
        { rotation_id: 'r1', step: 'rotated', at: NEW },
        { rotation_id: 'r2', step: 'failed', at: at('2026-06-11T00:00:00Z') },
      ],
      NEW,
    ],
  ];
  const store = sharedStoreOf({
    'keys.csv': { keys: cases.map(([what, inventory]) => ({ key_id: what, last_rotated: inventory })) },
    'log.csv': {
      rotations: cases.flatMap(([what, , rotations]) => rotations.map((one) => ({ key_id: what, ...one }))),
    },
  });

  it.each(cases)('is %s', async (what, _inventory, _rotations, expected) => {
    expect((await dossierOf(store(), 'key', what)).key.last_rotated).toEqual(expected);
  });
});

describeUnlessProved('last use', import.meta.url, STORE_FILES, () => {
  it('is the later of inventory and log, and no failed or later-than-as-of event', async () => {
    const use = { key_id: 'k1', category: 'use' as const };
    const store = await storeOf({
      'keys.csv': {
        keys: [
          { key_id: 'k1', last_used: OLD },
          { key_id: 'k2', last_used: NOT_TRACKED },
        ],
      },
      'log.json': {
        events: [
          { ...use, event_id: '1', at: NEW },
          { ...use, event_id: '2', at: at('2026-07-01T00:00:00Z'), outcome: 'failure' },
          { ...use, event_id: '3', at: at('2026-10-01T00:00:00Z') },
          { ...use, event_id: '4', at: at('2026-08-01T00:00:00Z'), category: 'admin' },
        ],
      },
    });
    expect((await dossierOf(store, 'key', 'k1')).key.last_used).toEqual(NEW);
    expect((await dossierOf(store, 'key', 'k2')).key.last_used).toEqual(NOT_TRACKED);
  });
});

describeUnlessProved('leavers', import.meta.url, STORE_FILES, () => {
  const left = day('2026-06-30');

  const cases: [string, Partial<GrantRecord>, boolean][] = [
    ['held the grant', {}, true],
    ['lost it on the day they left', { removed_at: day('2026-06-30') }, true],
    ['lost it at the first moment of that day', { removed_at: at('2026-06-30T00:00:00.000Z') }, true],
    ['lost it the moment before', { removed_at: at('2026-06-29T23:59:59.999Z') }, false],
    ['lost it on a day that ends when theirs begins', { removed_at: day('2026-06-29') }, false],
    ['kept it until later', { removed_at: at('2026-07-02T00:00:00Z') }, true],
    ['never lost it', { removed_at: NEVER }, true],
    ['got it at the last moment of that day', { granted_at: at('2026-06-30T23:59:59.999Z') }, true],
    ['got it after they left', { granted_at: at('2026-07-01T00:00:00.000Z') }, false],
    ['could only audit', { action: 'audit' as const }, false],
    ['were denied it', { effect: 'deny' as const }, false],
  ];
  const store = sharedStoreOf({
    'people.csv': {
      principals: [{ principal_id: 'p1', directory: true, status: 'left', departed_at: left }],
    },
    'keys.csv': { keys: cases.map(([what]) => ({ key_id: what })) },
    'review.csv': {
      grants: cases.map(([what, grant]) => ({ key_id: what, principal_id: 'p1', action: 'read', ...grant })),
    },
  });

  it.each(cases)('counts those who %s: %o is %s', async (what, _grant, counted) => {
    const { leavers } = await dossierOf(store(), 'key', what);
    expect(leavers?.total).toBe(counted ? 1 : 0);
    expect(
      leavers?.records.map(({ principal, grant: held }) => [principal.principal_id, held.key_id]),
    ).toEqual(counted ? [['p1', what]] : []);
  });

  it('does not count whose right was denied when they left, if the denial is dated', async () => {
    const denials: [string, Partial<GrantRecord>, number][] = [
      ['denied before', { granted_at: at('2026-06-01T00:00:00Z') }, 0],
      ['denied by whom a date is missing', {}, 1],
      ['denied afterwards', { granted_at: at('2026-07-01T00:00:00Z') }, 1],
      [
        'denied until before',
        { granted_at: at('2026-05-01T00:00:00Z'), removed_at: at('2026-06-01T00:00:00Z') },
        1,
      ],
      ['denied another right', { granted_at: at('2026-06-01T00:00:00Z'), action: 'rotate' }, 1],
    ];
    const held = { principal_id: 'p1', action: 'read' } as const;
    const denied = await storeOf({
      'people.csv': {
        principals: [{ principal_id: 'p1', directory: true, status: 'left', departed_at: left }],
      },
      'keys.csv': { keys: denials.map(([key_id]) => ({ key_id })) },
      'review.csv': {
        grants: denials.flatMap(([key_id, denial]) => [
          { key_id, ...held },
          { key_id, ...held, effect: 'deny' as const, ...denial },
        ]),
      },
    });
    const { of } = await dossiersOf(denied);
    const totals = Object.fromEntries(of('key').map(({ key, leavers }) => [key.key_id, leavers?.total]));
    expect(totals).toEqual(Object.fromEntries(denials.map(([key_id, , total]) => [key_id, total])));
  });

  it('does not count who is still here, and does count who left without a date', async () => {
    const store = await storeOf({
      'people.csv': {
        principals: [
          { principal_id: 'p1', directory: true, status: 'active' },
          { principal_id: 'p2', status: 'left' },
        ],
      },
      'keys.csv': { keys: [{ key_id: 'k1' }] },
      'review.csv': {
        grants: ['p1', 'p2'].map((principal_id) => ({ key_id: 'k1', principal_id, removed_at: left })),
      },
    });
    const { leavers } = await dossierOf(store, 'key', 'k1');
    expect(leavers?.records.map(({ principal }) => principal.principal_id)).toEqual(['p2']);
  });
});

describeUnlessProved('events of a key', import.meta.url, STORE_FILES, () => {
  it('counts uses after the last moment of revocation, and nothing else', async () => {
    const event = { key_id: 'k1', category: 'use' as const };
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k1', revoked: day('2026-06-30') }] },
      'log.json': {
        events: [
          { ...event, event_id: '1', at: at('2026-06-30T23:59:59.999Z') },
          { ...event, event_id: '2', at: at('2026-07-01T00:00:00.000Z') },
          { ...event, event_id: '3', at: at('2026-07-02T00:00:00Z'), outcome: 'failure' },
          { ...event, event_id: '4', at: at('2026-07-02T00:00:00Z'), category: 'admin' },
        ],
      },
    });
    const { events } = await dossierOf(store, 'key', 'k1');
    expect(events).toMatchObject({ total: 4, failures: 1, after_revocation: 1 });
    expect(events?.last_used).toEqual(at('2026-07-01T00:00:00.000Z'));
  });

  it('lists reads by people, newest first, without break-glass, failures and machines', async () => {
    const read = { key_id: 'k1', category: 'read-secret' as const, actor_type: 'human' as const };
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k1' }] },
      'log.json': {
        events: [
          { ...read, event_id: 'undated', actor: 'b' },
          { ...read, event_id: 'older', at: OLD, actor: 'a', source_ip: '10.0.0.1', environment: 'test' },
          { ...read, event_id: 'newer', at: NEW, actor: 'a', break_glass: false, workload: 'w' },
          { ...read, event_id: 'glass', at: NEW, break_glass: true },
          { ...read, event_id: 'failed', at: NEW, outcome: 'failure' },
          { ...read, event_id: 'machine', at: NEW, actor_type: 'service' },
        ],
      },
    });
    const { events } = await dossierOf(store, 'key', 'k1');
    expect(events?.human_reads.map((event) => event.event_id)).toEqual(['newer', 'older', 'undated']);
    expect(events).toMatchObject({
      actors: ['a', 'b'],
      source_ips: ['10.0.0.1'],
      workloads: ['w'],
      environments: ['test'],
    });
  });
});

describeUnlessProved('state at the as-of date', import.meta.url, STORE_FILES, () => {
  const LATER = at('2026-10-05T00:00:00Z');
  const keys = [
    { key_id: 'revoked since', status: 'revoked' as const, revoked: LATER, expected: null },
    { key_id: 'destroyed since', status: 'destroyed' as const, revoked: LATER, expected: null },
    { key_id: 'expired since', status: 'expired' as const, expires: LATER, expected: null },
    { key_id: 'revoked before', status: 'revoked' as const, revoked: NEW, expected: 'revoked' },
    { key_id: 'revoked on an unknown date', status: 'revoked' as const, expected: 'revoked' },
    { key_id: 'active, to expire', status: 'active' as const, expires: LATER, expected: 'active' },
  ];
  const store = sharedStoreOf({
    'keys.csv': { keys: keys.map(({ expected: _, ...key }) => key) },
    'vendors.csv': {
      vendors: [
        { vendor_id: 'left since', status: 'terminated', terminated_at: LATER },
        { vendor_id: 'left before', status: 'terminated', terminated_at: NEW },
      ],
    },
  });

  it.each(keys)('of a key that is $key_id: $expected', async ({ key_id, expected }) => {
    expect((await dossierOf(store(), 'key', key_id)).key.status).toBe(expected);
  });

  it('of a vendor is not known if it was terminated later', async () => {
    expect((await dossierOf(store(), 'vendor', 'left since')).vendor.status).toBeNull();
    expect((await dossierOf(store(), 'vendor', 'left before')).vendor.status).toBe('terminated');
  });
});
