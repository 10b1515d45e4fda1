import { expect, it } from 'vitest';
import type { Coverage, InputFile, Instant, KeyRecord } from '../../src/model/index.js';
import { openStore } from '../../src/store/index.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { conflictsOf, day, dossierOf, PLAN, partsOf, workFolder } from './evidence.js';

const JUNE = day('2026-06-30');
const SEPTEMBER = day('2026-09-30');
const GONE = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:gone-AbCdEf';
const KEPT = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:kept-AbCdEf';

/** An inventory as it was taken, complete for AWS Secrets Manager if nothing else is said. */
type List = { keys: Partial<KeyRecord>[]; taken: Instant | null; covers?: Partial<Coverage> };

function listed(...ids: string[]): Partial<KeyRecord>[] {
  return ids.map((key_id) => ({ key_id, store: 'aws-sm', status: 'active' as const }));
}

async function storeOfLists(lists: { [file: string]: List }) {
  const dir = await workFolder();
  const store = await openStore(dir);
  const parts = Object.entries(lists).map(async ([file, { keys, taken }]) =>
    (await partsOf(dir, file, { keys })).map((part) => (taken === null ? part : { ...part, taken })),
  );
  await store.load((await Promise.all(parts)).flat());
  await store.resolve(PLAN, Object.entries(lists).map(inputOf));
  return store;
}

function inputOf([path, { keys, covers }]: [string, List]): InputFile {
  const coverage: Coverage = {
    kind: 'keys',
    records: keys.length,
    systems: ['aws-sm'],
    accounts: ['111122223333/eu-west-1'],
    period: null,
    completeBy: 'keyproof.yaml',
    gaps: [],
    ...covers,
  };
  return { path, sha256: 'ab'.repeat(32), coverage: [coverage] } as unknown as InputFile;
}

async function statusIn(lists: { [file: string]: List }): Promise<[string | null, number]> {
  const store = await storeOfLists(lists);
  const dossier = await dossierOf(store, 'key', GONE);
  expect((await dossierOf(store, 'key', KEPT)).key.status).toBe('active');
  expect(await conflictsOf(store)).toEqual([]);
  await store.close();
  return [dossier.key.status, dossier.contradictions?.[0]?.readings.length ?? 0];
}

describeUnlessProved('a key that a newer inventory lacks', import.meta.url, STORE_FILES, () => {
  const older: List = { keys: listed(GONE, KEPT), taken: JUNE };
  const newer: List = { keys: listed(KEPT), taken: SEPTEMBER };

  it('is of unknown status if that inventory is complete for its system and account', async () => {
    expect(await statusIn({ 'q2.json': older, 'q3.json': newer })).toEqual([null, 2]);
    expect(await statusIn({ 'z-q2.json': older, 'a-q3.json': newer })).toEqual([null, 2]);
  });

  it.each<[string, List, List]>([
    ['is not complete', older, { ...newer, covers: { completeBy: null } }],
    ['has a gap', older, { ...newer, covers: { gaps: ['1 record was rejected in q3.json'] } }],
    ['is of another account', older, { ...newer, covers: { accounts: ['111122223333/us-east-1'] } }],
    ['is of another system', older, { ...newer, covers: { systems: ['vault-kv'] } }],
    ['was taken on the same day', older, { ...newer, taken: JUNE }],
    ['does not state when it was taken', older, { ...newer, taken: null }],
    ['is older', { ...older, taken: SEPTEMBER }, { ...newer, taken: JUNE }],
  ])('stays what it was if that inventory %s', async (_what, q2, q3) => {
    expect(await statusIn({ 'q2.json': q2, 'q3.json': q3 })).toEqual(['active', 0]);
  });
});
