import { DAY_MS, type Instant } from '../../model/index.js';
import { monthNumber, parseOffset, type WallTime, wallTimeToUtc } from './calendar.js';
import { type Parsed, parsed, unparsable } from './parsed.js';
import { quote } from './quote.js';

/** What a reader knows about the times of a file. */
export type InstantOptions = {
  /** Offset of times that state none (`+01:00`, `Z`); null or absent: unknown, which widens the tolerance. */
  timezone?: string | null;
  /** Order of numeric dates such as `01/05/2026`; absent: such a date is refused if both readings exist. */
  order?: 'mdy' | 'dmy';
};

/** A day starts and ends within this many ms of its first one. */
export const DAY_TOLERANCE_MS = DAY_MS - 1;
/** Zones span UTC-12 to UTC+14. */
export const ZONE_TOLERANCE_MS = 26 * 3_600_000;

const EARLIEST_ZONE_MS = 14 * 3_600_000;
/** GCP writes "never" as the last second of the year 9999. */
const END_OF_TIME_S = 253_402_300_799;

const STATES: { [word: string]: Exclude<Instant['state'], 'known'> } = {
  never: 'never',
  none: 'never',
  '-': 'never',
  '-1': 'never',
  nie: 'never',
  unbegrenzt: 'never',
  unlimited: 'never',
  'no expiry': 'never',
  'does not expire': 'never',
  'never expires': 'never',
  'never used': 'never',
  'never rotated': 'never',
  'n/a': 'not-tracked',
  na: 'not-tracked',
  'not tracked': 'not-tracked',
  'not available': 'not-tracked',
  'no information': 'not-tracked',
  unknown: 'not-tracked',
  '?': 'not-tracked',
  'not applicable': 'not-applicable',
  'not supported': 'not-applicable',
};

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)(?:\s+(?:[+-]\d{4}|[A-Z]{3,5}))?`;
const MERIDIEM = String.raw`(?:\s*([AaPp])\.?[Mm]\.?)?`;
const CLOCK = `${TIME}${MERIDIEM}(?:${ZONE})?`;

type Shape = { pattern: RegExp; date: (groups: string[], order?: 'mdy' | 'dmy') => Parsed<CalendarDay> };
type CalendarDay = { year: number; month: number; day: number };

/** Each way of writing a date that exports were seen to use (three groups), with the clock (six groups) after it. */
const SHAPES: Shape[] = [
  shape(String.raw`(\d{4})-(\d{2})-(\d{2})(?:[T ]+${CLOCK})?`, (y, m, d) => day(y, m, d)),
  shape(String.raw`(\d{4})/(\d{1,2})/(\d{1,2})(?:[T ]+${CLOCK})?`, (y, m, d) => day(y, m, d)),
  shape(String.raw`(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+${CLOCK})?`, (d, m, y) => day(y, m, d)),
  shape(String.raw`(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:,?\s+${CLOCK})?`, eitherOrder),
  shape(String.raw`([A-Z][a-z]{2,8})\.? (\d{1,2}),? (\d{4})(?:,?\s+${CLOCK})?`, (m, d, y) => named(y, m, d)),
  shape(
    String.raw`(?:[A-Z][a-z]{2}, )?(\d{1,2})[ -]([A-Z][a-z]{2,8})[ -](\d{4})(?:,?\s+${CLOCK})?`,
    (d, m, y) => named(y, m, d),
  ),
];

/** Git and C `ctime`: the year comes last, `Thu Oct 19 02:56:37 2023 +0000`. */
const CTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})( [+-]\d{4})?$/;

/** ISO 8601 basic form. */
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})/;

/** A moment whose time is known, in epoch ms UTC. */
export function knownInstant(ms: number, toleranceMs = 0): Instant {
  return { state: 'known', ms, tolerance_ms: toleranceMs };
}

/** An instant in one of the states that carry no time. */
export function statedInstant(state: Exclude<Instant['state'], 'known'>): Instant {
  return { state, ms: null, tolerance_ms: 0 };
}

/**
 * Reads a time in any of the forms of docs/formats.md. Null if nothing is stated (null, an empty cell, `<nil>`).
 * Never guesses: a date that does not exist, an ambiguous order of day and month, and what a spreadsheet made of a
 * date are failures with a sentence.
 */
export function parseInstant(value: unknown, options: InstantOptions = {}): Parsed<Instant | null> {
  if (value === null || value === undefined) return parsed(null);
  if (typeof value === 'number') return fromNumber(value, String(value));
  if (typeof value !== 'string') return unparsable(`${quote(value)} is not a date`);
  const text = value.trim();
  if (text === '' || text === '<nil>' || text === 'null') return parsed(null);
  const state = STATES[text.toLowerCase().replaceAll('_', ' ')];
  if (state) return parsed(statedInstant(state));
  if (/^0001-01-01([T ]|$)/.test(text)) return parsed(statedInstant('not-tracked'));
  if (/^(9999|2299)-12-31([T ]|$)/.test(text)) return parsed(statedInstant('never'));
  return spreadsheetDamage(text) ?? fromEpochText(text) ?? fromCalendar(text, options);
}

function spreadsheetDamage(text: string): Parsed<never> | null {
  const repair = 'format the column as YYYY-MM-DD and export again';
  if (/^00?[./]0?1[./]1900|^#/.test(text))
    return unparsable(`${quote(text)} is what a spreadsheet shows for an empty or broken cell; ${repair}`);
  if (/^\d{5}([.,]\d+)?$/.test(text))
    return unparsable(`${quote(text)} looks like a spreadsheet's day number; ${repair}`);
  if (/^\d+[.,]\d+E\+\d+$/i.test(text) && Number(text) !== END_OF_TIME_S) {
    return unparsable(`${quote(text)} was rounded by a spreadsheet; ${repair}`);
  }
  return null;
}

