import { didYouMean, KeyproofError, type ParamValue, type Policy } from '../model/index.js';
import { isObject } from '../text/is-object.js';
import type { Overrides, PolicySet, PolicyUnit } from './policy-set.js';

/** The `data` document that compiled policies read. */
export type PolicyData = {
  /** Thresholds in force by rule id. */
  params: { [ruleId: string]: { [name: string]: ParamValue } };
};

/** Returns the `data` document of policies: their thresholds by rule id. */
export function policyData(policies: readonly Policy[]): PolicyData {
  return { params: Object.fromEntries(policies.map(({ id, params }) => [id, params])) };
}

/** Returns the `data` document of a unit: what its bundle brings, and the thresholds of its policies, which win. */
export function unitData({
  declared,
  faults,
  data,
}: Pick<PolicyUnit, 'declared' | 'faults' | 'data'>): PolicyData {
  return withParams(
    data,
    [...declared, ...faults].map(({ policy }) => policy),
  );
}

/** Returns the `data` documents of all units in one, for queries about a whole set. */
export function setData({ policies, data }: Pick<PolicySet, 'policies' | 'data'>): PolicyData {
  return withParams(data, policies);
}

function withParams(data: Record<string, unknown>, policies: readonly Policy[]): PolicyData {
  const given = Object.hasOwn(data, 'params') ? data['params'] : undefined;
  const { params } = policyData(policies);
  return { ...data, params: isObject(given) ? { ...(given as PolicyData['params']), ...params } : params };
}

/**
 * Returns policies with the plan's thresholds in place of their defaults.
 *
 * @param options.lenient whether a rule that does not exist may be one whose file cannot be read.
 * @throws KeyproofError for an unknown rule or parameter, with the nearest known one, and for a value of another type.
 */
export function withOverrides(
  policies: readonly Policy[],
  overrides: Overrides,
  { lenient = false }: { lenient?: boolean } = {},
): Policy[] {
  const ids = policies.map(({ id }) => id);
  for (const id of Object.keys(overrides)) {
    if (!ids.includes(id) && !lenient)
      throw new KeyproofError(`thresholds: there is no rule "${id}"${didYouMean(id, ids)}`);
  }
  return policies.map((policy) => ({
    ...policy,
    defaults: policy.params,
    params: { ...policy.params, ...checked(policy, overrideOf(overrides, policy.id)) },
  }));
}

function overrideOf(overrides: Overrides, id: string): { [name: string]: ParamValue } | undefined {
  return Object.hasOwn(overrides, id) ? overrides[id]?.params : undefined;
}

function checked(
  policy: Policy,
  params: { [name: string]: ParamValue } = {},
): { [name: string]: ParamValue } {
  const names = Object.keys(policy.params);
  for (const [name, value] of Object.entries(params)) {
    const given = Object.hasOwn(policy.params, name) ? policy.params[name] : undefined;
    if (given === undefined) {
      throw new KeyproofError(
        `thresholds.${policy.id}: the rule has no parameter "${name}"${didYouMean(name, names)}`,
      );
    }
    if (kindOf(value) !== kindOf(given)) {
      throw new KeyproofError(
        `thresholds.${policy.id}.${name}: must be a ${kindOf(given)}, such as ${JSON.stringify(given)}.`,
      );
    }
  }
  return params;
}

function kindOf(value: ParamValue): string {
  return Array.isArray(value) ? 'list' : typeof value === 'object' ? 'mapping' : typeof value;
}
