import { expect, it } from 'vitest';
import { problemsOfKind } from '../../src/report/text/partial-inputs.js';

const supplied = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ problem: `list-${n}.json was not supplied`, kinds: [] }));

it('names two problems of a kind of record, and counts the others', () => {
  expect(problemsOfKind({ partialInputs: supplied(2) }, 'keys')).toBe(
    'list-0.json was not supplied; list-1.json was not supplied',
  );
  expect(problemsOfKind({ partialInputs: supplied(14) }, 'keys')).toBe(
    'list-0.json was not supplied; list-1.json was not supplied; 12 more, all in assessment.json',
  );
  expect(problemsOfKind({}, 'keys')).toBe('');
});
