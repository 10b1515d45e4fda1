import type { Assessment, AuditPlan, PolicyResult } from '../model/index.js';

/**
 * The plan a pack was made with: what its assessment repeats of it, and from the plan given where its files are and how they
 * are read.
 */
export function packPlan(given: AuditPlan, { plan, policies }: Assessment): AuditPlan {
  const period = plan.period && { startMs: Date.parse(plan.period.from), endMs: Date.parse(plan.period.to) };
  return {
    ...given,
    entity: plan.entity,
    asOfMs: Date.parse(plan.asOf),
    period,
    applicability: plan.applicability,
    thresholds: Object.fromEntries(policies.flatMap(thresholdOf)),
  };
}

function thresholdOf({ id, params, changed }: PolicyResult): [string, AuditPlan['thresholds'][string]][] {
  if (changed === null) return [];
  const isChanged = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(changed.from[name]);
  const own = Object.fromEntries(Object.entries(params).filter(isChanged));
  return [[id, { params: own, by: changed.by, reason: changed.reason }]];
}
