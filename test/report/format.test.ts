import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clip, formatDays } from '../../src/text/format.js';

test.each([
  ['2026-07-01', '2026-09-30', '1 July 2026 to 30 September 2026'],
  ['2026-09-12T01:00:00.000Z', '2026-09-12T23:00:00.000Z', '12 September 2026'],
])('the days from %s to %s', (from, to, said) => {
  expect(formatDays(from, to)).toBe(said);
});

test.each([
  ['document for "The compromise of a key was exercised"', 40, 'document for "The compromise of a key …"'],
  ['Missing: audit log (the audit log supplied)', 22, 'Missing: audit log …'],
  ['"four" words, and more', 14, '"four" words …'],
  ['short', 5, 'short'],
])('%s is cut at %i to %s', (text, most, said) => {
  expect(clip(text, most)).toBe(said);
});

test('a text that is cut is a little longer than asked for at most, and opens no quotation without closing it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '"', '(', ',', 'ö') }),
      fc.integer({ min: 1, max: 40 }),
      (text, most) => {
        const cut = clip(text, most);
        if (cut === text) return;
        expect(cut.length).toBeLessThanOrEqual(most + 3);
        expect(cut.split('"').length % 2).toBe(1);
      },
    ),
  );
});
