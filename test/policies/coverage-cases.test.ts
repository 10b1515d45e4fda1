import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type Answers, answersOf } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';

/** An export that holds nothing about a key proves nothing about it, unless it is stated to cover the key. */

const CASES = fileURLToPath(new URL('../../../shared/cases/exports/', import.meta.url));

const NAMED =
  'key_id,name,environment,owner,status,risk_tier,created,last_rotated,last_used,fingerprint,ip_allowlist';
const BANK = {
  'keys.csv': `${NAMED},audit_logging,workloads,store
K-1,card api,production,anna@northbridge.example,active,high,2026-01-01,2026-09-01,,a0e4eae46db26401753fec2228b3052f,10.1.0.0/16,yes,settlement,vault
K-2,card api,staging,anna@northbridge.example,active,high,2026-01-01,2026-09-01,,f5ba8209378ba412feada66d1cc9dff4,10.2.0.0/16,yes,settlement-uat,vault
`,
  'people.csv':
    'principal_id,name,kind,status,department,roles\nanna@northbridge.example,Anna,human,active,payments,ops\n',
  'rotations.csv':
    'rotation_id,key_id,step,at,actor,actor_type,status,ticket\nr1,K-1,rotated,2026-09-01T08:00:00Z,pipeline,automation,success,CHG0040001\n',
};
const GRANTS = {
  'grants.csv':
    'principal_id,key_id,action,role,granted_at,environment\nanna@northbridge.example,K-1,rotate,ops,2026-08-01,production\n',
};
const EVENTS = 'event_id,at,category,action,key_id,actor,actor_type,outcome,source_ip,environment\n';
const TRAIL_EVENT = {
  eventSource: 'ec2.amazonaws.com',
  eventName: 'DescribeRegions',
  eventTime: '2026-08-14T12:22:01Z',
  eventID: 'e-0001',
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
};

type Files = { [path: string]: string };

/** Answers by the text of the files: several tests start from the same bank. */
const known = new Map<string, Promise<Answers>>();

function answersFor(files: Files): Promise<Answers> {
  const key = JSON.stringify(files);
  const answers = known.get(key) ?? answersForNew(files);
  known.set(key, answers);
  return answers;
}

function answersOfCase(folder: string): Promise<Answers> {
  const answers = known.get(folder) ?? answersOf(join(CASES, folder));
  known.set(folder, answers);
  return answers;
}

