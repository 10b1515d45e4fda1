import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { repeatedIds } from '../../src/ingest/fields/repeated-ids.js';

const NIL = '00000000-0000-0000-0000-000000000000';
const ONE = '00000000-0000-0000-0000-000000000001';

it.each([
  [
    ['a', 'b', 'a', null, null],
    [false, false, true, false, false],
  ],
  [
    [NIL, ONE, NIL, ONE],
    [false, false, true, true],
  ],
  [
    ['ab000000-0000-4000-8000-00000000000c', 'AB000000-0000-4000-8000-00000000000C'],
    [false, false],
  ],
  [
    ['ab000000-0000-4000-8000-00000000000c', 'ab000000-0000-4000-8000-00000000000cd'],
    [false, false],
  ],
])('tells of %j whether each came before', (ids, expected) => {
  expect(ids.map(repeatedIds())).toEqual(expected);
});

it('loses and makes up no id among thousands', () => {
  const random = Array.from({ length: 5_000 }, () => randomUUID());
  const inARow = Array.from({ length: 5_000 }, (_, n) => `${NIL.slice(0, -6)}${String(n + 100_000)}`);
  const isRepeated = repeatedIds();
  const all: string[] = [...random, ...inARow];
  expect(all.filter((id) => isRepeated(id))).toEqual([]);
  expect(all.filter((id) => !isRepeated(id))).toEqual([]);
});
