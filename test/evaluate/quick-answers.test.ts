import { expect, test } from 'vitest';
import { losesOnTheQuickWay } from '../../src/evaluate/quick-answers.js';

const violation = (facts: object, message: unknown = 'm') => ({
  outcome: 'fail',
  violations: [
    { message: 'a', facts: {} },
    { message, facts, records: [{}, {}] },
  ],
  missing: ['a', 'b'],
});

test.each([
  ['a pass', { outcome: 'pass' }],
  ['reasons', { outcome: 'not-applicable', reasons: ['a', 'b'] }],
  [
    'facts that are scalars, or lists of one',
    violation({ a: 1, b: 'x', c: null, d: ['x'], e: 1.5, f: true }),
  ],
  ['no answer', undefined],
])('%s is the same on the quick way', (_name, answer) => {
  expect(losesOnTheQuickWay(answer)).toBe(false);
});

test.each([
  ['a list', violation({ a: ['x', 'y'] })],
  ['a list in a list', violation({ a: [['x', 'y']] })],
  ['an object', violation({ a: { b: 1 } })],
  ['an integer beyond 53 bits', violation({ a: 2 ** 53 })],
  ['such an integer in a list', violation({ a: [-(2 ** 60)] })],
  ['a number beyond all of JavaScript\u2019s', violation({ a: Number.POSITIVE_INFINITY })],
  ['a message that is no text', violation({}, ['x', 'y'])],
  ['a violation that is no object', { outcome: 'fail', violations: ['x'] }],
])('%s is asked for again', (_name, answer) => {
  expect(losesOnTheQuickWay(answer)).toBe(true);
});
