import { describe, expect, it } from 'vitest';
import { optionsFor, type StoreOptions } from '../../src/store/index.js';
import { at, day, dossiersOf, type Evidence, partsOf, storeOf, workFolder } from './evidence.js';

const EVIDENCE: Evidence = {
  keys: ['k3', 'k1', 'k2'].map((key_id) => ({
    key_id,
    owner: 'jane',
    created: day('2026-01-01'),
    status: 'active',
  })),
  rotations: ['k1', 'k2'].map((key_id, n) => ({
    key_id,
    rotation_id: `r${n}`,
    at: at('2026-06-01T00:00:00Z'),
  })),
  principals: [{ principal_id: 'jane', kind: 'human', status: 'active' }],
  grants: [{ principal_id: 'jane', key_id: '*', action: 'read' }],
};

describe('how records are kept', () => {
  it('is in memory and on one thread if they are few, and as the database does by itself if they are many', async () => {
    const few = await partsOf(await workFolder(), 'few.csv', EVIDENCE);
    expect(await optionsFor([])).toEqual({ inMemory: true, keepFreed: true, threads: 1 });
    expect(await optionsFor(few)).toEqual({ inMemory: true, keepFreed: true, threads: 1 });
    const purpose = 'x'.repeat(2_100_000);
    const many = await partsOf(await workFolder(), 'many.csv', { keys: [{ key_id: 'k9', purpose }] });
    expect(await optionsFor([...few, ...many, ...many])).toEqual({});
  });

  it('changes no dossier', async () => {
    const [inMemory, inFile] = await Promise.all(
      [await optionsFor([]), { inMemory: false, threads: 2 }].map(textsKept),
    );
    expect(inMemory?.join('')).toContain('"k2"');
    expect(inFile).toEqual(inMemory);
  });
});

async function textsKept(options: StoreOptions): Promise<string[]> {
  const store = await storeOf({ 'all.csv': EVIDENCE }, {}, options);
  return (await dossiersOf(store)).texts;
}
