import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, ZONE_TOLERANCE_MS } from '../../src/ingest/fields/instants.js';

const DAY = 86_399_999;

function read(value: unknown, options = {}) {
  const result = parseInstant(value, options);
  if (!result.ok) return result.reason;
  const instant = result.value;
  if (instant === null || instant.ms === null) return instant?.state ?? null;
  return [new Date(instant.ms).toISOString(), instant.tolerance_ms];
}

describe('parseInstant', () => {
  it.each([
    ['2026-09-30T14:05:00Z', '2026-09-30T14:05:00.000Z'],
    ['2026-09-30T14:05:00+00:00', '2026-09-30T14:05:00.000Z'],
    ['2026-09-30T14:05:00.123456789Z', '2026-09-30T14:05:00.123Z'],
    ['2026-09-30T14:05:00.1234567Z', '2026-09-30T14:05:00.123Z'],
    ['2026-09-30T10:05:00-04:00', '2026-09-30T14:05:00.000Z'],
    ['2019-12-18 19:10:08+00:00', '2019-12-18T19:10:08.000Z'],
    ['20260930T140500Z', '2026-09-30T14:05:00.000Z'],
    ['2022-06-16 10:17:40 -0700 -0700', '2022-06-16T17:17:40.000Z'],
    ['2022-06-16 10:17:40 +0000 UTC', '2022-06-16T10:17:40.000Z'],
    ['2023-10-19 02:56:37 +0000', '2023-10-19T02:56:37.000Z'],
    ['Thu Oct 19 02:56:37 2023 +0000', '2023-10-19T02:56:37.000Z'],
    ['Thu, 19 Oct 2023 02:56:37 GMT', '2023-10-19T02:56:37.000Z'],
    ['1685495256 +0000', '2023-05-31T01:07:36.000Z'],
    [1685495256, '2023-05-31T01:07:36.000Z'],
    [1685495256.5, '2023-05-31T01:07:36.500Z'],
    ['1685495256', '2023-05-31T01:07:36.000Z'],
    [1685495256000, '2023-05-31T01:07:36.000Z'],
    ['1685495256000', '2023-05-31T01:07:36.000Z'],
    ['01/05/2026 09:12 AM GMT', '2026-01-05T09:12:00.000Z', { order: 'mdy' }],
  ])('reads %s as an exact time', (text, iso, options?: object) => {
    expect(read(text, options)).toEqual([iso, 0]);
  });

  it.each([
    ['2026-09-30', '2026-09-30T00:00:00.000Z'],
    ['30.09.2026', '2026-09-30T00:00:00.000Z'],
    ['2026/09/30', '2026-09-30T00:00:00.000Z'],
    ['10-19-2003', '2003-10-19T00:00:00.000Z'],
    ['19/10/2003', '2003-10-19T00:00:00.000Z'],
    ['Sep 30, 2026', '2026-09-30T00:00:00.000Z'],
    ['30 September 2026', '2026-09-30T00:00:00.000Z'],
    ['30-Sep-2026', '2026-09-30T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('reads the bare day %s with the tolerance of a day', (text, iso) => {
    expect(read(text)).toEqual([iso, DAY]);
  });

  it.each(['2026-09-30T14:05:00', '30.09.2026 14:05', 'Sep 30, 2026 2:05:00 PM', 'Sep 30, 2026, 2:05:00 PM'])(
    'gives the zone-less %s the earliest reading and 26 h tolerance',
    (text) => {
      expect(read(text)).toEqual(['2026-09-30T00:05:00.000Z', ZONE_TOLERANCE_MS]);
      expect(read(text, { timezone: '+02:00' })).toEqual(['2026-09-30T12:05:00.000Z', 0]);
    },
  );

  it('reads noon and midnight on a twelve-hour clock', () => {
    expect(read('Jul 10, 2023, 12:07:59 PM', { timezone: 'Z' })).toEqual(['2023-07-10T12:07:59.000Z', 0]);
    expect(read('Jul 10, 2023, 12:07:59 AM', { timezone: 'Z' })).toEqual(['2023-07-10T00:07:59.000Z', 0]);
  });

  it.each([
    ['Never', 'never'],
    ['-', 'never'],
    ['none', 'never'],
    ['-1', 'never'],
    ['9999-12-31T23:59:59Z', 'never'],
    [253402300799, 'never'],
    ['2.53402300799e+11', 'never'],
    ['2299-12-31', 'never'],
    ['n/a', 'not-tracked'],
    ['N/A', 'not-tracked'],
    ['no_information', 'not-tracked'],
    ['0001-01-01T00:00:00Z', 'not-tracked'],
    ['not tracked', 'not-tracked'],
    ['not_supported', 'not-applicable'],
    ['not applicable', 'not-applicable'],
    ['', null],
    ['<nil>', null],
    [null, null],
    [undefined, null],
  ])('reads %s as the state %s', (text, state) => {
    expect(read(text)).toEqual(state);
  });

  it.each([
    ['2026-02-31', '2026-02 has no day 31'],
    ['2023-02-29', '2023-02 has no day 29'],
    ['2026-13-01', 'no month 13'],
    ['31.04.2026', '2026-04 has no day 31'],
    ['2026-09-30T25:00:00Z', '25:00:00 is no time of day'],
    ['2026-09-30T14:61:00Z', 'no time of day'],
    ['Foo 12, 2026', 'is no month'],
    ['01/05/2026', 'day and month cannot be told apart'],
    ['2026-09-30T14:05:00 CET', 'is not a date'],
    ['45306', "spreadsheet's day number"],
    [45306, "spreadsheet's day number"],
    ['00.01.1900', 'spreadsheet'],
    ['#N/A', 'spreadsheet'],
    ['1,69E+12', 'rounded by a spreadsheet'],
    ['soon', 'is not a date'],
    [0, 'is not a date'],
    [true, 'is not a date'],
    [{}, 'is not a date'],
    ['1890-01-01', 'not a plausible date'],
  ])('refuses %s with a sentence', (text, sentence) => {
    expect(read(text)).toContain(sentence);
  });

  it('agrees with the platform on every ISO date-time', () => {
    const dates = fc.date({ min: new Date('1970-01-02'), max: new Date('2290-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(read(date.toISOString())).toEqual([date.toISOString(), 0]);
      }),
    );
  });

  it('never throws and never yields a known state without a time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.jsonValue()), (value) => {
        const result = parseInstant(value);
        if (result.ok) expect(result.value?.state === 'known').toBe(typeof result.value?.ms === 'number');
        else expect(result.reason.length).toBeGreaterThan(10);
      }),
    );
  });
});
