import { DAY_MS } from '../../model/index.js';
import { type Parsed, parsed, unparsable } from './parsed.js';

/** A date and time as written on a wall: no zone. */
export type WallTime = {
  /** Year, four digits. */
  year: number;
  /** Month, 1 to 12. */
  month: number;
  /** Day of the month, 1 to 31. */
  day: number;
  /** Hour, 0 to 23; null for a bare day. */
  hour: number | null;
  /** Minute, 0 to 59. */
  minute: number;
  /** Second, 0 to 59. */
  second: number;
  /** Millisecond, 0 to 999; finer fractions are cut off. */
  millisecond: number;
};

/** A day of the calendar as written. */
export type CalendarDay = {
  /** Year. */
  year: number;
  /** Month, 1 to 12. */
  month: number;
  /** Day of the month, from 1. */
  day: number;
};

/** Returns epoch ms of a wall time read as UTC; fails on a date or time that does not exist (31 February, 25:00). */
export function wallTimeToUtc(wall: WallTime): Parsed<number> {
  const { year, month, day, minute, second, millisecond } = wall;
  const hour = wall.hour ?? 0;
  if (month < 1 || month > 12) return unparsable(`there is no month ${month}`);
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  if (day < 1 || day > daysInMonth(year, month)) {
    return unparsable(`${year}-${pad(month)} has no day ${day}`);
  }
  if (hour > 23 || minute > 59 || second > 59) {
    return unparsable(`${pad(hour)}:${pad(minute)}:${pad(second)} is no time of day`);
  }
  return parsed(ms);
}

function daysInMonth(year: number, month: number): number {
  return (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY_MS;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
