import type { Assessment, PolicyResult, Severity } from '../../model/index.js';
import { SEVERITIES } from '../../model/index.js';
import { compareText } from '../../text/compare-text.js';

/** A policy that failed, with the worst severity among its failures. */
export type Risk = { policy: PolicyResult; severity: Severity; atWorst: number };

/**
 * Returns the policies that failed, by worst severity, then by failures at that severity, then by all failures, then
 * by id.
 */
export function topRisks({ policies }: Assessment, most: number): Risk[] {
  return policies.flatMap(asRisk).sort(byRisk).slice(0, most);
}

function asRisk(policy: PolicyResult): Risk[] {
  if (policy.outcomes.fail === 0) return [];
  const severity = SEVERITIES.find((item) => policy.severities[item] > 0) ?? policy.severity;
  return [{ policy, severity, atWorst: policy.severities[severity] }];
}

function byRisk(a: Risk, b: Risk): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    b.atWorst - a.atWorst ||
    b.policy.outcomes.fail - a.policy.outcomes.fail ||
    compareText(a.policy.id, b.policy.id)
  );
}
