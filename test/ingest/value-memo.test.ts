import { expect, it } from 'vitest';
import { remembering } from '../../src/ingest/fields/value-memo.js';

/** Reads texts, and counts how often each is read. */
function counted() {
  const times = new Map<string, number>();
  const read = remembering((text) => {
    times.set(text, (times.get(text) ?? 0) + 1);
    return { text };
  });
  return { read, timesOf: (text: string) => times.get(text) ?? 0 };
}

const COLUMN = Array.from({ length: 10_000 }, (_, n) => n);

it('reads a text that repeats once', () => {
  const { read, timesOf } = counted();
  for (const n of COLUMN) expect(read(`owner-${n % 40}`)).toEqual({ text: `owner-${n % 40}` });
  expect(timesOf('owner-7')).toBe(1);
});

it('stops remembering a column whose cells are all different, and reads it as well', () => {
  const { read, timesOf } = counted();
  for (const n of COLUMN) expect(read(`id-${n}`)).toEqual({ text: `id-${n}` });
  for (const _ of [1, 2]) read('id-9999');
  expect(timesOf('id-9999')).toBe(3);
});

it('remembers no long text', () => {
  const { read, timesOf } = counted();
  for (const _ of [1, 2]) read('x'.repeat(100));
  expect(timesOf('x'.repeat(100))).toBe(2);
});
