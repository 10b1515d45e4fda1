import { expect, test } from 'vitest';
import { defaultsText, shareText } from '../../src/report/text/share-text.js';

const OUTCOMES = {
  pass: 35,
  fail: 13,
  'no-evidence': 0,
  'not-applicable': 2,
  attested: 0,
  waived: 0,
  error: 0,
};

test('says how many failures are against a default of keyproof only, beside all that were tested', () => {
  expect(shareText(OUTCOMES)).toBe('13 of 48 tested (2 do not apply)');
  expect(shareText(OUTCOMES, 9)).toBe(
    "13 of 48 tested, 9 of them against keyproof's default only (2 do not apply)",
  );
  expect(shareText(OUTCOMES, 13)).toBe("13 of 48 tested, against keyproof's default only (2 do not apply)");
  expect(defaultsText(OUTCOMES)).toEqual([]);
});
