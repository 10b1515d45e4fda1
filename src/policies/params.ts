import { didYouMean, KeyproofError, type ParamValue, type Policy } from '../model/index.js';
import type { Overrides } from './policy-set.js';

/** The `data` document that compiled policies read. */
export type PolicyData = {
  /** Thresholds in force by rule id. */
  params: { [ruleId: string]: { [name: string]: ParamValue } };
};

/** The `data` document of policies: their thresholds by rule id. */
export function policyData(policies: readonly Policy[]): PolicyData {
  return { params: Object.fromEntries(policies.map(({ id, params }) => [id, params])) };
}

/** The `data` document of a set: what bundles bring, and the thresholds, which win. */
export function setData({
  policies,
  data,
}: {
  policies: readonly Policy[];
  data: Record<string, unknown>;
}): PolicyData {
  const given = data['params'];
  const { params } = policyData(policies);
  return { ...data, params: typeof given === 'object' ? { ...given, ...params } : params };
}

/**
 * Policies with the plan's thresholds in place of their defaults.
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
    params: { ...policy.params, ...checked(policy, overrides[policy.id]?.params) },
  }));
}

function checked(
  policy: Policy,
  params: { [name: string]: ParamValue } = {},
): { [name: string]: ParamValue } {
  const names = Object.keys(policy.params);
  for (const [name, value] of Object.entries(params)) {
    const given = policy.params[name];
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
