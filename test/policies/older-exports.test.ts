import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type Answer, answersOf } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';

/** An export states what was true when it was taken: no rule concludes from it what came of a key until the as-of date, 2026-09-30. */

type Key = { [field: string]: string };
type Source = { path: string; kind: string; taken?: string; covers?: object };

const KEY = { key_id: 'k1', store: 'vault-kv', status: 'active', environment: 'production' };
const OLD = { created: '2024-01-01', risk_tier: 'high' };
const JUNE = '2026-06-01';

/** A folder of inventories by the day on which they were taken, with further sources and their text. */
type Bank = { keys: { [taken: string]: Key }; more?: { [path: string]: [Omit<Source, 'path'>, string] } };

async function answerOf(rule: string, { keys, more = {} }: Bank): Promise<Answer | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'older-'));
  try {
    const inventories = Object.entries(keys).map(([taken, key]): Source => {
      const path = `keys-${taken}.json`;
      writeFileSync(join(folder, path), JSON.stringify([{ ...KEY, ...key }]));
      return { path, kind: 'keys', ...(taken === 'unknown' ? {} : { taken }) };
    });
    const others = Object.entries(more).map(([path, [source, text]]): Source => {
      writeFileSync(join(folder, path), text);
      return { path, ...source };
    });
    const sources = [...inventories, ...others].map((source) => ({ ...source, as: 'canonical' }));
    writeFileSync(
      join(folder, 'keyproof.yaml'),
      JSON.stringify({ organisation: 'Northbridge Bank', sources }),
    );
    const answers = await answersOf(folder);
    return answers.get(`${rule} k1`) ?? answers.get(`${rule} Northbridge Bank`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A log that is stated to hold every event of the store up to a day, and in which the key is not used. */
function unused(to: string): NonNullable<Bank['more']> {
  const covers = { systems: ['vault-kv'], complete: true, period: { from: JUNE, to } };
  const event = { event_id: 'e1', key_id: 'k2', action: 'read', category: 'read-secret', at: '2026-06-02' };
  return { 'events.json': [{ kind: 'events', covers }, JSON.stringify([event])] };
}

const SINCE = (path: string) => `${path} (by an export of ${JUNE}; nothing supplied covers the time since)`;

const FILES = [...PROGRAM_FILES, 'test/policies/older-exports.test.ts'];

describeUnlessProved('an export that is older than the as-of date', import.meta.url, FILES, () => {
  const last = { ...OLD, last_used: '2026-04-20' };

  it.each<[string, Bank, string, string[]]>([
    [
      'does not show that a key is idle since',
      { keys: { [JUNE]: last } },
      'no-evidence',
      [SINCE('key.last_used')],
    ],
    [
      'shows it if the key was when it was taken',
      { keys: { [JUNE]: { ...last, last_used: '2026-03-01' } } },
      'fail',
      [],
    ],
    [
      'shows it if a complete log covers the rest',
      { keys: { [JUNE]: last }, more: unused('2026-09-30') },
      'fail',
      [],
    ],
    [
      'does not if the log ends earlier',
      { keys: { [JUNE]: last }, more: unused('2026-08-31') },
      'no-evidence',
      [SINCE('key.last_used')],
    ],
    [
      'does not if a newer one states no use',
      { keys: { [JUNE]: last, '2026-09-30': OLD } },
      'no-evidence',
      [SINCE('key.last_used')],
    ],
    [
      'is replaced by a newer one that does',
      { keys: { [JUNE]: last, '2026-09-30': { ...last, owner: 'ines' } } },
      'fail',
      [],
    ],
    ['is taken for one of that date if it has none', { keys: { unknown: last } }, 'fail', []],
  ])('%s', async (_, bank, outcome, missing) => {
    const answer = await answerOf('inv-dormant-revoked', bank);
    expect([answer?.outcome, answer?.missing ?? []]).toEqual([outcome, missing]);
  });

  it.each<[string, string, Key, string]>([
    ['rotation-max-age', 'when the key was last rotated', { last_rotated: '2026-05-20' }, 'key.last_rotated'],
    [
      'inv-expiry-set',
      'that the key outlives its expiry',
      { last_rotated: '2026-04-01', expires: '2026-07-15' },
      'key.status',
    ],
    [
      'access-key-reviewed',
      'when it was last reviewed',
      { need_reviewed_at: '2026-05-20', need_reviewer: 'ines' },
      'key.need_reviewed_at',
    ],
  ])('does not let %s conclude %s', async (rule, _, key, path) => {
    const before = await answerOf(rule, { keys: { unknown: { ...OLD, ...key } } });
    const answer = await answerOf(rule, { keys: { [JUNE]: { ...OLD, ...key } } });
    expect([before?.outcome, answer?.outcome]).toEqual(['fail', 'no-evidence']);
    expect(JSON.stringify(answer?.missing)).toContain(SINCE(path));
  });

  const right = {
    grant_id: 'g1',
    principal_id: 'ines',
    key_id: 'k1',
    action: 'use',
    granted_at: '2025-01-01',
  };
  const reviewed = { reviewer: 'mara', decision: 'keep', reviewed_at: '2026-05-20' };
  const ines = { principal_id: 'ines', kind: 'human', directory: true, trained_at: '2025-07-01' };

  it.each<[string, string, string, object, string]>([
    [
      'access-review-periodic',
      'that a right was not reviewed since',
      'grants',
      { ...right, ...reviewed },
      'grants.records.reviewed_at',
    ],
    [
      'access-review-periodic',
      'that a right is still there',
      'grants',
      { ...right, ...reviewed, decision: 'revoke' },
      'grants.records.removed_at',
    ],
    ['gov-training', 'who was trained since', 'principals', ines, 'training.longest_ago.records.trained_at'],
    [
      'gov-management-reporting',
      'that a finding is open',
      'register',
      {
        item_id: 'F-1',
        kind: 'finding',
        status: 'open',
        severity: 'critical',
        owner: 'ines',
        due: '2026-07-15',
      },
      'register.findings.records.due',
    ],
    [
      'log-integrity',
      'when a chain was last verified',
      'log_sources',
      { log: 'gateway', immutable: false, hash_chain_verified_at: '2026-05-20' },
      'log_sources.records.hash_chain_verified_at',
    ],
  ])('does not let %s conclude %s', async (rule, _, kind, record, path) => {
    const beside = kind === 'principals' ? { grants: right } : {};
    const bank = (taken?: string): Bank => ({
      keys: { '2026-09-30': KEY },
      more: Object.fromEntries(
        Object.entries({ [kind]: record, ...beside }).map(([name, one]) => [
          `${name}.json`,
          [{ kind: name, ...(taken === undefined ? {} : { taken }) }, JSON.stringify([one])],
        ]),
      ),
    });
    const said = async (taken?: string) => (await answerOf(rule, bank(taken))) as Said | undefined;
    const [before, after, newer] = [await said(), await said(JUNE), await said('2026-09-30')];
    const words = SINCE(path);
    expect(JSON.stringify(after?.missing)).toContain(words);
    expect(JSON.stringify([before?.missing, newer?.missing])).not.toContain('nothing supplied covers');
    const fails = (one: Said | undefined) => (one?.violations ?? []).map(({ message }) => message);
    expect(fails(newer)).toEqual(fails(before));
    expect(fails(before).filter((message) => !fails(after).includes(message))).not.toEqual([]);
    expect(fails(after).filter((message) => !fails(before).includes(message))).toEqual([]);
  });
});

type Said = Answer & { violations: { message: string }[] };
