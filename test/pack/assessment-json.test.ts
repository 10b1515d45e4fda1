import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { assessmentJson } from '../../src/pack/assessment-json.js';
import { makeAssessment } from '../report/fixture.js';
import { HOSTILE, withTexts } from '../report/hostile.js';

const assessment = makeAssessment({ findings: 30 });
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
};
const textOf = (value: Assessment) => [...assessmentJson(value)].join('');

describe('assessment.json', () => {
  it('is the assessment, whole and unchanged', () => {
    const hostile = withTexts(assessment, HOSTILE);
    expect(JSON.parse(textOf(hostile))).toEqual(hostile);
  });

  it('does not depend on the order properties were set in', () => {
    const turned = Object.fromEntries(Object.entries(assessment).reverse()) as typeof assessment;
    expect(textOf(turned)).toBe(textOf(assessment));
    expect(textOf(assessment).endsWith('}\n')).toBe(true);
  });

  it('is laid out as JSON with two spaces is, whatever its members', () => {
    // No member is called as JavaScript calls a number: those come first wherever they were set.
    const member = fc.string().filter((name) => !/^\d+$/.test(name) && name !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(member, fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 }), (value) => {
        const parts = value as unknown as Assessment;
        expect(textOf(parts)).toBe(`${JSON.stringify(sorted(value), null, 2)}\n`);
      }),
    );
  });

  it('comes in pieces of a record, not as one text', () => {
    const longest = Math.max(...[...assessmentJson(assessment)].map(({ length }) => length));
    expect(longest).toBeLessThan(textOf(assessment).length / 4);
  });
});
