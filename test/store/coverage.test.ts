import { describe, expect, it } from 'vitest';
import type { AuditPlan, Coverage, InputFile } from '../../src/model/index.js';
import { coverageJudge } from '../../src/store/coverage/coverage-judge.js';
import { placeOf } from '../../src/store/coverage/coverage-table.js';
import { PLAN, storeOf } from './evidence.js';

const QUARTER: AuditPlan = {
  ...PLAN,
  period: { startMs: Date.parse('2026-07-01'), endMs: Date.parse('2026-09-30T23:59:59.999Z') },
};
const NAMED_BY_NOBODY = 'no audit log is stated to be complete for vault, and none names it';
const VAULT = { systems: ['vault'], accounts: [] };

/** A log that is stated to be complete for the vault; `more` differs from that. */
function log(path: string, more: Partial<Coverage> = {}): InputFile {
  const coverage: Coverage = {
    kind: 'events',
    records: 1,
    systems: ['vault'],
    accounts: [],
    period: null,
    completeBy: 'keyproof.yaml',
    gaps: [],
    ...more,
  };
  return { path, state: 'used', coverage: [coverage] } as InputFile;
}

function period(from: string, to: string, basis: 'stated' | 'records' = 'stated'): Partial<Coverage> {
  return { period: { fromMs: Date.parse(from), toMs: Date.parse(to), basis } };
}

const ofVault = (files: InputFile[], named = false, plan: AuditPlan = PLAN) =>
  coverageJudge({ files, absent: [] }, plan).ofSubject('events', VAULT, named);

describe('silence about a subject', () => {
  it.each<[string, InputFile[], string[]]>([
    ['is covered by a file that is stated to be complete for its system', [log('a')], []],
    ['is covered by one that is for every system', [log('a', { systems: ['*'] })], []],
    ['is not by one that is not stated to be complete', [log('a', { completeBy: null })], [NAMED_BY_NOBODY]],
    ['is not by one of another system', [log('a', { systems: ['kong'] })], [NAMED_BY_NOBODY]],
    ['is not by one that states no system', [log('a', { systems: [] })], [NAMED_BY_NOBODY]],
    [
      'is not by one of an account, if that of the subject is unknown',
      [log('a', { accounts: ['1'] })],
      [NAMED_BY_NOBODY],
    ],
    ['is not if records of such a file are missing', [log('a', { gaps: ['cut short'] })], ['cut short']],
    [
      'is not if another file may hold its records',
      [log('a'), log('b', { systems: [], gaps: ['cut short'] })],
      ['cut short'],
    ],
    [
      'is, whatever is missing of another system',
      [log('a'), log('b', { systems: ['kong'], gaps: ['cut short'] })],
      [],
    ],
    [
      'is not if a file could not be read at all',
      [log('a'), { path: 'b.json', state: 'unreadable', coverage: [] as Coverage[] } as InputFile],
      ['b.json could not be read and may hold such records'],
    ],
  ])('%s', (_, files, reasons) => {
    expect(ofVault(files)).toEqual(reasons);
  });

  it('is not covered if a file that is named was not supplied, of its kind or of a kind that is not known', () => {
    const absent = (kinds: ('events' | 'grants')[] | null) =>
      coverageJudge({ files: [log('a')], absent: [{ file: 'b.csv', namedBy: 'extracts', kinds }] }, PLAN);
    const reasons = ['b.csv, which the register of extracts names, was not supplied'];
    expect(absent(['events']).ofSubject('events', VAULT, false)).toEqual(reasons);
    expect(absent(null).ofSubject('events', VAULT, false)).toEqual(reasons);
    expect(absent(['grants']).ofSubject('events', VAULT, false)).toEqual([]);
  });

  it('gives three reasons and the number of the others', () => {
    const gaps = ['one', 'two', 'three', 'four', 'five'];
    expect(ofVault([log('a', { gaps })])).toEqual(['one', 'two', 'three', '2 more reasons']);
  });
});

it('a Region of an account is covered by a trail of it, or of the whole account', () => {
  const place = { systems: ['vault'], accounts: ['111122223333/eu-west-1'] };
  const reasons = (accounts: string[]) =>
    coverageJudge({ files: [log('a', { accounts })], absent: [] }, PLAN).ofSubject('events', place, false)
      .length;
  expect(reasons(['111122223333/eu-west-1'])).toBe(0);
  expect(reasons(['111122223333'])).toBe(0);
  expect(reasons(['111122223333/us-east-1'])).toBe(1);
  expect(reasons(['444455556666'])).toBe(1);
});

