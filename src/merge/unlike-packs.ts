import { isDeepStrictEqual } from 'node:util';
import { type Assessment, KeyproofError, type Policy } from '../model/index.js';

/** What a merged pack is judged by: every pack must have been judged by the same. */
export type MergePlan = {
  /** The tool, with the hashes of policies and frameworks. */
  tool: Assessment['tool'];
  /** The plan as a pack states it. */
  plan: Assessment['plan'];
  /** Policies with the parameters in force. */
  policies: readonly Pick<Policy, 'id' | 'params'>[];
};

type PackOf = { name: string; assessment: Assessment };

/** Members of the plan that decide results, with what a person calls them. The others say what is written, and where. */
const DECIDING: readonly (readonly [member: keyof Assessment['plan'], called: string])[] = [
  ['organisation', 'organisation'],
  ['profile', 'entity'],
  ['jurisdictions', 'jurisdictions'],
  ['asOf', 'as-of date'],
  ['period', 'period'],
  ['frameworks', 'list of frameworks'],
  ['applicability', 'applicability'],
  ['presets', 'choice of presets'],
];

/**
 * Refuses packs that were not judged by the same rules, frameworks, dates, facts and limits: what they state of controls could not be
 * added up.
 * @throws KeyproofError that names the first pack and the first difference.
 */
export function refuseUnlike(packs: readonly PackOf[], wanted: MergePlan): void {
  for (const { name, assessment } of packs) {
    const difference = toolDifference(assessment, wanted) ?? planDifference(assessment, wanted);
    if (difference !== null) throw new KeyproofError(`${name}: ${difference}`);
  }
}

function toolDifference({ tool }: Assessment, wanted: MergePlan): string | null {
  if (tool.version !== wanted.tool.version)
    return `keyproof ${tool.version} wrote the pack, and this is ${wanted.tool.version}; audit again with one of them.`;
  if (tool.policyBundleSha256 !== wanted.tool.policyBundleSha256)
    return 'it was judged by other policies; name the same ones with --policy, or in the same keyproof.yaml.';
  return null;
}

function planDifference({ tool, plan, policies }: Assessment, wanted: MergePlan): string | null {
  const member = DECIDING.find(([name]) => !isSame(plan[name], wanted.plan[name]));
  if (member !== undefined)
    return `its ${member[1]} differs from that of the merged pack${shown([plan[member[0]], wanted.plan[member[0]]])}; audit with the same keyproof.yaml, and name it with --config.`;
  if (tool.frameworksSha256 !== wanted.tool.frameworksSha256)
    return 'it was judged by other framework files; name the same ones with --framework, or in the same keyproof.yaml.';
  const limit = wanted.policies.find(
    ({ id, params }) => !isSame(policies.find((one) => one.id === id)?.params, params),
  );
  if (limit === undefined) return null;
  return `the limits of ${limit.id} differ; audit with the same keyproof.yaml, and name it with --config.`;
}

/** Compares values as JSON has them: members in any order, none that is undefined. */
function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(asJson(a), asJson(b));
}

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Returns both values, if they are short enough to be read. */
function shown(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.every((text) => text.length <= MOST_SHOWN) ? ` (${texts.join(', and ')})` : '';
}

const MOST_SHOWN = 60;
