import { DAY_MS, type DateOrder, type Instant, ZONE_TOLERANCE_MS } from '../../model/index.js';
import { momentsIn, ZONE_FORM } from '../../text/time-zone.js';
import { type CalendarDay, type WallTime, wallTimeToUtc } from './calendar.js';
import { cleanText } from './clean-text.js';
import { dotNetDate, isDayNumber, meaningOfDayNumber, meaningOfDigits } from './date-digits.js';
import { monthNumber } from './month-names.js';
import { type Parsed, parsed, unparsable } from './parsed.js';
import { absenceOf, isDash } from './placeholders.js';
import { quote } from './quote.js';

/** What a reader knows about the times of a file. */
export type InstantOptions = {
  /** Offset or IANA time zone of times that state none (`+01:00`, `Z`, `Europe/Berlin`); null or absent: unknown, which widens the tolerance. */
  timezone?: string | null;
  /** Order of numeric dates such as `01/05/2026`; absent: such a date is refused if both readings exist. */
  order?: DateOrder | null;
  /** Why there is no order although the column was looked at: its values contradict each other. */
  contradiction?: string | null;
  /** Whether `order` is stated, so that years of two digits can be read too: `25` is 2025, `70` to `99` are 1970 to 1999. */
  stated?: boolean;
  /** Year that a spreadsheet's day numbers count from; absent: a day number is refused. */
  dayNumbers?: 1900 | 1904;
  /** Hears how a date was read if its form left room. */
  say?: (sentence: string) => void;
};

/** A day starts and ends within this many ms of its first one. */
export const DAY_TOLERANCE_MS = DAY_MS - 1;
const EARLIEST_ZONE_MS = 14 * 3_600_000;
/** GCP writes "never" as the last second of the year 9999. */
const END_OF_TIME_S = 253_402_300_799;

const STATES: { [word: string]: Exclude<Instant['state'], 'known'> } = {
  never: 'never',
  none: 'never',
  '-1': 'never',
  nie: 'never',
  unbegrenzt: 'never',
  unbefristet: 'never',
  jamais: 'never',
  nunca: 'never',
  nooit: 'never',
  nigdy: 'never',
  mai: 'never',
  illimité: 'never',
  ilimitado: 'never',
  illimitato: 'never',
  onbeperkt: 'never',
  bezterminowo: 'never',
  unlimited: 'never',
  'läuft nicht ab': 'never',
  'kein ablauf': 'never',
  'sans expiration': 'never',
  'sans échéance': 'never',
  'sin caducidad': 'never',
  'sin vencimiento': 'never',
  'senza scadenza': 'never',
  'sem expiração': 'never',
  'sem validade': 'never',
  'verloopt niet': 'never',
  'bez terminu': 'never',
  'no expiry': 'never',
  'does not expire': 'never',
  'never expires': 'never',
  'never used': 'never',
  'never rotated': 'never',
  'no information': 'not-tracked',
  'not applicable': 'not-applicable',
  'not supported': 'not-applicable',
};

