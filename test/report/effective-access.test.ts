import { describe, expect, it } from 'vitest';
import type { CorePack, KeyAccess, Subject } from '../../src/model/index.js';
import { effectiveAccessCsv } from '../../src/report/access/effective-access-csv.js';
import { accessLine } from '../../src/report/text/access-text.js';

const ANA: KeyAccess = {
  principal: 'ana',
  kind: 'human',
  can: ['use'],
  atMost: ['read'],
  denied: ['delete'],
  unstated: false,
  paths: ['group payments > policy read-prod > scope prod/*', 'denied: policy no-delete'],
  reasons: ['a condition of the policy read-prod is taken to hold'],
  source: { file: 'iam.json', record: '/UserDetailList/0' },
};
const UNSTATED: KeyAccess = {
  ...ANA,
  principal: '=ben',
  kind: null,
  can: [],
  atMost: [],
  denied: [],
  unstated: true,
};

async function rowsOf(lives: { access?: KeyAccess[] | null; accessTotal?: number }[]): Promise<string[]> {
  const subjects = lives.map(
    (life, n) =>
      ({
        kind: 'key',
        id: `k${n}`,
        label: null,
        status: 'active',
        facts: { environment: 'production' },
        life,
      }) as unknown as Subject,
  );
  const pack = {
    subjects: async function* () {
      yield* subjects;
    },
  } as unknown as CorePack;
  const texts: string[] = [];
  for await (const text of effectiveAccessCsv(pack)) texts.push(text.trimEnd());
  return texts.slice(1);
}

describe('effective-access.csv', () => {
  it('has a row for each key and holder: yes, at most, denied, not stated or no, with path, reason and record', async () => {
    expect(await rowsOf([{ access: [UNSTATED, ANA], accessTotal: 2 }])).toEqual([
      `k0,,active,production,'=ben,,not stated,not stated,not stated,not stated,not stated,${ANA.paths.join('; ')},${ANA.reasons[0]},iam.json,/UserDetailList/0`,
      `k0,,active,production,ana,human,at most,yes,no,no,denied,${ANA.paths.join('; ')},${ANA.reasons[0]},iam.json,/UserDetailList/0`,
    ]);
  });

  it('says of a key how many holders are not listed, and that no right on record reaches it', async () => {
    const rows = await rowsOf([
      { access: [], accessTotal: 300 },
      { access: [], accessTotal: 0 },
      { access: null },
      {},
    ]);
    expect(rows.map((row) => row.split(',').filter(Boolean))).toEqual([
      ['k0', 'active', 'production', '(300 more', ' not listed)'].map((cell, n) =>
        n === 3 ? `"${cell}` : n === 4 ? `${cell}"` : cell,
      ),
      ['k1', 'active', 'production', '(no right on record)'],
    ]);
  });
});

describe('a line of explain', () => {
  it('says what a holder may do, at most and not, and by which path', () => {
    expect(accessLine(ANA)).toBe(
      `ana (human): use; at most read (an over-approximation: ${ANA.reasons[0]}); denied delete; by ${ANA.paths.join(' | ')}`,
    );
    expect(accessLine(UNSTATED)).toContain('=ben: a right that does not state what it allows; by ');
  });
});
