import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { adapter as activities } from '../../../src/ingest/adapters/cyberark/account-activities/adapter.js';
import { adapter as vaultLog } from '../../../src/ingest/adapters/cyberark/vault-log/adapter.js';
import { caseInput, readTextWith, records } from './read-with-adapter.js';

const cef = readFileSync(caseInput('cyberark/vault-log', 'cef'), 'utf8');

it.each([
  ['another product of CyberArk', cef.replaceAll('|Vault|', '|PTA|'), 'x.log'],
  ['another vendor', cef.replaceAll('|Cyber-Ark|', '|Check Point|'), 'x.log'],
  ['LEEF', cef.replaceAll('CEF:0|', 'LEEF:1.0|'), 'x.log'],
  [
    'activities of customers',
    JSON.stringify({ Activities: [{ Subject: 'Call', Date: 1, User: 'x' }] }),
    'x.json',
  ],
  ['a table of actions', 'Action,ActionID,User,When\nClick,1,ines,2026-09-01\n', 'x.csv'],
])('%s is neither the log of a vault nor activities of an account', async (_what, text, name) => {
  const { file } = await readTextWith(vaultLog, text, name);
  expect([vaultLog.id, activities.id]).not.toContain(file.adapter);
});

it('reads the same of a line in a shell as of the line in a file', async () => {
  const lines = cef.split('\n').filter((line) => line.includes('CEF:'));
  const wrapped = lines.map((line) => JSON.stringify({ preview: false, result: { _raw: line } })).join('\n');
  const [plain, shelled] = [
    await readTextWith(vaultLog, cef, 'x.log'),
    await readTextWith(vaultLog, wrapped, 'x.ndjson'),
  ].map((outcome) => records(outcome, 'events').map(({ source: _source, ...event }) => event));
  expect(plain?.length).toBeGreaterThan(5);
  expect(shelled).toEqual(plain);
});

it('does not take an account from a date in the name of a file', async () => {
  const text = readFileSync(caseInput('cyberark/account-activities', 'list'), 'utf8');
  const { file } = await readTextWith(activities, text, 'exports/activities-2026_09.json');
  expect([file.adapter, file.produced.events ?? 0]).toEqual([activities.id, 0]);
});