async function answersForNew(files: Files): Promise<Answers> {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await answersOf(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Checks on a subject that pass, or do not apply, and did not do so before; the organisation is left out of the key. */
function turnedClean(before: Answers, after: Answers): string[] {
  const keyed = (answers: Answers) =>
    new Map([...answers].map(([key, answer]) => [key.replace(/ (?!K-\d|anna).*$/, ''), answer.outcome]));
  const was = keyed(before);
  const clean = [...keyed(after)].filter(([, outcome]) =>
    ['pass', 'attested', 'not-applicable'].includes(outcome),
  );
  return clean
    .filter(([key, outcome]) => was.get(key) !== outcome)
    .map(([key, outcome]) => `${key}: ${outcome}`);
}

describeUnlessProved('an export without a record about a key', import.meta.url, PROGRAM_FILES, () => {
  const reasonsOf = (answers: Answers, key: string) => answers.get(key)?.missing;

  it.each([
    [
      'an empty page of a log',
      { 'events.json': '{"events":[],"searchedLogStreams":[],"nextToken":"Bxkq6kVG"}' },
    ],
    ['a log of a header only', { 'events.csv': EVENTS }],
    [
      'a trail of another account',
      { '111122223333_CloudTrail_eu-west-1_x.json': JSON.stringify({ Records: [TRAIL_EVENT] }) },
    ],
    [
      'a list of rights of a header only',
      { 'grants.csv': 'principal_id,key_id,action,role,granted_at,environment\n' },
    ],
    [
      'a list of changes of a header only',
      { 'changes.csv': 'change_id,kind,title,environment,requested_by,approved_by,approved_at,status\n' },
    ],
  ])('%s makes nothing pass and nothing not apply', async (_name, further) => {
    const bank: Files = 'grants.csv' in further ? BANK : { ...BANK, ...GRANTS };
    expect(turnedClean(await answersFor(bank), await answersFor({ ...bank, ...further }))).toEqual([]);
  });

  it('a log of another key speaks for that key alone, and the reason says so', async () => {
    const log = `${EVENTS}e1,2026-09-29T10:00:00Z,read-secret,read,K-2,settlement-uat,service,success,10.2.0.5,staging\n`;
    const bank = { ...BANK, ...GRANTS };
    const after = await answersFor({ ...bank, 'events.csv': log });
    const turned = turnedClean(await answersFor(bank), after);
    expect(turned).toEqual(['inv-dormant-revoked K-2: pass', 'inv-not-shared K-2: pass']);
    expect(reasonsOf(after, 'gw-ip-allowlist K-1')).toEqual([
      {
        path: 'events (no audit log is stated to be complete for vault, and none names it)',
        elements: ['use'],
      },
    ]);
  });

  it('counts if it is stated to be complete for the system of the key', async () => {
    const source = { path: 'events.csv', covers: { systems: ['vault'], complete: true } };
    const config = JSON.stringify({ sources: [source] });
    const answers = await answersFor({ ...BANK, ...GRANTS, 'events.csv': EVENTS, 'keyproof.yaml': config });
    expect(answers.get('gw-ip-allowlist K-1')?.outcome).toBe('pass');
    expect(answers.get('inv-not-shared K-1')?.outcome).toBe('pass');
  });

  it('does not count for a key that the inventory says was used', async () => {
    const used = BANK['keys.csv'].replace('2026-09-01,,a0e4', '2026-09-01,2026-09-29,a0e4');
    const source = { path: 'events.csv', covers: { systems: ['vault'], complete: true } };
    const config = JSON.stringify({ sources: [source] });
    const answers = await answersFor({
      ...BANK,
      ...GRANTS,
      'keys.csv': used,
      'events.csv': EVENTS,
      'keyproof.yaml': config,
    });
    expect(reasonsOf(answers, 'gw-ip-allowlist K-1')).toEqual([
      {
        path: 'events (the inventory states that the key was used, and no log supplied names it)',
        elements: ['use'],
      },
    ]);
  });

  it('does not count for the days of the period that the log does not cover', async () => {
    const covers = { systems: ['vault'], complete: true, period: { from: '2026-07-01', to: '2026-09-15' } };
    const period = { from: '2026-07-01', to: '2026-09-30' };
    const config = JSON.stringify({ period, sources: [{ path: 'events.csv', covers }] });
    const answers = await answersFor({ ...BANK, ...GRANTS, 'events.csv': EVENTS, 'keyproof.yaml': config });
    expect(reasonsOf(answers, 'gw-ip-allowlist K-1')).toEqual([
      {
        path: 'events (the audit log supplied covers nothing from 2026-09-16 to 2026-09-30)',
        elements: ['use'],
      },
    ]);
  });

  it('does not make a key unknown if records of the inventory were rejected', async () => {
    const log = `${EVENTS}e1,2026-09-29T10:00:00Z,use,call,K-9,settlement,service,success,10.1.0.5,production\n`;
    const keys = `${BANK['keys.csv']},card api,production,anna@northbridge.example,active,high,2026-01-01,2026-09-01,,,,yes,settlement,vault\n`;
    const whole = await answersFor({ ...BANK, 'events.csv': log });
    const damaged = await answersFor({ ...BANK, 'keys.csv': keys, 'events.csv': log });
    const outcome = (answers: Answers) =>
      [...answers].find(([key]) => key.startsWith('inv-complete '))?.[1].outcome;
    expect([outcome(whole), outcome(damaged)]).toEqual(['fail', 'no-evidence']);
  });
});

describe.skipIf(!existsSync(CASES))('public cases (skipped if ../shared is absent)', () => {
  it.each([
    ['26b-without', '26-cloudwatch-empty-page', []],
    ['26d-full-without', '26d-full-with', []],
    ['26d-full-without', '26e', []],
    ['26d-full-without', '26f', []],
    ['26d-full-without', '26i', ['inv-not-shared K-2: pass']],
    ['26h0', '26h1', []],
    ['26h0', '26h2', []],
    ['26h0', '26h3', []],
    ['26h0', '26h4', []],
  ])('%s and with an export more, %s', async (without, folder, turned) => {
    const before = await answersOfCase(without);
    const after = await answersOfCase(folder);
    expect(turnedClean(before, after)).toEqual(turned);
  });

  it('38: a key whose date cannot be read is in the inventory', async () => {
    const answers = await answersOf(join(CASES, '38-rejected-key-called-missing'));
    const [, found] = [...answers].find(([key]) => key.startsWith('inv-complete ')) ?? [];
    expect(found?.outcome).toBe('no-evidence');
  });
});