/** Days that stand for no date: zero of .NET and of Unix, and "never" of Google, .NET and old Entra portals. */
const STANDS_FOR: { [day: string]: Exclude<Instant['state'], 'known'> } = {
  '1-1-1': 'not-tracked',
  '1970-1-1': 'not-tracked',
  '1969-12-31': 'not-tracked',
  '2299-12-31': 'never',
  '9999-12-31': 'never',
};

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)(?:\s+(?:[+-]\d{4}|[A-Z]{3,5}))?`;
const MERIDIEM = String.raw`(?:\s*([AaPp])\.?[Mm]\.?)?`;
const CLOCK = `${TIME}${MERIDIEM}(?:${ZONE})?`;
const MONTH = String.raw`(\p{L}{3,12})\.?`;
const ORDINAL = String.raw`(?:\.|er|st|nd|rd|th|[º°ª])?`;

type Shape = { pattern: RegExp; date: (groups: string[], options: InstantOptions) => Parsed<CalendarDay> };

/** Each way of writing a date that exports were seen to use (three groups), with the clock (six groups) after it. */
const SHAPES: Shape[] = [
  shape(String.raw`(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+${CLOCK})?`, (y, m, d) => day(y, m, d)),
  shape(String.raw`(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ]+${CLOCK})?`, (y, m, d) => day(y, m, d)),
  shape(String.raw`(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?:,?\s+${CLOCK})?`, (d, m, y) => day(y, m, d)),
  shape(String.raw`(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:,?\s+${CLOCK})?`, eitherOrder),
  shape(String.raw`(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})(?:,?\s+${CLOCK})?`, shortYear),
  shape(String.raw`${MONTH} (\d{1,2})${ORDINAL},? (\d{4})(?:,?\s+${CLOCK})?`, (m, d, y) => named(y, m, d)),
  shape(
    String.raw`(?:\p{L}{2,4}\.?, )?(\d{1,2})${ORDINAL}[ -](?:de )?${MONTH}[ -](?:de )?(\d{4})(?:,?\s+${CLOCK})?`,
    (d, m, y) => named(y, m, d),
  ),
];

/** Git and C `ctime`: the year comes last, `Thu Oct 19 02:56:37 2023 +0000`. */
const CTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})( [+-]\d{4})?$/;

/** ISO 8601 basic form. */
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})/;

/**
 * Returns a moment whose time is known, in epoch ms UTC.
 * @param day the day as the source writes it, `YYYY-MM-DD`; kept only if it is not the UTC day of `ms`
 */
export function knownInstant(ms: number, toleranceMs = 0, day: string | null = null): Instant {
  const instant: Instant = { state: 'known', ms, tolerance_ms: toleranceMs };
  return day === null || day === new Date(ms).toISOString().slice(0, 10) ? instant : { ...instant, day };
}

/** Returns an instant in one of the states that carry no time. */
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
  if (typeof value === 'number') return fromNumber(value, String(value), options);
  if (typeof value !== 'string') return unparsable(`${quote(value)} is not a date`);
  const ms = plainUtc(value);
  if (ms !== null) return parsed({ state: 'known', ms, tolerance_ms: 0 });
  const text = cleanText(value);
  if (text === '' || text === '<nil>' || text === 'null') return parsed(null);
  const state = stateOf(text);
  if (state) return parsed(statedInstant(state));
  return (
    fromDotNet(text) ??
    spreadsheetDamage(text, options) ??
    fromDigits(text, options) ??
    fromCalendar(text, options)
  );
}

/** The form that most machines write. */
const PLAIN_UTC = /^(19[7-9]\d|20\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;

/** Returns the moment of a time in the form that most machines write, in epoch ms; null for any other, and if it may not exist. */
function plainUtc(text: string): number | null {
  const match = text.length >= 20 && text.length <= 30 ? PLAIN_UTC.exec(text) : null;
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const [m = 0, d = 0, h = 0, min = 0, s = 0] = [month, day, hour, minute, second].map(Number);
  if (m < 1 || m > 12 || d < 1 || d > 28 || h > 23 || min > 59 || s > 59) return null;
  if (Number(year) === 1970 && m === 1 && d === 1) return null;
  return Date.UTC(Number(year), m - 1, d, h, min, s, Number(fraction.padEnd(3, '0').slice(0, 3)));
}

/** Returns the state a word stands for. A placeholder or a dash states no time: `TBD` is no date and no "never". */
function stateOf(text: string): Exclude<Instant['state'], 'known'> | null {
  const stated = STATES[text.toLowerCase().replaceAll('_', ' ')];
  if (stated) return stated;
  const absence = absenceOf(text);
  if (absence === null) return null;
  return absence === 'none' && !isDash(text) ? 'never' : 'not-tracked';
}

function fromDotNet(text: string): Parsed<Instant> | null {
  const date = dotNetDate(text);
  if (date === null) return null;
  if ('state' in date) return parsed(statedInstant(date.state));
  const { ms } = date;
  const plausible = ms >= 0 && ms < Date.UTC(3000, 0, 1);
  return plausible ? parsed(knownInstant(ms)) : unparsable(`${quote(text)} is not a plausible date`);
}

const REPAIR = 'format the column as YYYY-MM-DD and export again';

function spreadsheetDamage(text: string, options: InstantOptions): Parsed<Instant> | null {
  if (/^00?[./]0?1[./]1900|^#/.test(text))
    return unparsable(`${quote(text)} is what a spreadsheet shows for an empty or broken cell; ${REPAIR}`);
  if (/^\d{5}([.,]\d+)?$/.test(text)) return dayNumber(text, options);
  if (/^\d+([.,]\d+)?E\+\d+$/i.test(text) && Number(text) !== END_OF_TIME_S && !/^\d\.\d{9,}e/i.test(text)) {
    return unparsable(`${quote(text)} was rounded by a spreadsheet; ${REPAIR}`);
  }
  return null;
}

function dayNumber(text: string, options: InstantOptions): Parsed<Instant> {
  const meaning = meaningOfDayNumber(text, options.dayNumbers);
  if (meaning) return fromParts(text, meaning.day, meaning.clock, options.timezone ?? null);
  const advice = isDayNumber(text) ? ', or state dayNumbers: 1900 in keyproof.yaml' : '';
  return unparsable(`${quote(text)} looks like a spreadsheet's day number; ${REPAIR}${advice}`);
}

function fromDigits(text: string, options: InstantOptions): Parsed<Instant> | null {
  const match = /^(\d{8,15}(?:\.\d+)?|[\d.]+e\+\d+)(?: \+0000)?$/i.exec(text);
  return match?.[1] ? fromNumber(Number(match[1]), text, options) : null;
}

