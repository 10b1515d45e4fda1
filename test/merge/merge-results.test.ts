import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeResults } from '../../src/merge/merge-results.js';
import { type JudgedObservation, OUTCOMES, type Outcome, SEVERITIES } from '../../src/model/index.js';

const policy = {
  severity: 'high' as const,
  elements: ['age', 'owner'].map((id) => ({ id, title: id, shows: id, criterion: 'none' as const })),
} as unknown as Parameters<typeof mergeResults>[1];

const blank = {
  id: '0123456789abcdef',
  ruleId: 'rotation-max-age',
  subject: { kind: 'organisation' as const, id: 'Northbridge Bank' },
  controls: [],
  error: null,
};

/** What one pack can state: elements tell apart, or the whole has one outcome. */
const results: fc.Arbitrary<JudgedObservation> = fc
  .record({
    outcomes: fc.tuple(fc.constantFrom(...OUTCOMES), fc.constantFrom(...OUTCOMES)),
    severity: fc.constantFrom(...SEVERITIES),
    place: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ outcomes, severity, place }) => resultOf(outcomes, severity, place));

function resultOf(
  [age, owner]: [Outcome, Outcome],
  severity: (typeof SEVERITIES)[number],
  place: string,
): JudgedObservation {
  const outcome = OUTCOMES.find((one) => one === age || one === owner) ?? 'pass';
  const elements = [
    { element: 'age', outcome: age },
    { element: 'owner', outcome: owner },
  ].map((one) => ({
    ...one,
    severity: one.outcome === 'fail' || one.outcome === 'waived' ? severity : null,
    missing: one.outcome === 'no-evidence' ? [`${place}.field`] : [],
    reasons: one.outcome === 'not-applicable' ? [`reason ${place}`] : [],
  }));
  const failed = elements.filter((one) => one.severity !== null);
  return {
    ...blank,
    outcome,
    severity: outcome === 'fail' || outcome === 'waived' ? severity : null,
    violations: failed.map(({ element }) => ({
      element,
      message: `${element} is wrong`,
      severity,
      facts: {},
      records: [{ file: `${place}/keys.csv`, record: 'row 2' }],
    })),
    missing: [...new Set(elements.flatMap(({ missing }) => missing))],
    reasons: outcome === 'not-applicable' ? [`reason ${place}`] : [],
    elements: age === owner && outcome !== 'fail' ? [] : elements,
  };
}

const rank = (outcome: Outcome) => OUTCOMES.indexOf(outcome);

describe('results of several packs on one subject', () => {
  test('no pack improves what another found', () => {
    fc.assert(
      fc.property(fc.array(results, { minLength: 1, maxLength: 4 }), (packs) => {
        const merged = mergeResults(packs, policy);
        for (const pack of packs) expect(rank(merged.outcome)).toBeLessThanOrEqual(rank(pack.outcome));
        expect(packs.map(({ outcome }) => outcome)).toContain(merged.outcome);
      }),
    );
  });

  test('the order of the packs changes nothing, and a pack merged with itself is itself', () => {
    fc.assert(
      fc.property(fc.array(results, { minLength: 2, maxLength: 4 }), (packs) => {
        expect(mergeResults([...packs].reverse(), policy)).toEqual(mergeResults(packs, policy));
        const [pack] = packs as [JudgedObservation];
        expect(mergeResults([pack, pack], policy)).toEqual(pack);
      }),
    );
  });

  test('an element has the first of its outcomes, and every violation is kept once', () => {
    const [a, b] = [resultOf(['fail', 'pass'], 'low', 'a'), resultOf(['fail', 'no-evidence'], 'high', 'b')];
    const merged = mergeResults([a, b], policy);
    expect(merged).toMatchObject({ outcome: 'fail', severity: 'high', missing: ['b.field'] });
    expect(merged.elements.map(({ element, outcome }) => [element, outcome])).toEqual([
      ['age', 'fail'],
      ['owner', 'no-evidence'],
    ]);
    expect(merged.violations.map(({ severity, records: [record] }) => [severity, record?.file])).toEqual([
      ['high', 'b/keys.csv'],
      ['low', 'a/keys.csv'],
    ]);
  });
});
