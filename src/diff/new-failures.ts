import { type PackDiff, SEVERITIES, type Severity, WORSE_CHANGES } from '../model/index.js';

/**
 * Returns the number of failures at or above a severity that the old pack does not have: new, regressed, and those whose
 * accepted exception ended.
 */
export function newFailures({ counts }: Pick<PackDiff, 'counts'>, failOn: Severity | 'none'): number {
  if (failOn === 'none') return 0;
  const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return WORSE_CHANGES.flatMap((kind) => counted.map((severity) => counts[kind].severities[severity])).reduce(
    (sum, number) => sum + number,
    0,
  );
}
