import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { adapter as activities } from '../../../src/ingest/adapters/cyberark/account-activities/adapter.js';
import { adapter as groupMembers } from '../../../src/ingest/adapters/cyberark/group-members/adapter.js';
import { adapter as safeMembers } from '../../../src/ingest/adapters/cyberark/safe-members/adapter.js';
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
  ['a table of another vault', 'SafeName,MemberName,Role\nPayments,ines,admin\n', 'x.csv'],
  ['accounts of a shop', 'AccountID,AccountName,Created\n1,ines,2026-09-01\n', 'x.csv'],
  ['members of a club', 'MemberName,MemberType,Joined\nines,gold,2026-09-01\n', 'x.csv'],
  ['a table of actions', 'Action,ActionID,User,When\nClick,1,ines,2026-09-01\n', 'x.csv'],
])('%s is no export of CyberArk', async (_what, text, name) => {
  const { file } = await readTextWith(vaultLog, text, name);
  expect(file.adapter ?? '').not.toMatch(/^cyberark/);
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
  const { file } = await readTextWith(activities, text, 'exports/accounts/2026_09.json');
  expect([file.adapter, file.produced.events ?? 0]).toEqual([activities.id, 0]);
});

it('lets a member of a local group hold what its safe gives the group', async () => {
  const groups = readFileSync(caseInput('cyberark/group-members', 'export'), 'utf8');
  const safes = readFileSync(caseInput('cyberark/safe-members', 'privilege-cloud'), 'utf8');
  const members = records(await readTextWith(groupMembers, groups, 'groups.csv'), 'principals');
  const granted = records(await readTextWith(safeMembers, safes, 'entitlements.csv'), 'grants');
  const member = members.find(({ principal_id }) => principal_id === 'jonas.weil');
  const held = granted.filter(({ principal_id }) =>
    member?.member_of?.some((group) => group === principal_id),
  );
  expect([held.length, member?.roles]).toEqual([1, undefined]);
});

it('names one account alike in the list of the API, the tables and the log', async () => {
  const names = async (format: string, name: string) => {
    const { records: found } = await readTextWith(
      vaultLog,
      readFileSync(caseInput(format, name), 'utf8'),
      `${name}.csv`,
    );
    return (found.keys ?? []).flatMap((key) => Object.values(key).flat());
  };
  const logged = records(await readTextWith(vaultLog, cef, 'x.log'), 'events').map(({ key_id }) => key_id);
  const cloud = await names('cyberark/accounts', 'privilege-cloud');
  const files = await names('cyberark/accounts', 'evd-files');
  expect([cloud, files].map((ids) => ids.some((id) => logged.some((name) => name === id)))).toEqual([
    true,
    true,
  ]);
});
