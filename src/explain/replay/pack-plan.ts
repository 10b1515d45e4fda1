import type { Assessment, AuditPlan, PolicyResult } from '../../model/index.js';

/**
 * The plan a pack was made with: what its assessment repeats of it, and from the plan given where its files are and how they
 * are read.
 */
export function packPlan(given: AuditPlan, { plan, policies }: Assessment): AuditPlan {
  const period = plan.period && { startMs: Date.parse(plan.period.from), endMs: Date.parse(plan.period.to) };
  return {
    ...given,
    organisation: plan.organisation,
    asOfMs: Date.parse(plan.asOf),
    period,
    applicability: plan.applicability,
    thresholds: Object.fromEntries(policies.flatMap(thresholdOf)),
  };
}

function thresholdOf({ id, params, set }: PolicyResult): [string, AuditPlan['thresholds'][string]][] {
  if (Object.keys(set).length === 0) return [];
  const own = Object.entries(params).filter(([name]) => Object.hasOwn(set, name));
  const origins = Object.entries(set).map(([name, { origin }]) => [name, origin] as const);
  return [[id, { params: Object.fromEntries(own), origins: Object.fromEntries(origins) }]];
}
