import type { AuditPlan } from '../../model/index.js';
import { SHOWN } from '../bounded.js';

/** Returns the last moment that is tested, epoch ms UTC: the end of the period, but no later than the as-of date. */
export function testedUntil({ asOfMs, period }: AuditPlan): number {
  return Math.min(asOfMs, period?.endMs ?? asOfMs);
}

/**
 * Returns a SELECT of (name, silences): the longest stretches between two moments of a name, longest first.
 * @param moments SELECT of (`name`, `ms`)
 */
export function longestSilences(moments: string): string {
  return `SELECT name, min({'place': from_ms - to_ms, 'span': {'from_ms': from_ms, 'to_ms': to_ms}}, ${SHOWN})
      .list_transform(lambda one: one.span) AS silences
    FROM (SELECT name, lag(ms) OVER (PARTITION BY name ORDER BY ms) AS from_ms, ms AS to_ms FROM (${moments}))
    WHERE to_ms > from_ms GROUP BY name`;
}
