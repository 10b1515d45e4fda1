import { expect, it } from 'vitest';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, dossierOf, dossiersOf, storeOf } from './evidence.js';

describeUnlessProved('records supplied twice', import.meta.url, STORE_FILES, () => {
  it('makes one key of the same id in several files: each field from the records that state it', async () => {
    const store = await storeOf({
      'b.csv': { keys: [{ key_id: 'k1', name: 'second', purpose: 'payments', aliases: ['two', 'one'] }] },
      'a.csv': {
        keys: [
          {
            key_id: 'k1',
            name: 'first',
            owner: '',
            aliases: ['one'],
            created: { state: 'not-tracked', ms: null, tolerance_ms: 0 },
          },
        ],
      },
      'c.csv': {
        keys: [{ key_id: 'k1', owner: 'jane', created: at('2026-01-01T00:00:00Z') }, { key_id: 'k2' }],
      },
    });
    const dossier = await dossierOf(store, 'key', 'k1');
    expect(dossier.key).toMatchObject({
      name: 'first',
      owner: 'jane',
      purpose: 'payments',
      aliases: ['first', 'one', 'second', 'two'],
      created: at('2026-01-01T00:00:00Z'),
      source: { file: 'a.csv', record: 'row 2' },
    });
    expect(await store.query(`SELECT conflicts FROM resolution WHERE kind = 'keys'`)).toEqual([
      { conflicts: 0 },
    ]);
    const population = await store.population([]);
    expect(population).toEqual([
      {
        kind: 'keys',
        files: 3,
        records: 4,
        distinct: 2,
        rejected: 0,
        range: { firstMs: Date.parse('2026-01-01'), lastMs: Date.parse('2026-01-01') },
      },
    ]);
  });

  it('keeps an event delivered twice once, and two events that only share a number', async () => {
    const event = { event_id: '7', log: 'cloudtrail', at: at('2026-09-01T00:00:00Z'), key_id: 'k1' };
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k1' }] },
      'one.json': {
        events: [event, { ...event, log: 'vault' }, { ...event, at: at('2026-09-01T00:00:01Z') }],
      },
      'two.json': { events: [event, { ...event, event_id: null }, { ...event, event_id: null }] },
    });
    expect((await dossierOf(store, 'key', 'k1')).events?.total).toBe(5);
  });

  it('keeps rotation and grant rows that agree in everything once', async () => {
    const rotation = {
      key_id: 'k1',
      step: 'rotated' as const,
      approvers: ['jane'],
      at: at('2026-09-01T00:00:00Z'),
    };
    const grant = { key_id: 'k1', principal_id: 'jane', action: 'read' as const };
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k1' }] },
      'a.csv': { rotations: [rotation, { ...rotation, actor: 'pipeline' }], grants: [grant] },
      'b.csv': {
        rotations: [rotation],
        grants: [grant, { ...grant, reviewed_at: at('2026-08-01T00:00:00Z') }],
      },
    });
    const dossier = await dossierOf(store, 'key', 'k1');
    expect(dossier.rotations?.total).toBe(2);
    expect(dossier.grants?.total).toBe(2);
    expect(dossier.rotations?.records.map((record) => record.source.file)).toEqual(['a.csv', 'a.csv']);
  });

  it('gives the same bytes whatever order the parts come in and however many threads work', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [
        `file-${n}.csv`,
        {
          keys: Array.from({ length: 40 }, (__, k) => ({
            key_id: `k${k}`,
            name: `${n}`,
            fingerprint: '0123456789abcdef',
          })),
          grants: Array.from({ length: 70 }, (__, k) => ({
            key_id: `k${k % 40}`,
            principal_id: `p${k}`,
            ticket: `${n}`,
          })),
          events: Array.from({ length: 70 }, (__, k) => ({ key_id: `k${k % 40}`, actor: `p${n}`, log: 'l' })),
        },
      ]),
    );
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    const one = await dossiersOf(await storeOf(files, {}, { threads: 1 }));
    const other = await dossiersOf(await storeOf(reversed, {}, { threads: 4 }));
    expect(other.texts).toEqual(one.texts);
    expect(one.of('key')).toHaveLength(40);
  });
});