function fromNumber(value: number, shown: string, options: InstantOptions): Parsed<Instant> {
  if (value === END_OF_TIME_S || value === END_OF_TIME_S * 1000 + 999 || value === -1)
    return parsed(statedInstant('never'));
  if (isDayNumber(shown)) return dayNumber(shown, options);
  if (!(value >= 1e7 && value < 1e15)) return unparsable(`${quote(shown)} is not a date: ${EXPECTED}`);
  const meaning = meaningOfDigits(value, shown);
  if (!meaning.ok) return meaning;
  if ('ms' in meaning.value) return parsed(knownInstant(meaning.value.ms));
  const { day, clock, form } = meaning.value;
  const found = fromParts(shown, day, clock, options.timezone ?? null);
  if (found.ok) options.say?.(`dates of ${form.length} digits are read as ${form}`);
  return found;
}

const EXPECTED = 'expected YYYY-MM-DD, an ISO date-time or epoch seconds or milliseconds';

function fromCalendar(text: string, options: InstantOptions): Parsed<Instant> {
  const straight = text.replace(CTIME, '$1 $2, $4 $3$5').replace(COMPACT, '$1-$2-$3T$4:$5:$6');
  for (const { pattern, date } of SHAPES) {
    const match = pattern.exec(straight);
    if (!match) continue;
    const found = date(match.slice(1, 4), options);
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
  const state = STANDS_FOR[`${date.year}-${date.month}-${date.day}`];
  if (state) return parsed(statedInstant(state));
  if (date.year < 1970 || date.year > 2999)
    return unparsable(`${quote(text)} is not a plausible date: the year is ${date.year}`);
  const zone = clock[5] ?? timezone;
  const bare = clock[0] === undefined;
  const shown = clock[5] === undefined ? isoDay(date) : null;
  const span = bare ? DAY_TOLERANCE_MS : 0;
  if (zone === null) {
    return parsed(
      bare
        ? knownInstant(utc.value, span, shown)
        : knownInstant(utc.value - EARLIEST_ZONE_MS, ZONE_TOLERANCE_MS, shown),
    );
  }
  const [first, last] = [momentsIn(zone, utc.value), momentsIn(zone, utc.value + span)];
  if (first === null || last === null)
    return unparsable(`${quote(text)} has the zone ${quote(zone)}: expected ${ZONE_FORM}`);
  return parsed(knownInstant(first.from, last.until - first.from, shown));
}

function isoDay({ year, month, day: dayOfMonth }: CalendarDay): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
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
  date: (a: string, b: string, c: string, options: InstantOptions) => Parsed<CalendarDay>,
): Shape {
  return {
    pattern: new RegExp(`^${pattern}$`, 'u'),
    date: ([a = '', b = '', c = ''], options) => date(a, b, c, options),
  };
}

function day(year: string, month: string, dayOfMonth: string): Parsed<CalendarDay> {
  return parsed({ year: Number(year), month: Number(month), day: Number(dayOfMonth) });
}

function named(year: string, month: string, dayOfMonth: string): Parsed<CalendarDay> {
  const number = monthNumber(month);
  if (number === 0)
    return unparsable(`${quote(month)} is no month in a language that is read; write it as YYYY-MM-DD`);
  return day(year, String(number), dayOfMonth);
}

const ADVICE = 'write it as YYYY-MM-DD, or state dates: dmy or mdy in keyproof.yaml';

/** Returns day and month before a year of four digits: by the order known, else by the one that makes a date. */
function eitherOrder(a: string, b: string, year: string, options: InstantOptions): Parsed<CalendarDay> {
  const { order, contradiction } = options;
  if (order === 'mdy' || (!order && Number(b) > 12) || Number(a) === Number(b)) return day(year, a, b);
  if (order === 'dmy' || (!order && Number(a) > 12)) return day(year, b, a);
  if (order === 'ymd') return unparsable('keyproof.yaml says dates: ymd, and this one ends with the year');
  return unparsable(contradiction ?? `day and month cannot be told apart; ${ADVICE}`);
}

/** Returns a date whose year has two digits: only in an order that keyproof.yaml states. */
function shortYear(a: string, b: string, c: string, { order, stated }: InstantOptions): Parsed<CalendarDay> {
  if (!order || !stated) return unparsable(`the year has two digits; ${ADVICE}`);
  if (order === 'ymd') return day(fullYear(a), b, c);
  return order === 'mdy' ? day(fullYear(c), a, b) : day(fullYear(c), b, a);
}

function fullYear(twoDigits: string): string {
  return String(Number(twoDigits) + (Number(twoDigits) < 70 ? 2000 : 1900));
}
