import type { Assessment, JudgedObservation } from '../../model/index.js';
import { dueDay } from '../../text/due-day.js';

/**
 * Returns the suggested day by when a failure is to be mended, ISO, UTC: the days of its severity after it was first seen, or after
 * the as-of date if that is not known; null if it does not fail.
 */
export function dueDayOf(
  { severity, firstSeen, outcome }: Pick<JudgedObservation, 'severity' | 'firstSeen' | 'outcome'>,
  { asOf, due }: Pick<Assessment['plan'], 'asOf' | 'due'>,
): string | null {
  if (severity === null || outcome !== 'fail') return null;
  return dueDay(firstSeen ?? asOf, due[severity].days);
}