function fromEpochText(text: string): Parsed<Instant> | null {
  const match = /^(\d{9,13}(?:\.\d+)?|[\d.]+e\+\d+)(?: \+0000)?$/i.exec(text);
  return match?.[1] ? fromNumber(Number(match[1]), text) : null;
}

function fromNumber(value: number, shown: string): Parsed<Instant> {
  if (value === END_OF_TIME_S || value === -1) return parsed(statedInstant('never'));
  if (value >= 1e8 && value < 1e11) return parsed(knownInstant(Math.floor(value * 1000)));
  if (value >= 1e11 && value < 1e14) return parsed(knownInstant(Math.floor(value)));
  const excel = value >= 20_000 && value < 80_000;
  return excel
    ? unparsable(
        `${shown} looks like a spreadsheet's day number; format the column as YYYY-MM-DD and export again`,
      )
    : unparsable(
        `${shown} is not a date: expected YYYY-MM-DD, an ISO date-time or epoch seconds or milliseconds`,
      );
}

function fromCalendar(text: string, options: InstantOptions): Parsed<Instant> {
  const straight = text.replace(CTIME, '$1 $2, $4 $3$5').replace(COMPACT, '$1-$2-$3T$4:$5:$6');
  for (const { pattern, date } of SHAPES) {
    const match = pattern.exec(straight);
    if (!match) continue;
    const found = date(match.slice(1, 4), options.order);
    if (!found.ok) return unparsable(`${quote(text)} is not a date: ${found.reason}`);
    return fromParts(text, found.value, match.slice(4), options.timezone ?? null);
  }
  return unparsable(
    `${quote(text)} is not a date: expected YYYY-MM-DD or an ISO date-time such as 2026-09-30T14:05:00Z`,
  );
}

function fromParts(
  text: string,
  date: CalendarDay,
  clock: (string | undefined)[],
  timezone: string | null,
): Parsed<Instant> {
  const wall = wallTime(date, clock);
  const utc = wall.ok ? wallTimeToUtc(wall.value) : wall;
  if (!utc.ok) return unparsable(`${quote(text)} is not a date: ${utc.reason}`);
  if (date.year < 1970 || date.year > 2999)
    return unparsable(`${quote(text)} is not a plausible date: the year is ${date.year}`);
  const zone = clock[5] ?? timezone;
  const offset = zone === null ? null : parseOffset(zone);
  if (zone !== null && offset === null)
    return unparsable(`${quote(text)} has the zone ${quote(zone)}: expected an offset such as +01:00`);
  if (clock[0] === undefined) return parsed(knownInstant(utc.value - (offset ?? 0), DAY_TOLERANCE_MS));
  if (offset === null) return parsed(knownInstant(utc.value - EARLIEST_ZONE_MS, ZONE_TOLERANCE_MS));
  return parsed(knownInstant(utc.value - offset));
}

function wallTime(date: CalendarDay, clock: (string | undefined)[]): Parsed<WallTime> {
  const [hour, minute, second, fraction, meridiem] = clock;
  const twelve = meridiem !== undefined;
  if (twelve && (Number(hour) < 1 || Number(hour) > 12))
    return unparsable(`${hour} ${meridiem}M is no time of day`);
  return parsed({
    year: date.year,
    month: date.month,
    day: date.day,
    hour:
      hour === undefined
        ? null
        : twelve
          ? (Number(hour) % 12) + (/p/i.test(meridiem) ? 12 : 0)
          : Number(hour),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
  });
}

function shape(
  pattern: string,
  date: (a: string, b: string, c: string, order?: 'mdy' | 'dmy') => Parsed<CalendarDay>,
): Shape {
  return {
    pattern: new RegExp(`^${pattern}$`),
    date: ([a = '', b = '', c = ''], order) => date(a, b, c, order),
  };
}

function day(year: string, month: string, dayOfMonth: string): Parsed<CalendarDay> {
  return parsed({ year: Number(year), month: Number(month), day: Number(dayOfMonth) });
}

function named(year: string, month: string, dayOfMonth: string): Parsed<CalendarDay> {
  const number = monthNumber(month);
  if (number === 0) return unparsable(`${quote(month)} is no month`);
  return day(year, String(number), dayOfMonth);
}

function eitherOrder(a: string, b: string, year: string, order?: 'mdy' | 'dmy'): Parsed<CalendarDay> {
  if (order === 'mdy' || (!order && Number(b) > 12) || a === b) return day(year, a, b);
  if (order === 'dmy' || Number(a) > 12) return day(year, b, a);
  return unparsable('day and month cannot be told apart; write it as YYYY-MM-DD');
}
