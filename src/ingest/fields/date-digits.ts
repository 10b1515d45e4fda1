import type { Instant } from '../../model/index.js';
import type { CalendarDay } from './calendar.js';
import { type Parsed, unparsable } from './parsed.js';
import { quote } from './quote.js';

/** What a run of digits can mean as a date: a moment in epoch ms, or the digits of a day and a time of day. */
export type DigitsMeaning =
  | { ms: number }
  | { day: CalendarDay; clock: (string | undefined)[]; form: string };

/** Days and times written without separators, by their length. */
const COMPACT: { readonly [length: number]: string } = {
  8: 'yyyymmdd',
  10: 'yyyymmddhh',
  12: 'yyyymmddhhmm',
  14: 'yyyymmddhhmmss',
};

/**
 * Returns what a positive number is as a date. Nine or ten digits are epoch seconds, thirteen epoch milliseconds;
 * eight, twelve and fourteen are a day, with a time of day. Ten digits that are both are refused, and so is every other
 * length: a guess would be decades wrong.
 */
export function meaningOfDigits(value: number, shown: string): Parsed<DigitsMeaning> {
  const digits = String(Math.trunc(value));
  const compact = Number.isInteger(value) ? compactOf(digits) : null;
  if (digits.length === 9 || digits.length === 10) {
    if (compact) return unparsable(`${quote(shown)} can be epoch seconds or ${compact.form}; ${WRITE}`);
    return { ok: true, value: { ms: Math.floor(value * 1000) } };
  }
  if (digits.length === 13) return { ok: true, value: { ms: Math.floor(value) } };
  if (compact) return { ok: true, value: compact };
  const form = COMPACT[digits.length];
  return unparsable(
    form
      ? `${quote(shown)} is not a date: read as ${form} it names no day and time from 1990 to 2099; ${WRITE}`
      : `${quote(shown)} is not a date: expected YYYY-MM-DD, an ISO date-time or epoch seconds or milliseconds`,
  );
}

const WRITE = 'write it as YYYY-MM-DD or an ISO date-time';

/** The beginning of days from 1990 to 2099. */
const YEARS = /^(?:199|20)/;

function compactOf(digits: string): Extract<DigitsMeaning, { form: string }> | null {
  const form = COMPACT[digits.length];
  if (!YEARS.test(digits)) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = pairs(digits).map(Number);
  const plausible = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (form === undefined || !plausible || hour > 23 || minute > 59 || second > 59) return null;
  const [, , , hh, mm = '00', ss] = pairs(digits);
  return { day: { year, month, day }, clock: hh === undefined ? [] : [hh, mm, ss], form };
}

/** Splits digits into the year, then two digits each. */
function pairs(digits: string): string[] {
  return [digits.slice(0, 4), ...(digits.slice(4).match(/../g) ?? [])];
}

/** Days from the first day of a spreadsheet's calendar to 1970, by the year it counts from. */
const FIRST_DAY = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };

/** Returns the day, and time of day, of a spreadsheet's day number (`45306`, `45306.5`), as keyproof.yaml allows it. */
export function meaningOfDayNumber(
  text: string,
  dayNumbers: keyof typeof FIRST_DAY | undefined,
): Exclude<DigitsMeaning, { ms: number }> | null {
  if (dayNumbers === undefined || !isDayNumber(text)) return null;
  const number = Number(text.replace(',', '.'));
  const moment = new Date(FIRST_DAY[dayNumbers] + Math.round(number * 86_400) * 1000);
  const day = { year: moment.getUTCFullYear(), month: moment.getUTCMonth() + 1, day: moment.getUTCDate() };
  const clock = moment.toISOString().slice(11, 19).split(':');
  return { day, clock: Number.isInteger(number) ? [] : clock, form: `days since ${dayNumbers}` };
}

/** Returns whether a text looks like a spreadsheet's day number: 20000 to 79999 are the years 1954 to 2119. */
export function isDayNumber(text: string): boolean {
  return /^[2-7]\d{4}([.,]\d+)?$/.test(text);
}

/** `/Date(1767951000000)/`, also with an offset that only says how it was shown: .NET and PowerShell. */
const DOT_NET = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/;
/** .NET's zero date, and how far a zone may move it. */
const DOT_NET_ZERO = -62_135_596_800_000;
const DAY = 86_400_000;
const END_OF_TIME = 253_402_300_799_999;

/**
 * Returns the moment of a .NET date in epoch ms, or the state that its zero and its last moment stand for; null if it
 * is none.
 */
export function dotNetDate(
  text: string,
): { ms: number } | { state: Exclude<Instant['state'], 'known'> } | null {
  const match = DOT_NET.exec(text);
  if (!match) return null;
  const ms = Number(match[1]);
  if (Math.abs(ms) < DAY || Math.abs(ms - DOT_NET_ZERO) < DAY) return { state: 'not-tracked' };
  return ms > END_OF_TIME - DAY ? { state: 'never' } : { ms };
}
