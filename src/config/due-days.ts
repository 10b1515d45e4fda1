import type { AuditPlan, ConfigFile, DueDays } from '../model/index.js';

/** Days by when failures are to be mended if keyproof.yaml does not say, by severity. */
const DEFAULTS = { critical: 7, high: 30, medium: 90, low: 180 } as const;

/** Returns the days by when failures are to be mended, by severity: those that keyproof.yaml sets, else the defaults. */
export function dueDays({
  critical,
  high,
  medium,
  low,
}: NonNullable<ConfigFile['due']> = {}): AuditPlan['due'] {
  return {
    critical: daysOf(critical, DEFAULTS.critical),
    high: daysOf(high, DEFAULTS.high),
    medium: daysOf(medium, DEFAULTS.medium),
    low: daysOf(low, DEFAULTS.low),
  };
}

/** The schema of keyproof.yaml holds that a number of days is written `30d`. */
function daysOf(stated: string | undefined, days: number): DueDays {
  return stated === undefined ? { days, set: false } : { days: Number.parseInt(stated, 10), set: true };
}
