import { type Assessment, DAY_MS, type JudgedObservation } from '../../model/index.js';

/**
 * Returns the suggested day by when a failure is to be mended, ISO, UTC: the days of its severity after it was first seen, or after
 * the as-of date if that is not known; null if it does not fail.
 */
export function dueDay(
  { severity, firstSeen, outcome }: Pick<JudgedObservation, 'severity' | 'firstSeen' | 'outcome'>,
  { asOf, due }: Pick<Assessment['plan'], 'asOf' | 'due'>,
): string | null {
  if (severity === null || outcome !== 'fail') return null;
  const from = Date.parse((firstSeen ?? asOf).slice(0, 10));
  return new Date(from + due[severity].days * DAY_MS).toISOString().slice(0, 10);
}
