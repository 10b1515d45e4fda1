import { expect, it } from 'vitest';
import type { Coverage } from '../../src/model/index.js';
import { coverageLines } from '../../src/report/text/coverage-lines.js';

const EVENTS: Coverage = {
  kind: 'events',
  records: 1200,
  systems: ['aws-iam', 'aws-sm'],
  accounts: ['111122223333'],
  period: { fromMs: Date.parse('2026-07-01'), toMs: Date.parse('2026-07-31T23:59:59.999Z'), basis: 'stated' },
  completeBy: 'extracts',
  gaps: [],
};

it.each<[string, Coverage[], string[]]>([
  [
    'kinds that a file covers alike, in one sentence',
    [EVENTS, { ...EVENTS, kind: 'rotations', records: 3 }],
    [
      'Speaks for audit and access events (1,200), rotation steps (3) of aws-iam, aws-sm in account 111122223333, 2026-07-01 to 2026-07-31. Stated to be complete by the register of extracts: what it lacks did not happen or does not exist.',
    ],
  ],
  [
    'a file that states nothing',
    [{ ...EVENTS, systems: [], accounts: [], period: null, completeBy: null }],
    [
      'Speaks for audit and access events (1,200); system not stated. Not stated to be complete: proves what its records state, not that there is no other.',
    ],
  ],
  [
    'gaps, whatever is stated',
    [{ ...EVENTS, systems: ['*'], accounts: [], period: null, gaps: ['2 records were rejected in a.csv'] }],
    [
      'Speaks for audit and access events (1,200) of every system. Cannot prove that there is no other record: 2 records were rejected in a.csv.',
    ],
  ],
  [
    'a log from its records',
    [
      {
        ...EVENTS,
        accounts: [],
        period: { fromMs: 0, toMs: Date.parse('1970-01-03'), basis: 'records' },
        completeBy: 'keyproof.yaml',
      },
    ],
    [
      'Speaks for audit and access events (1,200) of aws-iam, aws-sm, 1970-01-01 to 1970-01-03 (its first and last record). Stated to be complete by keyproof.yaml: what it lacks did not happen or does not exist.',
    ],
  ],
  ['a file that is not used', [], []],
])('says what %s speaks for', (_, coverage, lines) => {
  expect(coverageLines({ state: 'used', coverage })).toEqual(lines);
});

it('says what a file that no format fits may hold', () => {
  expect(coverageLines({ state: 'not-used', coverage: [EVENTS] })).toEqual([
    'May hold audit and access events: that there is no other record is not shown without it.',
  ]);
});
