import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toObservation } from '../../src/evaluate/to-observation.js';
import { OUTCOMES, resultOfElements } from '../../src/model/index.js';

const policy = {
  id: 'log-integrity',
  severity: 'high',
  elements: [
    { id: 'deletion', clean: 'attested' },
    { id: 'readers', clean: 'attested' },
    { id: 'chain', clean: 'pass' },
  ],
} as const;
const subject = { kind: 'organisation', id: 'Northbridge Bank' } as const;

const element = (id: string, outcome: string, rest: object = {}) => ({
  element: id,
  outcome,
  severity: null,
  missing: [],
  reasons: [],
  ...rest,
});

describe('the outcome of each element', () => {
  test('a violation fails its element; others have what is missing, the reason, or nothing against them', () => {
    const observation = toObservation(policy, subject, {
      outcome: 'fail',
      violations: [
        { element: 'deletion', message: 'b', severity: 'low' },
        { element: 'deletion', message: 'a', severity: 'critical' },
      ],
      missing: [{ path: 'log_sources.records.readers', elements: ['readers', 'deletion'] }],
      reasons: [{ reason: 'one log only', elements: ['chain', 'readers'] }],
    });
    expect(observation).toMatchObject({
      outcome: 'fail',
      severity: 'critical',
      missing: ['log_sources.records.readers'],
      reasons: [],
      elements: [
        element('deletion', 'fail', { severity: 'critical', missing: ['log_sources.records.readers'] }),
        element('readers', 'no-evidence', { missing: ['log_sources.records.readers'] }),
        element('chain', 'not-applicable', { reasons: ['one log only'] }),
      ],
    });
    expect(observation.violations.map((violation) => violation.element)).toEqual(['deletion', 'deletion']);
  });

  test('a path that is a text concerns every element', () => {
    const answer = {
      outcome: 'no-evidence',
      missing: ['logs', { path: 'skew', elements: ['chain'] }],
      reasons: [],
    };
    expect(toObservation(policy, subject, answer)).toMatchObject({
      missing: ['logs', 'skew'],
      elements: [
        element('deletion', 'no-evidence', { missing: ['logs'] }),
        element('readers', 'no-evidence', { missing: ['logs'] }),
        element('chain', 'no-evidence', { missing: ['logs', 'skew'] }),
      ],
    });
  });

  test('is that of the policy if nothing is about one element', () => {
    expect(toObservation(policy, subject, { outcome: 'no-evidence', missing: ['logs'] }).elements).toEqual(
      [],
    );
    expect(toObservation(policy, subject, { outcome: 'not-applicable', reasons: ['none'] }).elements).toEqual(
      [],
    );
  });

  test('an element tested on data passes where the others are attested', () => {
    expect(toObservation(policy, subject, { outcome: 'attested', reasons: [] }).elements).toEqual([
      element('deletion', 'attested'),
      element('readers', 'attested'),
      element('chain', 'pass'),
    ]);
  });
});

test.each([
  [
    'an element it does not declare',
    { outcome: 'fail', violations: [{ element: 'deleton', message: 'a' }] },
    'the policy has no element "deleton"; it has "deletion", "readers", "chain"',
  ],
  [
    'no element in a violation',
    { outcome: 'fail', violations: [{ message: 'a' }] },
    'the policy has several elements, and a violation, a missing path or a reason names none of them; it has "deletion", "readers", "chain"',
  ],
  [
    'an unknown element of a missing path',
    { outcome: 'no-evidence', missing: [{ path: 'logs', elements: ['log'] }] },
    'the policy has no element "log"; it has "deletion", "readers", "chain"',
  ],
  [
    'no elements of a reason',
    { outcome: 'pass', reasons: [{ reason: 'none' }] },
    'the policy has several elements, and a violation, a missing path or a reason names none of them; it has "deletion", "readers", "chain"',
  ],
])('%s is an error', (_, answer, error) => {
  expect(toObservation(policy, subject, answer)).toMatchObject({ outcome: 'error', error, elements: [] });
});

test('a policy that is one element needs no name of it, and takes its own id', () => {
  const one = { id: 'rotation-max-age', severity: 'high' };
  const answer = {
    outcome: 'fail',
    violations: [{ message: 'a' }, { element: 'rotation-max-age', message: 'b' }],
  };
  expect(toObservation(one, subject, answer)).toMatchObject({
    violations: [{ element: 'rotation-max-age' }, { element: 'rotation-max-age' }],
    elements: [],
  });
});

test('all elements together give the outcome of the policy, and any part no worse one', () => {
  const ids = policy.elements.map(({ id }) => id);
  const scoped = (name: string) =>
    fc.array(
      fc.oneof(
        fc.string(),
        fc.record({ [name]: fc.string(), elements: fc.uniqueArray(fc.constantFrom(...ids)) }),
      ),
      { maxLength: 3 },
    );
  const violations = fc.array(fc.record({ element: fc.constantFrom(...ids), message: fc.string() }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(
      violations,
      scoped('path'),
      fc.subarray([...ids], { minLength: 1 }),
      (found, missing, part) => {
        const observation = toObservation(policy, subject, { outcome: 'fail', violations: found, missing });
        const rank = (taken: readonly string[] | null) =>
          OUTCOMES.indexOf(resultOfElements(observation, taken).outcome);
        expect(resultOfElements(observation, ids)).toEqual(resultOfElements(observation, null));
        expect(rank(part)).toBeGreaterThanOrEqual(rank(ids));
      },
    ),
  );
});
