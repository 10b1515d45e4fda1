import { DAY_MS } from '../model/index.js';

/**
 * Returns the suggested day by when a failure is to be mended, ISO, UTC. The one place that counts it.
 * @param from moment or day from which days are counted, ISO, UTC.
 */
export function dueDay(from: string, days: number): string {
  return new Date(Date.parse(dayOf(from)) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Returns whether a due day, ISO, is before the day of the as-of date, ISO, UTC: on the day itself a failure is still in time. */
export function isOverdue(due: string, asOf: string): boolean {
  return due < dayOf(asOf);
}

function dayOf(iso: string): string {
  return iso.slice(0, 10);
}
