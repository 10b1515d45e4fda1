import { isDeepStrictEqual } from 'node:util';
import type { AuditPlan, ParamValue, Policy } from '../model/index.js';
import { isObject } from '../text/is-object.js';

/** A limit that is a multiple of the limit of another rule, if the entity states no limit of its own. */
const FOLLOWING = [
  {
    rule: 'inv-expiry-set',
    param: 'max_lifetime_days',
    follows: { rule: 'rotation-max-age', param: 'max_age_days', times: 2 },
  },
] as const;

/**
 * Returns the thresholds with the limits that follow others: who lets secrets of a tier live for a year need not let them expire after
 * keyproof's 180 days. A limit that keyproof.yaml sets stays.
 */
export function withFollowingLimits(
  thresholds: AuditPlan['thresholds'],
  policies: readonly Policy[],
): AuditPlan['thresholds'] {
  const settled = { ...thresholds };
  for (const { rule, param, follows } of FOLLOWING) {
    const own = settled[rule];
    const limit = settled[follows.rule]?.params[follows.param];
    const base = policies.find(({ id }) => id === follows.rule);
    const isDefault = isDeepStrictEqual(limit, (base?.defaults ?? base?.params)?.[follows.param]);
    if (!isObject(limit) || isDefault || own?.origins[param] !== undefined) continue;
    settled[rule] = {
      params: { ...own?.params, [param]: multiplied(limit, follows.times) },
      origins: { ...own?.origins, [param]: { kind: 'follows', ...follows } },
    };
  }
  return settled;
}

function multiplied(limits: { readonly [name: string]: unknown }, times: number): ParamValue {
  return Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, Number(value) * times]));
}
