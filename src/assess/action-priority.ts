import { type Action, SEVERITIES } from '../model/index.js';
import { compareText } from '../text/compare-text.js';
import type { EnvironmentCount } from './environment-counts.js';

/** An action with its counts by environment, the worst first. */
type Ranked = {
  /** What of the action decides. */
  action: Pick<Action, 'ruleId' | 'severity'>;
  /** Counts of what was tested, the worst environment first. */
  environments: readonly EnvironmentCount[];
};

/**
 * Compares actions by priority: by severity, then by the weight of the failures in the worst environment that has any, then by rule
 * id. The weight is their number times their share of what was tested there, so that 13 of 48 come before 19 of 2,399, and
 * 324 of 1,861 before the only one of one.
 */
export function byPriority(a: Ranked, b: Ranked): number {
  return (
    SEVERITIES.indexOf(a.action.severity) - SEVERITIES.indexOf(b.action.severity) ||
    weightOf(b) - weightOf(a) ||
    compareText(a.action.ruleId, b.action.ruleId)
  );
}

function weightOf({ environments }: Ranked): number {
  const worst = environments.find(({ failed }) => failed > 0);
  return worst === undefined ? 0 : (worst.failed * worst.failed) / worst.tested;
}
