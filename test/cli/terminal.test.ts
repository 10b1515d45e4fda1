import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columns } from '../../src/cli/terminal.js';

const ROWS = [
  ['POLICY', 'SEVERITY', 'TITLE'],
  ['rotation-max-age', 'critical', 'Keys are rotated within the age limit of their risk tier'],
];

test('a table is as wide as its words where nothing limits it', () => {
  expect(columns(ROWS).split('\n')).toEqual([
    'POLICY            SEVERITY  TITLE',
    'rotation-max-age  critical  Keys are rotated within the age limit of their risk tier',
  ]);
});

test('the widest column goes on under itself, broken between words', () => {
  expect(columns(ROWS, 50).split('\n')).toEqual([
    'POLICY            SEVERITY  TITLE',
    'rotation-max-age  critical  Keys are rotated',
    '                            within the age limit',
    '                            of their risk tier',
  ]);
});

test('no word is lost, and no line is wider than the terminal', () => {
  const cell = fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { maxLength: 8 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 40, max: 90 }),
      (rows, width) => {
        const text = columns(rows, width);
        expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
        const letters = (one: string) => [...one.replaceAll(/\s/g, '')].sort().join('');
        expect(letters(text)).toBe(letters(rows.flat().join('')));
      },
    ),
  );
});
