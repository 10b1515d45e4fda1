import { expect, test } from 'vitest';
import { usedRecords } from '../../src/explain/replay/index.js';
import type { Observation, TracedValue } from '../../src/model/index.js';

const record = (row: number, rest: object = {}) => ({
  ...rest,
  source: { file: 'a.csv', record: `row ${row}`, sha256: 'ab' },
});
const at = { state: 'known', ms: 1_767_571_200_000, tolerance_ms: 0 };
const dossier = {
  as_of: { ms: 1 },
  key: record(2, { status: 'active', last_rotated: at }),
  owner: { found: true, principal: record(3, { name: 'o' }) },
  rotations: { records: [record(4, { at }), record(5, { at: { ...at, ms: 2 } })], total: 2 },
};
const [newest, oldest] = dossier.rotations.records;

const observation = (rest: Partial<Observation> = {}): Observation => ({
  id: '0',
  ruleId: 'r',
  subject: { kind: 'key', id: 'k' },
  outcome: 'fail',
  severity: null,
  violations: [],
  missing: [],
  reasons: [],
  error: null,
  elements: [],
  ...rest,
});

/** A term as far as a case says it. */
type Term = Omit<Partial<TracedValue>, 'value'> & { value?: unknown };

function rows(terms: Term[], rest: Partial<Observation> = {}): string[] {
  const values = terms.map((term) => ({ text: '', defined: true, value: null, ...term }) as TracedValue);
  const location = { file: 'p.rego', row: 1, col: 1 };
  const rule = { path: 'data.p.violations', location, endRow: 1, held: true, value: null };
  const trace = {
    rules: [{ ...rule, lines: [{ row: 1, endRow: 1, held: true, values }] }],
    required: [],
    module: '',
    sources: {},
  };
  return usedRecords(trace, dossier, observation(rest)).map(
    ({ record: place, values: names }) => `${place}: ${names.join(', ')}`,
  );
}

test('a field is of the innermost record around it', () => {
  expect(rows([{ path: ['key', 'status'], value: 'active' }])).toEqual(['row 2: key.status']);
  expect(rows([{ path: ['owner', 'principal', 'name'], value: 'o' }])).toEqual([
    'row 3: owner.principal.name',
  ]);
  expect(rows([{ path: ['as_of', 'ms'], value: 1 }])).toEqual([]);
});

test('the last rotation is of the log too, where the log has the same date', () => {
  expect(rows([{ path: ['key', 'last_rotated'], value: at }])).toEqual([
    'row 2: key.last_rotated',
    'row 4: key.last_rotated',
  ]);
});

test('a list is of all its records, unless the line takes one of them', () => {
  const list = { text: 'steps', value: [newest, oldest] };
  expect(rows([list])).toEqual(['row 4: steps', 'row 5: steps']);
  expect(rows([{ text: 'step', value: oldest }, list])).toEqual(['row 5: step']);
});

test('a field of a variable is of the record that the variable holds there', () => {
  const pair = { grant: oldest, principal: record(7, { name: 'o' }) };
  expect(
    rows([
      { text: 'leaver.principal.name', value: 'o' },
      { text: 'leaver', value: pair, inner: true },
    ]),
  ).toEqual(['row 7: leaver.principal.name']);
});

test('records of violations and of missing fields are among them', () => {
  const violations = [
    { element: 'r', message: 'm', facts: {}, records: [{ file: 'a.csv', record: 'row 9' }] },
  ];
  expect(rows([], { violations, missing: ['key.status (unknown)'] })).toEqual([
    'row 2: key.status',
    'row 9: ',
  ]);
});
