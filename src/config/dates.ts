import { DAY_MS, KeyproofError } from '../model/index.js';
import { startOfDay } from '../text/start-of-day.js';

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const QUARTER = /^(\d{4})-?Q([1-4])$/i;

/**
 * Returns the date an audit speaks for, as epoch ms UTC: a bare ISO date means its last millisecond, a date-time must
 * carry its zone.
 * @throws KeyproofError if it is neither.
 */
export function parseAsOf(text: string, where: string): number {
  const day = startOfDay(text);
  if (day !== null) return day + DAY_MS - 1;
  if (DATE_TIME.test(text) && startOfDay(text.slice(0, 10)) !== null) {
    const ms = Date.parse(text);
    if (!Number.isNaN(ms)) return ms;
  }
  throw new KeyproofError(
    `${where}: "${text}" is not a date; write an ISO date such as 2026-09-30, or a date-time with its zone such as 2026-09-30T18:00:00Z.`,
  );
}

/**
 * Returns a period as epoch ms UTC, both ends inclusive, from `2026-07-01..2026-09-30` or `2026-Q3`.
 * @throws KeyproofError if it is neither, or ends before it starts.
 */
export function parsePeriod(text: string, where: string): { startMs: number; endMs: number } {
  const quarter = QUARTER.exec(text);
  if (quarter) return quarterOf(Number(quarter[1]), Number(quarter[2]));
  const [from, to, ...rest] = text.split('..');
  if (from === undefined || to === undefined || rest.length > 0) {
    throw new KeyproofError(`${where}: "${text}" is not a period; write 2026-07-01..2026-09-30 or 2026-Q3.`);
  }
  return periodBetween(from, to, where);
}

/**
 * Returns a period between two ISO dates, both inclusive.
 * @throws KeyproofError if one is no date or they are reversed.
 */
export function periodBetween(from: string, to: string, where: string): { startMs: number; endMs: number } {
  const startMs = startOfDay(from);
  const lastDay = startOfDay(to);
  if (startMs === null || lastDay === null) {
    const wrong = startMs === null ? from : to;
    throw new KeyproofError(`${where}: "${wrong}" is not an ISO date such as 2026-07-01.`);
  }
  if (lastDay < startMs)
    throw new KeyproofError(`${where}: the period ends (${to}) before it starts (${from}).`);
  return { startMs, endMs: lastDay + DAY_MS - 1 };
}

function quarterOf(year: number, quarter: number): { startMs: number; endMs: number } {
  return { startMs: Date.UTC(year, (quarter - 1) * 3), endMs: Date.UTC(year, quarter * 3) - 1 };
}