describe('with an audit period', () => {
  it.each<[string, Partial<Coverage>[], string[]]>([
    ['one file that covers all of it', [period('2026-06-01', '2026-10-01')], []],
    ['two that meet', [period('2026-07-01', '2026-08-15T23:59:59Z'), period('2026-08-16', '2026-10-01')], []],
    [
      'two that leave days between',
      [period('2026-07-01', '2026-07-31T23:59:59.999Z'), period('2026-08-03', '2026-10-01')],
      ['the audit log supplied covers nothing from 2026-08-01 to 2026-08-03'],
    ],
    [
      'one that begins late and ends early',
      [period('2026-07-02', '2026-09-29T23:59:59.999Z')],
      [
        'the audit log supplied covers nothing from 2026-07-01 to 2026-07-02',
        'the audit log supplied covers nothing on 2026-09-30',
      ],
    ],
    ['no period at all', [{}], ['the audit log supplied covers nothing from 2026-07-01 to 2026-09-30']],
    [
      'records within half a day of its ends',
      [period('2026-07-01T11:00:00Z', '2026-09-30T13:00:00Z', 'records')],
      [],
    ],
    [
      'records that end before',
      [period('2026-07-01T11:00:00Z', '2026-09-29T11:00:00Z', 'records')],
      ['the audit log supplied covers nothing from 2026-09-29 to 2026-09-30'],
    ],
  ])('%s', (_, periods, reasons) => {
    const files = periods.map((one, n) => log(`${n}`, one));
    expect(ofVault(files, false, QUARTER)).toEqual(reasons);
    expect(ofVault(files, true, QUARTER)).toEqual(reasons);
  });

  it('logs of other systems cover nothing for a subject of which no system is stated', () => {
    const files = [
      log('kong', { systems: ['kong'], ...period('2026-07-01', '2026-10-01') }),
      log('vault', period('2026-07-01', '2026-09-23T23:59:59.999Z')),
      log('aws', { systems: ['aws-sm'], accounts: ['1'], ...period('2026-07-01', '2026-07-02') }),
    ];
    const nowhere = { systems: [], accounts: ['2'] };
    expect(coverageJudge({ files, absent: [] }, QUARTER).ofSubject('events', nowhere, true)).toEqual([
      'the audit log supplied covers nothing from 2026-09-24 to 2026-09-30',
    ]);
  });

  it.each<[string, Partial<Coverage>, Partial<Coverage>]>([
    ['of another account', { accounts: ['prod'] }, { accounts: ['stg'] }],
    ['of another system', { accounts: ['prod'] }, { systems: ['kong'] }],
    ['without a stated system', { accounts: ['prod'] }, { systems: [] }],
  ])(
    'a log %s covers nothing that one lacks, for a subject of neither or the kind as a whole',
    (_, short, long) => {
      const files = [
        log('short', { ...short, ...period('2026-07-01', '2026-09-23T23:59:59.999Z') }),
        log('long', { ...long, ...period('2026-07-01', '2026-10-01') }),
      ];
      const judge = coverageJudge({ files, absent: [] }, QUARTER);
      expect(judge.ofLogs('events')).toEqual([
        'the audit log of vault prod covers nothing from 2026-09-24 to 2026-09-30',
      ]);
      expect(judge.ofSubject('events', { systems: [], accounts: [] }, true)).toEqual([
        'the audit log supplied covers nothing from 2026-09-24 to 2026-09-30',
      ]);
    },
  );

  it('a log of all systems, or of the whole account, covers what those of each lack', () => {
    const whole = log('whole', { accounts: ['1'], ...period('2026-07-01', '2026-10-01') });
    const all = log('all', { systems: ['*'], ...period('2026-07-01', '2026-10-01') });
    const short = [
      log('region', { accounts: ['1/eu-west-1'], ...period('2026-07-01', '2026-07-02') }),
      log('kong', { systems: ['kong'], ...period('2026-07-01', '2026-07-02') }),
    ];
    const ofLogs = (files: InputFile[]) => coverageJudge({ files, absent: [] }, QUARTER).ofLogs('events');
    expect(ofLogs([...short, all])).toEqual([]);
    expect(ofLogs([...short, whole])).toEqual([
      'the audit log of kong covers nothing from 2026-07-02 to 2026-09-30',
    ]);
  });

  it('a list of a state needs to cover no time', () => {
    const files = [log('a', { kind: 'grants' })];
    expect(coverageJudge({ files, absent: [] }, QUARTER).ofSubject('grants', VAULT, false)).toEqual([]);
  });
});

