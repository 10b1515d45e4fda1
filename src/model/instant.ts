/**
 * A point in time as an export states it. Four-valued, because "never", "this system does not track it" and
 * "does not apply" are different findings, and none of them is a missing date.
 */
export type Instant = {
  /** `known`: `ms` holds the time. `never`: the system says it never happened. `not-tracked`: the system cannot say. `not-applicable`: the question makes no sense here. */
  state: 'known' | 'never' | 'not-tracked' | 'not-applicable';
  /** Epoch milliseconds, UTC; null unless `state` is `known`. */
  ms: number | null;
  /** How far the true time may lie after `ms`, in ms: 0 for an exact time, 86399999 for a bare day. If the zone is unknown `ms` is the earliest reading (UTC+14) and this is 93600000 (26 h). More than that: all that is known is that it was at `ms + tolerance_ms` or earlier, such as the making of a private key whose certificate has a date; `day` is the day of that. */
  tolerance_ms: number;
  /** Day as the source writes it, `YYYY-MM-DD`, if its text states no zone and this is not the UTC day of `ms`; else null or left out. What is shown comes from it, what is reckoned from `ms`. */
  day?: string | null;
};

/** Milliseconds in a day; ages and limits in keyproof are counted in these, never in calendar days. */
export const DAY_MS = 86_400_000;

/** How far the true time may lie after `ms` if the zone is unknown: zones span UTC-12 to UTC+14. */
export const ZONE_TOLERANCE_MS = 26 * 3_600_000;

/** Returns whether all that is known of a date is until when at the latest it was. */
export function isOpen(instant: Instant | null): boolean {
  return instant?.state === 'known' && instant.tolerance_ms > ZONE_TOLERANCE_MS;
}
