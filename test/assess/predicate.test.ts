import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Facts } from '../../src/assess/facts.js';
import { both, decide } from '../../src/assess/predicate.js';
import { inScopeSql, undecidedSql } from '../../src/assess/predicate-sql.js';
import { type Predicate, SUBJECT_FACTS } from '../../src/model/index.js';
import { type MemoryStore, memoryStore } from './memory-store.js';

const PCI: Predicate = { pci_scope: ['cde', 'connected'] };
const APPLICATIONS: Predicate = both(PCI, { account_kind: ['application', 'system', 'unknown'] });
const USERS: Predicate = both(PCI, { account_kind: ['user'] });

describe('a mapping is used', () => {
  const CASES: readonly (readonly [what: string, predicate: Predicate, facts: Facts, state: object])[] = [
    ['for a known fact that is allowed', PCI, { pci_scope: ['cde'] }, { state: 'in' }],
    ['not for a known fact that is not', PCI, { pci_scope: ['out'] }, { state: 'out' }],
    [
      'not yet for an unknown fact',
      PCI,
      { pci_scope: [null] },
      { state: 'undecided', fields: ['pci_scope'] },
    ],
    ['not yet for a fact nobody asked about', PCI, {}, { state: 'undecided', fields: ['pci_scope'] }],
    ['for every subject where nothing is needed', {}, {}, { state: 'in' }],
    [
      'for an unknown fact that the mapping accepts',
      APPLICATIONS,
      { pci_scope: ['cde'], account_kind: [null] },
      { state: 'in-unknown', fields: ['account_kind'] },
    ],
    [
      'not where it accepts the unknown but the fact is contrary',
      APPLICATIONS,
      { pci_scope: ['cde'], account_kind: ['user'] },
      { state: 'out' },
    ],
    [
      'not where one fact is contrary and another unknown',
      USERS,
      { pci_scope: [null], account_kind: ['system'] },
      { state: 'out' },
    ],
    [
      'for the organisation as soon as one subject is in scope',
      PCI,
      { pci_scope: ['out', null, 'cde'] },
      { state: 'in' },
    ],
    [
      'not yet for the organisation while one subject may be',
      PCI,
      { pci_scope: ['out', null] },
      { state: 'undecided', fields: ['pci_scope'] },
    ],
    ['not for the organisation when every subject is out', PCI, { pci_scope: ['out'] }, { state: 'out' }],
    [
      'for a list that holds a value allowed',
      { soc2_categories: ['availability'] },
      { soc2_categories: ['security', 'availability'] },
      { state: 'in' },
    ],
    [
      'not for a list that holds none',
      { soc2_categories: ['availability'] },
      { soc2_categories: ['security'] },
      { state: 'out' },
    ],
    [
      'not yet for an empty list, which states nothing',
      { soc2_categories: ['availability'] },
      { soc2_categories: [] },
      { state: 'undecided', fields: ['soc2_categories'] },
    ],
  ];

  test.each(CASES)('%s', (_, predicate, facts, state) => {
    expect(decide(predicate, facts)).toEqual(state);
  });
});

test('a framework and a mapping that name the same fact allow what both allow', () => {
  expect(both(PCI, { pci_scope: ['cde', 'out'] })).toEqual({ pci_scope: ['cde'] });
  expect(both(undefined, undefined)).toEqual({});
});

describe('the database decides as the program does', () => {
  let store: MemoryStore;
  beforeAll(async () => {
    store = await memoryStore([], []);
  });
  afterAll(() => store.close());

  const fields = ['pci_scope', 'account_kind', 'carries_pan'] as const;
  const subject = fc.record(
    Object.fromEntries(
      fields.map((field) => [field, fc.constantFrom(null, ...(SUBJECT_FACTS[field] ?? []))]),
    ),
  );
  const predicate = fc.dictionary(
    fc.constantFrom('pci_scope', 'account_kind'),
    fc.subarray(['cde', 'connected', 'user', 'application', 'unknown'], { minLength: 1 }),
    { maxKeys: 2 },
  );

  const entityFact = fc.constantFrom('not asked' as const, true, false, null);
  const columnsOf = (asked: Predicate) => Object.keys(asked).filter((name) => name !== 'finra_member');

  test('on any facts and any predicate', async () => {
    await fc.assert(
      fc.asyncProperty(subject, predicate, fc.boolean(), entityFact, async (facts, wanted, pan, member) => {
        const asked: Predicate = {
          ...wanted,
          ...(pan ? { carries_pan: [true] } : {}),
          ...(member === 'not asked' ? {} : { finra_member: [true] }),
        };
        const entity = { finra_member: [member === 'not asked' ? null : member] };
        const columns = fields.map((field) => `${literal(facts[field])} AS "${field}"`).join(', ');
        const row = await store.query<{ inside: boolean | null }>(
          `SELECT ${inScopeSql(asked, entity)} AS inside FROM (SELECT ${columns})`,
        );
        const decision = decide(asked, {
          ...Object.fromEntries(fields.map((field) => [field, [facts[field] ?? null]])),
          ...entity,
        });
        expect(row[0]?.inside ?? false).toBe(decision.state.startsWith('in'));
        for (const field of columnsOf(asked).filter((name) => !asked[name]?.includes('unknown'))) {
          const open = await store.query<{ open: boolean | null }>(
            `SELECT ${undecidedSql(asked, field, entity)} AS open FROM (SELECT ${columns})`,
          );
          expect(open[0]?.open ?? false).toBe(
            decision.state === 'undecided' && decision.fields.includes(field),
          );
        }
      }),
      { numRuns: 150 },
    );
  });
});

function literal(value: unknown): string {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? `'${value}'` : 'NULL';
}
