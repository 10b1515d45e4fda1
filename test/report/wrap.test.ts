import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrap } from '../../src/text/wrap.js';

describe('a text in lines', () => {
  test('keeps a count beside the word that it ends', () => {
    expect(wrap('passed: not tested 9, document only 12', 18)).toEqual([
      'passed: not',
      'tested 9, document',
      'only 12',
    ]);
  });

  test('keeps a count beside the word that it begins', () => {
    expect(wrap('and these are 9 keys', 16)).toEqual(['and these are', '9 keys']);
  });

  test('loses no word, and is too wide only by one word', () => {
    const word = fc.constantFrom('9', '12,', '(1)', 'keys', 'tested', '2,000;', 'a-word-that-is-long');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 4, max: 30 }), (words, width) => {
        const lines = wrap(words.join(' '), width);
        expect(lines.join(' ')).toBe(words.join(' '));
        expect(lines.filter((line) => line.length > width && line.includes(' '))).toEqual([]);
      }),
    );
  });
});
