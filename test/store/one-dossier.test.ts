import { expect, it } from 'vitest';
import type { SubjectKind } from '../../src/model/index.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, day, dossiersOf, PLAN, storeOf } from './evidence.js';

const KINDS: readonly SubjectKind[] = [
  'key',
  'principal',
  'repository',
  'route',
  'vendor',
  'incident',
  'organisation',
];

describeUnlessProved('one dossier', import.meta.url, STORE_FILES, () => {
  it('the dossier of one subject is the line of its bucket, for every subject of every kind', async () => {
    const store = await storeOf({
      'a.csv': {
        keys: Array.from({ length: 40 }, (_, n) => ({
          key_id: `k'${n}`,
          owner: 'p1',
          vendor: 'v1',
          fingerprint: 'ab'.repeat(16),
          last_rotated: day('2026-01-05T00:00:00Z'),
        })),
        principals: [
          { principal_id: 'p1', directory: true, status: 'left', departed_at: at('2026-08-01T00:00:00Z') },
        ],
        grants: [{ principal_id: 'p1', key_id: "k'1", action: 'read' }],
        rotations: [{ key_id: "k'1", step: 'rotated', at: at('2026-03-05T00:00:00Z') }],
        repositories: [{ repository_id: 'r1' }],
        routes: [{ route_id: 'e1', vendor: 'v1' }],
        vendors: [{ vendor_id: 'v1' }],
        incidents: [{ incident_id: 'i1', key_ids: ["k'1"] }],
      },
    });
    const dossiers = await dossiersOf(store);
    for (const kind of KINDS) {
      const all = dossiers.of(kind);
      expect(all.length).toBeGreaterThan(0);
      expect(new Set(all.map(({ subject }) => subject.id)).size).toBe(all.length);
      for (const dossier of all)
        expect(JSON.parse((await store.dossier(PLAN, dossier.subject)) ?? 'null')).toEqual(dossier);
    }
  });

  it('a subject that the evidence lacks has none', async () => {
    const store = await storeOf({ 'a.csv': { keys: [{ key_id: 'k1' }] } });
    expect(await store.dossier(PLAN, { kind: 'key', id: 'k2' })).toBeNull();
    expect(await store.dossier(PLAN, { kind: 'vendor', id: 'k1' })).toBeNull();
    expect(await store.dossier(PLAN, { kind: 'organisation', id: 'Another Bank' })).toBeNull();
  });
});
