import { ASK_OPA, type NativeBuiltin } from './builtin.js';
import type { Term } from './terms.js';

/** A moment in UTC: whole milliseconds as JavaScript's Date has them, and the nanoseconds that are left. */
type Moment = { readonly date: Date; readonly rest: bigint };

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;
const RFC3339_LAYOUTS = new Set(['RFC3339', 'RFC3339Nano', '2006-01-02T15:04:05Z07:00']);
const DURATION = /^([+-]?)((?:\d{1,15}(?:h|m|s|ms|us|ns))+)$/;
const UNIT_NS: Readonly<Record<string, bigint>> = {
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1000n,
  ns: 1n,
};
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const INTEGER = /^-?\d+$/;
const INT64_MAX = 2n ** 63n - 1n;
const LARGEST_STEP = 1_000_000;

/** Dates in UTC, durations of whole units, RFC 3339. Other time zones, layouts and fractions are left to OPA. */
export const TIME_BUILTINS: Readonly<Record<string, NativeBuiltin>> = {
  'time.parse_rfc3339_ns': (text) => (text?.type === 'string' ? parseRfc3339(text.value) : undefined),
  'time.parse_ns': (layout, text) =>
    layout?.type === 'string' && text?.type === 'string' && RFC3339_LAYOUTS.has(layout.value)
      ? parseRfc3339(text.value)
      : ASK_OPA,
  'time.parse_duration_ns': (text) => (text?.type === 'string' ? parseDuration(text.value) : ASK_OPA),
  'time.date': (at) => ofMoment(at, ({ date }) => dateOf(date)),
  'time.clock': (at) => ofMoment(at, ({ date }) => clockOf(date)),
  'time.weekday': (at) => ofMoment(at, ({ date }) => WEEKDAYS[date.getUTCDay()]),
  'time.add_date': (at, years, months, days) =>
    ofMoment(at, (moment) => addDate(moment, stepOf(years), stepOf(months), stepOf(days))),
  'time.diff': (a, b) => ofMoment(a, (first) => ofMoment(b, (second) => difference(first, second))),
};

type Answer = ReturnType<NativeBuiltin>;

function ofMoment(term: Term | undefined, use: (moment: Moment) => Answer): Answer {
  const moment = momentOf(term);
  return moment === undefined ? ASK_OPA : use(moment);
}

/** Returns a number of nanoseconds, or [nanoseconds, "UTC"]; undefined for all that needs more care. */
function momentOf(term: Term | undefined): Moment | undefined {
  const [number, zone] = term?.type === 'array' && term.items.length === 2 ? term.items : [term];
  if (number?.type !== 'number' || !INTEGER.test(number.text)) return undefined;
  if (zone !== undefined && !(zone.type === 'string' && (zone.value === 'UTC' || zone.value === '')))
    return undefined;
  const ns = BigInt(number.text);
  if (ns !== BigInt.asIntN(64, ns)) return undefined;
  const rest = ((ns % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return { date: new Date(Number((ns - rest) / 1_000_000n)), rest };
}

function dateOf(date: Date): [number, number, number] {
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

function clockOf(date: Date): [number, number, number] {
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
}

function stepOf(term: Term | undefined): number | undefined {
  if (term?.type !== 'number' || !INTEGER.test(term.text)) return undefined;
  const step = Number(term.text);
  return Math.abs(step) <= LARGEST_STEP ? step : undefined;
}

/** Days that the month does not have run over into the next one, in Go as in JavaScript. */
function addDate({ date, rest }: Moment, years?: number, months?: number, days?: number): Answer {
  if (years === undefined || months === undefined || days === undefined) return ASK_OPA;
  const [year, month, day] = dateOf(date);
  const moved = new Date(date);
  moved.setUTCFullYear(year + years, month - 1 + months, day + days);
  return Number.isNaN(moved.getTime()) ? undefined : int64(BigInt(moved.getTime()) * 1_000_000n + rest);
}

/** Returns years, months, days, hours, minutes and seconds between two moments, as OPA counts them. */
function difference(a: Moment, b: Moment): number[] {
  const [from, to] = isAfter(a, b) ? [b.date, a.date] : [a.date, b.date];
  const [year, month] = dateOf(from);
  const first = [...dateOf(from), ...clockOf(from)];
  const parts = [...dateOf(to), ...clockOf(to)].map((part, index) => part - (first[index] ?? 0));
  const sizes = [0, 12, daysIn(year, month), 24, 60, 60];
  for (let index = parts.length - 1; index > 0; index -= 1) {
    if ((parts[index] ?? 0) >= 0) continue;
    parts[index] = (parts[index] ?? 0) + (sizes[index] ?? 0);
    parts[index - 1] = (parts[index - 1] ?? 0) - 1;
  }
  return parts;
}

function isAfter(a: Moment, b: Moment): boolean {
  const order = a.date.getTime() - b.date.getTime();
  return order > 0 || (order === 0 && a.rest > b.rest);
}

function daysIn(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

function int64(ns: bigint): bigint | undefined {
  return ns === BigInt.asIntN(64, ns) ? ns : undefined;
}

function parseDuration(text: string): Answer {
  const [, sign, units] = DURATION.exec(text) ?? [];
  if (units === undefined) return ASK_OPA;
  let ns = 0n;
  for (const [, count = '0', unit = ''] of units.matchAll(/(\d+)(\D+)/g))
    ns += BigInt(count) * (UNIT_NS[unit] ?? 0n);
  if (ns > INT64_MAX) return ASK_OPA;
  return sign === '-' ? -ns : ns;
}

/** Nanoseconds since 1970; undefined for what is no such date, and outside the years 1678 to 2262, as in OPA. */
function parseRfc3339(text: string): bigint | undefined {
  const parts = RFC3339.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const [offsetHour, offsetMinute] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 24 || offsetMinute > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const offset = (offsetHour * 60 + offsetMinute) * (parts[8] === '-' ? -60_000 : 60_000);
  const ms = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 - offset;
  const ns = BigInt(ms) * 1_000_000n + BigInt((parts[7] ?? '').padEnd(9, '0').slice(0, 9));
  return int64(ns);
}
