import fc from 'fast-check';
import { expect, test } from 'vitest';
import { observationId, toObservation } from '../../src/evaluate/to-observation.js';
import { OUTCOMES, SEVERITIES } from '../../src/model/index.js';

const policy = { id: 'rotation-max-age', severity: 'high' };
const subject = { kind: 'key', id: 'arn:1' } as const;

test('a fail carries the worst severity among its violations, worst first', () => {
  const observation = toObservation(policy, subject, {
    outcome: 'fail',
    violations: [
      { message: 'b' },
      {
        message: 'a',
        severity: 'critical',
        facts: { z: 1, a: 2 },
        records: [{ file: 'x', record: 'row 2' }],
      },
    ],
    missing: ['key.owner'],
  });
  expect(observation.severity).toBe('critical');
  expect(observation.violations.map((violation) => violation.message)).toEqual(['a', 'b']);
  expect(Object.keys(observation.violations[0]?.facts ?? {})).toEqual(['a', 'z']);
});

test('a violation without severity has the severity of its policy', () => {
  expect(toObservation(policy, subject, { outcome: 'fail', violations: [{ message: 'x' }] }).severity).toBe(
    'high',
  );
});

test.each([
  undefined,
  null,
  'pass',
  [],
  {},
  { outcome: 'fine' },
  { outcome: 'toString' },
  { outcome: '__proto__' },
])('%j is an error, never a pass', (answer) => {
  expect(toObservation(policy, subject, answer)).toMatchObject({
    outcome: 'error',
    error: expect.any(String),
  });
});

test('whatever a policy answers becomes an observation with a known outcome and severity', () => {
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...OUTCOMES, 'x'), (value, outcome) => {
      const observation = toObservation(policy, subject, {
        outcome,
        violations: value,
        missing: value,
        reasons: value,
      });
      expect(OUTCOMES).toContain(observation.outcome);
      if (observation.outcome === 'fail') expect(SEVERITIES).toContain(observation.severity);
      else expect(observation.severity).toBeNull();
    }),
  );
});

test('the same answer in another order is the same observation', () => {
  const violation = fc.record({ message: fc.string(), severity: fc.constantFrom(...SEVERITIES) });
  fc.assert(
    fc.property(fc.array(violation), (violations) => {
      const forwards = toObservation(policy, subject, { outcome: 'fail', violations });
      const backwards = toObservation(policy, subject, {
        outcome: 'fail',
        violations: [...violations].reverse(),
      });
      expect(backwards).toEqual(forwards);
    }),
  );
});

test('an id depends on policy, kind and subject, and on nothing else', () => {
  expect(observationId('a', { kind: 'key', id: 'b' })).toMatch(/^[0-9a-f]{16}$/);
  expect(observationId('a', { kind: 'key', id: 'b' })).not.toBe(
    observationId('a', { kind: 'route', id: 'b' }),
  );
});