describe('a subject that a record names', () => {
  it('needs no file that is stated to be complete', () => {
    expect(ofVault([log('a', { completeBy: null, systems: [] })], true)).toEqual([]);
  });

  it('is still not covered where records may be missing', () => {
    expect(ofVault([log('a', { gaps: ['cut short'] })], true)).toEqual(['cut short']);
  });
});

describe('a kind as a whole', () => {
  const ofKind = (kind: 'events' | 'grants', more: Partial<Coverage>, plan: AuditPlan = PLAN) =>
    coverageJudge(
      { files: [log('a', { kind, completeBy: null, systems: [], ...more })], absent: [] },
      plan,
    ).ofKind(kind);

  it('is covered by a list with a record, or one that is stated to be complete and empty', () => {
    expect(ofKind('grants', {})).toEqual([]);
    expect(ofKind('grants', { records: 0, completeBy: 'extracts' })).toEqual([]);
    expect(ofKind('grants', { records: 0 })).toEqual([
      'no list of access rights holds a record or is stated to be complete',
    ]);
  });

  it('of a log is covered by one that is stated to be complete, or covers the audit period', () => {
    expect(ofKind('events', {})).toEqual(['no audit log is stated to be complete']);
    expect(ofKind('events', { completeBy: 'keyproof.yaml' })).toEqual([]);
    expect(ofKind('events', period('2026-06-01', '2026-10-01'), QUARTER)).toEqual([]);
  });
});

it('a key of a gateway that no export states the store of is covered by its log', async () => {
  const keys = [
    { key_id: 'kong:a/key-auth/A_1' },
    { key_id: 'kong:b/key-auth/B_1', store: 'Vault' },
    { key_id: 'kongo' },
  ];
  const store = await storeOf({ 'register.csv': { keys } });
  const rows = await store.query(
    `SELECT ${placeOf('key', 'k').system} AS system FROM keys k ORDER BY k.key_id`,
  );
  expect((rows as { system: string }[]).map(({ system }) => system)).toEqual(['kong', 'vault', '']);
});

it('a key belongs to the account, vault or project that its id names', async () => {
  const ids = {
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-b1c2d3': '111122223333/eu-west-1',
    'arn:aws:iam::111122223333:user/a#access_key_1': '111122223333/us-east-1',
    'https://nb-prod-kv.vault.azure.net/secrets/a': 'nb-prod-kv',
    'projects/nb-prod/secrets/a': 'nb-prod',
    'kv/prod/a': '',
  };
  const store = await storeOf({ 'keys.csv': { keys: Object.keys(ids).map((key_id) => ({ key_id })) } });
  const rows = await store.query(`SELECT key_id, ${placeOf('key', 'k').account} AS account FROM keys k`);
  const found = rows as { key_id: string; account: string }[];
  expect(Object.fromEntries(found.map(({ key_id, account }) => [key_id, account]))).toEqual(ids);
});

describe('the moment from which logs cover all time up to the as-of date', () => {
  const from = (...files: InputFile[]) =>
    coverageJudge({ files, absent: [] }, PLAN).coveredFrom('events', VAULT);
  const july = log('a', period('2026-07-01', '2026-08-01'));
  const rest = log('b', period('2026-08-01', '2026-10-01'));

  it.each<[string, InputFile[], string | null]>([
    ['is the first of those that join', [rest, july], '2026-07-01'],
    ['is that of the last before a gap', [rest, log('a', period('2026-07-01', '2026-07-20'))], '2026-08-01'],
    ['is none if none reaches the date', [july], null],
    [
      'is none for another system',
      [log('a', { ...period('2026-07-01', '2026-10-01'), systems: ['kong'] })],
      null,
    ],
    [
      'is none if it is not stated that they are complete',
      [{ ...rest, coverage: rest.coverage.map((one) => ({ ...one, completeBy: null })) }],
      null,
    ],
    ['is none if records are missing', [rest, log('c', { gaps: ['cut short'] })], null],
    ['is none without a period', [log('a')], null],
  ])('%s', (_, files, day) => {
    expect(from(...files)).toBe(day === null ? null : Date.parse(day));
  });
});
