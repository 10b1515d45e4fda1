import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSubjects, readFactSets } from '../../src/assess/fact-sets.js';
import type { Facts } from '../../src/assess/facts.js';
import { EXAMPLE_LIMIT, readFindingExamples } from '../../src/assess/finding-examples.js';
import { gatherEvidence } from '../../src/assess/mapping-states.js';
import { both, decide } from '../../src/assess/predicate.js';
import { readTallies } from '../../src/assess/tallies.js';
import { undecidedFacts } from '../../src/assess/undecided.js';
import { type Predicate, SUBJECT_FACTS } from '../../src/model/index.js';
import { control, framework, observation, policy } from './fixtures.js';
import { memoryStore } from './memory-store.js';

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

describe('what a predicate says of a fact set, it says of every subject', () => {
  const FIELDS = ['pci_scope', 'account_kind', 'carries_pan'] as const;
  const subject = fc.record(
    Object.fromEntries(
      FIELDS.map((field) => [field, fc.constantFrom(null, ...(SUBJECT_FACTS[field] ?? []))]),
    ),
  );
  const predicate = fc.dictionary(
    fc.constantFrom('pci_scope', 'account_kind'),
    fc.subarray(['cde', 'connected', 'user', 'application', 'unknown'], { minLength: 1 }),
    { maxKeys: 2 },
  );
  const entityFact = fc.constantFrom('not asked' as const, true, false, null);

  test('on any facts and any predicate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(subject, { minLength: 1, maxLength: 30 }),
        predicate,
        fc.boolean(),
        entityFact,
        async (bank, wanted, pan, member) => {
          const asked: Predicate = {
            ...wanted,
            ...(pan ? { carries_pan: [true] } : {}),
            ...(member === 'not asked' ? {} : { finra_member: [true] }),
          };
          const entity: Facts = { finra_member: [member === 'not asked' ? null : member] };
          const keys = bank.map((facts, n) => ({ id: `k${n + 100}`, facts }));
          const decided = keys.map(({ id, facts }) => ({
            id,
            scope: decide(asked, {
              ...Object.fromEntries(FIELDS.map((field) => [field, [facts[field] ?? null]])),
              ...entity,
            }),
          }));
          const { failed, undecided } = await answersOf(asked, keys, entity);
          expect(failed).toEqual(
            decided
              .filter(({ scope }) => scope.state.startsWith('in'))
              .map(({ id }) => id)
              .slice(0, EXAMPLE_LIMIT),
          );
          const open = (field: string) =>
            decided.filter(({ scope }) => scope.state === 'undecided' && scope.fields.includes(field));
          const strict = Object.keys(asked).filter(
            (field) => field in SUBJECT_FACTS && !asked[field]?.includes('unknown'),
          );
          expect(undecided).toEqual(
            strict.sort().flatMap((field) => {
              const ids = open(field).map(({ id }) => id);
              return ids.length === 0 ? [] : [{ field, kind: 'key', subjects: ids.length, examples: ids }];
            }),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  /** What a store of these keys, on each of which a rule failed, answers for a framework with one mapping. */
  async function answersOf(
    asked: Predicate,
    keys: readonly { id: string; facts: { [field: string]: unknown } }[],
    entity: Facts,
  ) {
    const subjects = keys.map(({ id, facts }) => ({ kind: 'key' as const, id, ...known(facts) }));
    const observations = keys.map(({ id }) => observation('rule', 'key', id, 'fail'));
    const store = await memoryStore(subjects, observations);
    const factSets = await readFactSets(store, entity);
    const frameworks = [framework([control('A-1', 'automated', 'rule:direct')], { when: asked })];
    const rules = [policy('rule', 'key')];
    const examples = await readFindingExamples(frameworks, rules, factSets, store);
    const thresholds = {};
    const evidence = gatherEvidence(rules, await readTallies(store, factSets), {
      subjects: countSubjects(factSets),
      supplied: new Set(),
      inputGaps: new Map(),
      factSets,
      thresholds,
      entity,
      statedBy: new Map(),
      examples,
    });
    const [house] = frameworks;
    const undecided = house ? await undecidedFacts(house, evidence, 'Northbridge Bank') : [];
    await store.close();
    const names = new Map(observations.map(({ id, subject }) => [id, subject.id]));
    return {
      failed: [...examples.values()].flatMap(({ ids }) => ids.map((id) => names.get(id))),
      undecided: undecided.filter(({ kind }) => kind !== 'organisation'),
    };
  }

  function known(facts: { [field: string]: unknown }): { [field: string]: string | boolean } {
    return Object.fromEntries(
      Object.entries(facts).filter((one): one is [string, string | boolean] => one[1] !== null),
    );
  }
});
