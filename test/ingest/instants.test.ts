import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/ingest/fields/instants.js';
import type { Instant } from '../../src/model/index.js';
import { ZONE_TOLERANCE_MS } from '../../src/model/index.js';

const DAY = 86_399_999;

function read(value: unknown, options = {}) {
  const result = parseInstant(value, options);
  if (!result.ok) return result.reason;
  const instant = result.value;
  if (instant === null || instant.ms === null) return instant?.state ?? null;
  return [new Date(instant.ms).toISOString(), instant.tolerance_ms];
}

/** The day that is shown of an instant. */
function shownDay({ ms, day }: Instant): string | null {
  return day ?? (ms === null ? null : new Date(ms).toISOString().slice(0, 10));
}

/** What a clock in a zone shows at a moment, such as `2026-07-15 14:00:00`. */
function clockIn(timeZone: string, ms: number): string {
  return new Date(ms).toLocaleString('sv-SE', { timeZone });
}

const GERMAN = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
  ' ',
);

/** A day as exports write it; numeric dates in one order. */
function waysToWrite(iso: string, order: 'dmy' | 'mdy' | 'ymd'): string[] {
  const [y = '', m = '', d = ''] = iso.split('-');
  const numeric = {
    dmy: [`${d}/${m}/${y}`, `${Number(d)}-${Number(m)}-${y}`],
    mdy: [`${m}/${d}/${y}`, `${Number(m)}/${Number(d)}/${y} 2:05 PM`],
    ymd: [`${y.slice(2)}/${m}/${d}`, `${y}/${Number(m)}/${Number(d)}`],
  }[order];
  const pair = `${y}${m}${d}`;
  return [
    iso,
    `${iso} 00:00:01`,
    `${d}.${m}.${y} 23:59`,
    `${Number(d)}. ${GERMAN[Number(m) - 1]} ${y}`,
    pair,
    `${pair}1405`,
    ...numeric,
  ];
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
    ['-', 'not-tracked'],
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

  it.each([
    ['/Date(1767951000000)/', ['2026-01-09T09:30:00.000Z', 0]],
    ['\\/Date(1767951000000+0100)\\/', ['2026-01-09T09:30:00.000Z', 0]],
    ['/Date(-62135596800000)/', 'not-tracked'],
    ['/Date(-62135593200000)/', 'not-tracked'],
    ['/Date(0)/', 'not-tracked'],
    ['/Date(253402300799999)/', 'never'],
    ['/Date(253402300800000)/', 'never'],
  ])('reads the .NET date %s', (text, read_) => {
    expect(read(text)).toEqual(read_);
  });

  it.each([
    ['1970-01-01T00:00:00Z', 'not-tracked'],
    ['01.01.1970 01:00:00', 'not-tracked'],
    ['1969-12-31T19:00:00-05:00', 'not-tracked'],
    ['0001-01-01T00:00:00', 'not-tracked'],
    ['01.01.0001 00:00:00', 'not-tracked'],
    ['31.12.9999 23:59:59', 'never'],
    ['12/31/9999', 'never'],
    ['k.A.', 'not-tracked'],
    ['n.a.', 'not-tracked'],
    ['TBD', 'not-tracked'],
    ['???', 'not-tracked'],
    ['..............', 'not-tracked'],
    ['\u2014', 'not-tracked'],
    ['--', 'not-tracked'],
    ['unbefristet', 'never'],
    ['jamais', 'never'],
  ])('reads %s, which stands for no date, as the state %s', (text, state) => {
    expect(read(text)).toBe(state);
  });

  it.each([
    ['20260915', '2026-09-15', '8 digits are read as yyyymmdd'],
    [20260915, '2026-09-15', '8 digits are read as yyyymmdd'],
    ['202609151030', '2026-09-15', '12 digits are read as yyyymmddhhmm'],
    ['20260915103045', '2026-09-15', '14 digits are read as yyyymmddhhmmss'],
    [20260915103045, '2026-09-15', '14 digits are read as yyyymmddhhmmss'],
  ])('reads the digits %s as a day and time, and says so', (value, day, sentence) => {
    const said: string[] = [];
    const [iso] = [read(value, { timezone: 'Z', say: (text: string) => said.push(text) })].flat();
    expect([String(iso).slice(0, 10), said]).toEqual([day, [`dates of ${sentence}`]]);
  });

  it.each([
    ['2026091510', 'can be epoch seconds or yyyymmddhh'],
    [2026091510, 'can be epoch seconds or yyyymmddhh'],
    ['260110140500', 'names no day and time from 1990 to 2099'],
    ['999999999000', 'names no day and time from 1990 to 2099'],
    ['20261315', 'names no day and time'],
    ['20260231', '2026-02 has no day 31'],
    ['16854952560', 'is not a date'],
    [2.612e12 * 10, 'is not a date'],
    ['30/09/25', 'the year has two digits'],
    ['30.09.25', 'the year has two digits'],
    ['Jan-24', 'is not a date'],
    ['45306', 'state dayNumbers: 1900'],
    ['1 Marraskuu 2025', '"Marraskuu" is no month'],
    ['Marraskuu 30 2025', '"Marraskuu" is no month'],
    ['3 Maral 2026', '"Maral" is no month'],
    ['01/05/2026 09:12 AM', 'day and month cannot be told apart'],
    ['1E+12', 'rounded by a spreadsheet'],
  ])('refuses %s, which can mean two things or none', (text, sentence) => {
    expect(read(text)).toContain(sentence);
  });

  it.each([
    ['9. März 2024', '2024-03-09'],
    ['30. Juni 2026', '2026-06-30'],
    ['1er janvier 2026', '2026-01-01'],
    ['14 août 2026', '2026-08-14'],
    ['1 de enero de 2026', '2026-01-01'],
    ['30 juillet 2026', '2026-07-30'],
    ['30 giugno 2026', '2026-06-30'],
    ['1 de março de 2026', '2026-03-01'],
    ['5 mei 2026', '2026-05-05'],
    ['5 września 2026', '2026-09-05'],
    ['1 Mars 2026', '2026-03-01'],
    ['30 Juin 2026', '2026-06-30'],
    ['September 30th, 2026', '2026-09-30'],
    ['12-Dez-2026', '2026-12-12'],
  ])('reads the month of %s by its whole word', (text, day) => {
    expect(read(text)).toEqual([`${day}T00:00:00.000Z`, DAY]);
  });

  it('reads an order, a year of two digits and a day number that the source states', () => {
    const stated = (order: string) => ({ order, stated: true });
    expect(read('03/04/2026', stated('dmy'))).toEqual(['2026-04-03T00:00:00.000Z', DAY]);
    expect(read('03/04/2026', stated('mdy'))).toEqual(['2026-03-04T00:00:00.000Z', DAY]);
    expect(read('30/09/25', stated('dmy'))).toEqual(['2025-09-30T00:00:00.000Z', DAY]);
    expect(read('26-09-30', stated('ymd'))).toEqual(['2026-09-30T00:00:00.000Z', DAY]);
    expect(read('30/09/25', { order: 'dmy' })).toContain('the year has two digits');
    expect(read('9/30/2026', stated('dmy'))).toContain('no month 30');
    expect(read('03/04/2026', stated('ymd'))).toContain('ends with the year');
    expect(read('45306', { dayNumbers: 1900 })).toEqual(['2024-01-15T00:00:00.000Z', DAY]);
    expect(read(45306, { dayNumbers: 1904 })).toEqual(['2028-01-16T00:00:00.000Z', DAY]);
    expect(read('45306,5', { dayNumbers: 1900, timezone: 'Z' })).toEqual(['2024-01-15T12:00:00.000Z', 0]);
    expect(read('03/04/2026', { contradiction: 'the column has both' })).toContain('the column has both');
  });

  it('reads times of a named zone, with both readings of an hour that clocks show twice or skip', () => {
    const berlin = { timezone: 'Europe/Berlin' };
    const hour = 3_600_000;
    expect(read('2026-01-15 12:00', berlin)).toEqual(['2026-01-15T11:00:00.000Z', 0]);
    expect(read('2026-07-15 12:00', berlin)).toEqual(['2026-07-15T10:00:00.000Z', 0]);
    expect(read('2026-07-15', berlin)).toEqual(['2026-07-14T22:00:00.000Z', DAY]);
    expect(read('2026-10-25 01:59:59', berlin)).toEqual(['2026-10-24T23:59:59.000Z', 0]);
    expect(read('2026-10-25 02:30', berlin)).toEqual(['2026-10-25T00:30:00.000Z', hour]);
    expect(read('2026-10-25 03:00', berlin)).toEqual(['2026-10-25T02:00:00.000Z', 0]);
    expect(read('2026-03-29 02:30', berlin)).toEqual(['2026-03-29T00:30:00.000Z', hour]);
    expect(read('2026-10-25', berlin)).toEqual(['2026-10-24T22:00:00.000Z', DAY + hour]);
    expect(read('2026-03-29', berlin)).toEqual(['2026-03-28T23:00:00.000Z', DAY - hour]);
    expect(read('2026-07-15 12:00Z', berlin)).toEqual(['2026-07-15T12:00:00.000Z', 0]);
    expect(read('2026-07-15 12:00', { timezone: 'Nowhere/Berlin' })).toMatch(
      /has the zone "Nowhere\/Berlin"/,
    );
  });

  it('finds every moment again that a clock in a named zone shows', () => {
    const zones = [
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    ];
    const moments = fc.integer({ min: Date.UTC(1975, 0, 1) / 1000, max: Date.UTC(2040, 0, 1) / 1000 });
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (seconds, timezone) => {
        const ms = seconds * 1000;
        const result = parseInstant(clockIn(timezone, ms), { timezone });
        if (!result.ok || !result.value?.ms) throw new Error(`${clockIn(timezone, ms)} is not read`);
        expect(result.value.ms).toBeLessThanOrEqual(ms);
        expect(result.value.ms + result.value.tolerance_ms).toBeGreaterThanOrEqual(ms);
      }),
      {
        examples: [
          [Date.UTC(2026, 9, 25, 0, 30) / 1000, 'Europe/Berlin'],
          [Date.UTC(2026, 9, 25, 1, 30) / 1000, 'Europe/Berlin'],
        ],
      },
    );
  });

  it('keeps the day that the source writes if its text states no zone', () => {
    const dayOf = (text: string, timezone: string | null = null) => {
      const result = parseInstant(text, { timezone });
      return result.ok ? result.value?.day : result.reason;
    };
    expect(dayOf('01.06.2026 09:00')).toBe('2026-06-01');
    expect(dayOf('2026-06-01 16:00')).toBeUndefined();
    expect(dayOf('2026-06-01', '+02:00')).toBe('2026-06-01');
    expect(dayOf('2026-06-01T23:30:00', '-05:00')).toBe('2026-06-01');
    expect(dayOf('2026-06-01T00:30:00+02:00')).toBeUndefined();
  });

  it('reads every day back in every way of writing it, in every zone', () => {
    const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2069-12-31'), noInvalidDate: true });
    const zones = fc.constantFrom(null, 'Z', '+14:00', '-12:00', '+05:30');
    fc.assert(
      fc.property(days, zones, fc.constantFrom('dmy', 'mdy', 'ymd'), (date, timezone, order) => {
        const day = date.toISOString().slice(0, 10);
        for (const text of waysToWrite(day, order)) {
          const result = parseInstant(text, { timezone, order, stated: true });
          const instant = result.ok ? result.value : null;
          expect([text, instant?.state, instant && shownDay(instant)]).toEqual([text, 'known', day]);
        }
      }),
    );
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

it('reads the form of machines as it reads every other', () => {
  const two = fc.integer({ min: 0, max: 70 }).map((n) => String(n).padStart(2, '0'));
  const fraction = fc.constantFrom('', '.5', '.123', '.123456789');
  fc.assert(
    fc.property(fc.integer({ min: 1968, max: 2102 }), two, two, two, two, two, fraction, (year, ...parts) => {
      const [month, day, hour, minute, second, part] = parts;
      const date = `${year}-${month}-${day}`;
      const found = parseInstant(`${date}T${hour}:${minute}:${second}${part}Z`);
      const spaced = parseInstant(`${date} ${hour}:${minute}:${second}${part} Z`);
      expect(found.ok).toBe(spaced.ok);
      if (found.ok && spaced.ok) expect(found.value).toEqual(spaced.value);
    }),
    { numRuns: 2_000 },
  );
});
