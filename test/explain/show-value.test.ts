import { describe, expect, test } from 'vitest';
import { showSource, showValue } from '../../src/explain/replay/show-value.js';
import { redactSecrets } from '../../src/secrets/redact.js';

const token = `gh${'p_'}${'Ab1'.repeat(12)}`;
const show = (value: unknown, name = 'input.key.name') => showValue(value, name, redactSecrets);
const instant = (ms: number | null, tolerance_ms: number, state = 'known') => ({ state, ms, tolerance_ms });

describe('a value is shown', () => {
  test.each([
    ['production', '"production"'],
    [90, '90'],
    [null, 'null'],
    [false, 'false'],
    [1_790_812_799_999, '1790812799999 (2026-09-30T23:59:59.999Z)'],
    [86_400_000, '86400000'],
    [instant(1_767_571_200_000, 0), '2026-01-05T00:00:00.000Z'],
    [instant(1_767_571_200_000, 86_399_999), '2026-01-05 (known to the day)'],
    [instant(1_767_571_200_000, 93_600_000), '2026-01-05T00:00:00.000Z or up to 26 hours later'],
    [instant(0, 1_767_571_200_000), '2026-01-05T00:00:00.000Z or earlier'],
    [
      instant(1_767_571_200_000, 10 * 86_400_000),
      'between 2026-01-05T00:00:00.000Z and 2026-01-15T00:00:00.000Z',
    ],
    [instant(null, 0, 'never'), 'never'],
    [['a', 1], '["a", 1]'],
    [{ high: 60, low: null }, '{high: 60}'],
    [{ key_id: 'k', source: { file: 'keys.csv', record: 'row 2' } }, 'the record at keys.csv, row 2'],
  ])('%j as %s', (value, expected) => {
    expect(show(value)).toBe(expected);
  });

  test('long texts and lists are cut, and say so', () => {
    expect(show('x'.repeat(500))).toBe(`"${'x'.repeat(240)}" ... (500 characters)`);
    expect(show(Array.from({ length: 200 }, (_, n) => n))).toBe('200 items, the first 0');
    expect(show(Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`n${n}`, n]))).length).toBeLessThan(
      310,
    );
  });
});

describe('a secret is not shown', () => {
  test.each([
    ['by its own form', token, 'input.key.name'],
    ['in a text', `use ${token} for it`, 'note'],
    ['in a list', [[token]], 'xs'],
    ['as a name', { [token]: 1 }, 'xs'],
    ['by its name', 'swordfish', 'data.bank.api_token'],
    ['by its name in an object', { client_secret: 'swordfish' }, 'config'],
    ['by its name in brackets', 'swordfish', 'data.bank["admin-password"]'],
  ])('%s', (_, value, name) => {
    expect(show(value, name)).not.toMatch(/swordfish|ghp_Ab1/);
  });

  test.each([
    [`\tname != "${token}"`],
    ['\tapi_token := "swordfish"'],
    ['\t"password": "sword\\"fish",'],
    ['\tinput.key.token == "swordfish"'],
  ])('in the source: %j', (line) => {
    expect(showSource(line, redactSecrets)).not.toMatch(/fish|ghp_Ab1/);
  });

  test('a name that says nothing of a secret is left alone', () => {
    expect(showSource('\tinput.key.status == "active"', redactSecrets)).toBe(
      '\tinput.key.status == "active"',
    );
  });
});
