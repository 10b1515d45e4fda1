import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type Answer, answersOf } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';

/** Logs of one name in several accounts are different logs: their records do not contradict each other, and one describes no other. */

const ONE = '111122223333';
const OTHER = '444455556666';

const log = (account: string | null, days: number) => ({
  log: 'cloudtrail',
  ...(account === null ? {} : { account }),
  retention_days: days,
  hot_days: 90,
  retention_basis: 'policy LOG-4',
  pci_scope: 'out',
  required_record: false,
  personal_data: false,
  immutable: true,
  central: true,
  readers: [],
  allowed_readers: [],
  deleters: [],
  time_source: 'ntp.northbridge.example',
  max_skew_ms: 20,
});

const event = (id: string) => ({
  event_id: id,
  log: 'cloudtrail',
  at: '2026-09-10T10:00:00Z',
  action: 'GetSecretValue',
  actor: 'checkout',
  source_ip: '10.1.2.3',
  outcome: 'success',
  category: 'use',
});

type Bank = { sources: readonly object[]; answers: ReadonlyMap<string, Answer> };

/** Answers about the organisation: a log of events for each of `accounts` (null: none is stated), and records of logs. */
async function answers(accounts: readonly (string | null)[], files: readonly Covered[]): Promise<Bank> {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  const events = accounts.map((account, i) => ({
    name: `events-${i}`,
    kind: 'events',
    account,
    records: [event('e1'), event(`n${i}`)],
  }));
  const records = files.map((file, i) => ({ name: `logs-${i}`, kind: 'log_sources', ...file }));
  try {
    const sources = [...events, ...records].map(({ name, kind, account, records: rows }) => {
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(rows));
      const covers = { complete: true, systems: ['*'], ...(account ? { accounts: [account] } : {}) };
      return { path: `${name}.json`, kind, as: 'canonical', covers };
    });
    writeFileSync(
      join(folder, 'keyproof.yaml'),
      JSON.stringify({ organisation: 'Northbridge Bank', sources }),
    );
    return { sources, answers: await answersOf(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Covered = { account: string | null; records: readonly object[] };

const texts = ({ answers: found }: Bank, rule: string) =>
  JSON.stringify([...found].find(([name]) => name.startsWith(`${rule} `))?.[1]);

const FILES = [...PROGRAM_FILES, 'test/policies/logs-of-accounts.test.ts'];

describeUnlessProved('logs of one name in two accounts', import.meta.url, FILES, () => {
  it.each([
    ['the records state', [{ account: null, records: [log(ONE, 30), log(OTHER, 400)] }]],
    [
      'their files state',
      [
        { account: ONE, records: [log(null, 30)] },
        { account: `${OTHER}/eu-west-1`, records: [log(null, 400)] },
      ],
    ],
  ] satisfies [string, Covered[]][])('are two logs, by the account that %s', async (_, files) => {
    const bank = await answers([ONE, OTHER], files);
    const kept = texts(bank, 'log-retention');
    expect(kept).toContain(`entries of the log \\"cloudtrail of ${ONE}\\" are kept for 30 days`);
    expect(kept).not.toContain('a log in use has no record');
    expect(kept).not.toContain(`cloudtrail of ${OTHER}`);
    expect(texts(bank, 'evidence-ipe-valid')).not.toContain('retention_days');
    expect(texts(bank, 'log-five-w')).not.toContain('logs.total');
  });

  it('does not describe one by the record of the other', async () => {
    const bank = await answers([ONE, OTHER], [{ account: null, records: [log(ONE, 400)] }]);
    for (const rule of ['log-retention', 'log-integrity', 'log-time-sync'])
      expect(texts(bank, rule), rule).toMatch(/a log in use has no record|a log without a record/);
  });

  it('describes both by a record that states no account', async () => {
    const bank = await answers([ONE, OTHER], [{ account: null, records: [log(null, 30)] }]);
    expect(texts(bank, 'log-retention')).toContain(
      'entries of the log \\"cloudtrail\\" are kept for 30 days',
    );
    for (const rule of ['log-retention', 'log-integrity', 'log-time-sync'])
      expect(texts(bank, rule), rule).not.toMatch(/a log in use has no record|a log without a record/);
  });

  it('keeps the name of a log of a single account', async () => {
    const bank = await answers([ONE], [{ account: ONE, records: [log(null, 30)] }]);
    expect(texts(bank, 'log-retention')).toContain(
      'entries of the log \\"cloudtrail\\" are kept for 30 days',
    );
    expect(texts(bank, 'log-retention')).not.toContain('a log in use has no record');
  });
});
