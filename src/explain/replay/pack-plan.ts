import type { Assessment, AuditPlan, PolicyResult } from '../../model/index.js';

/**
 * Returns the plan a pack was made with. What its assessment states comes from there; the paths of the files and how
 * they are read come from the given plan.
 */
export function packPlan(given: AuditPlan, { plan, policies }: Assessment): AuditPlan {
  const period = plan.period && { startMs: Date.parse(plan.period.from), endMs: Date.parse(plan.period.to) };
  return {
    ...given,
    organisation: plan.organisation,
    asOfMs: Date.parse(plan.asOf),
    period,
    applicability: plan.applicability,
    ...(plan.scope ? { scope: plan.scope } : {}),
    thresholds: Object.fromEntries(policies.flatMap(thresholdOf)),
  };
}

function thresholdOf({ id, params, set }: PolicyResult): [string, AuditPlan['thresholds'][string]][] {
  if (Object.keys(set).length === 0) return [];
  const own = Object.entries(params).filter(([name]) => Object.hasOwn(set, name));
  const origins = Object.entries(set).map(([name, { origin }]) => [name, origin] as const);
  return [[id, { params: Object.fromEntries(own), origins: Object.fromEntries(origins) }]];
}
