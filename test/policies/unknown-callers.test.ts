import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type Answer, answersOf } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';

/** What a log leaves out never makes a key that several systems use one that a single system uses. */

type Call = { [field: string]: string };

const KEY = {
  key_id: 'k1',
  store: 'vault-kv',
  status: 'active',
  fingerprint: '5b1d7c0e9a42f386',
  sharing_exception: '',
  workloads: ['checkout'],
};
const CALLS: Call[] = ['checkout', 'billing'].map((workload, i) => ({
  event_id: `e${i}`,
  key_id: 'k1',
  at: `2026-09-1${i}T10:00:00Z`,
  action: 'GET /accounts',
  category: 'use',
  workload,
}));
const WHOLE = { systems: ['vault-kv'], complete: true, period: { from: '2026-01-01', to: '2026-09-30' } };

async function answerOf(calls: readonly Call[]): Promise<Answer | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'callers-'));
  try {
    writeFileSync(join(folder, 'keys.json'), JSON.stringify([KEY]));
    writeFileSync(join(folder, 'events.json'), JSON.stringify(calls));
    const sources = [
      { path: 'keys.json', kind: 'keys', as: 'canonical' },
      { path: 'events.json', kind: 'events', as: 'canonical', covers: WHOLE },
    ];
    writeFileSync(
      join(folder, 'keyproof.yaml'),
      JSON.stringify({ organisation: 'Northbridge Bank', sources }),
    );
    return (await answersOf(folder)).get('inv-not-shared k1');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function without(field: string): Call[] {
  return CALLS.map((call) => Object.fromEntries(Object.entries(call).filter(([name]) => name !== field)));
}

const FILES = [...PROGRAM_FILES, 'test/policies/unknown-callers.test.ts'];

describeUnlessProved('a log that does not tell who calls', import.meta.url, FILES, () => {
  it('fails a key with two callers that it names', async () => {
    expect((await answerOf(CALLS))?.outcome).toBe('fail');
  });

  it.each(['workload', 'category'])('lacks evidence without %s', async (field) => {
    const answer = await answerOf(without(field));
    expect(answer?.outcome).toBe('no-evidence');
    expect(JSON.stringify(answer?.missing)).toContain('not every call names its workload');
  });
});
