import { controlsByPolicy, coverageOf, loadFrameworks } from '../assess/index.js';
import type { Framework, Policy } from '../model/index.js';
import { loadPolicies, type PolicySet, policyAccounts, policyFolders } from '../policies/index.js';
import {
  type FrameworkFacts,
  frameworkIndex,
  frameworkPage,
  type Page,
  type RuleFacts,
  ruleIndex,
  rulePage,
} from './pages/index.js';

/** Collects facts about policies of a set: METADATA, evaluated examples, controls of the frameworks. */
export async function ruleFacts(
  set: PolicySet,
  chosen: readonly Policy[],
  frameworks: readonly Framework[],
  options: { cacheDir?: string | false } = {},
): Promise<RuleFacts[]> {
  const controls = controlsByPolicy(frameworks);
  const accounts = await policyAccounts(set, chosen, options);
  return accounts.map((account) => ({ ...account, controls: controls.get(account.policy.id) ?? [] }));
}

/** Returns a framework with its coverage and the policies. */
export function frameworkFacts(framework: Framework, policies: readonly Policy[]): FrameworkFacts {
  const { statuses, grades } = coverageOf(framework);
  return { framework, statuses, grades, policies };
}

/** Creates every page of docs/rules and docs/frameworks, from the rule book and the framework files only. */
export async function documentationPages(): Promise<Page[]> {
  const set = await loadPolicies(policyFolders({ policyDirs: [] }), { overrides: {} });
  const { frameworks } = loadFrameworks(null, { policies: set.policies });
  const rules = await ruleFacts(set, set.policies, frameworks);
  const all = frameworks.map((framework) => frameworkFacts(framework, set.policies));
  return [
    ruleIndex(set.policies),
    ...rules.map((facts) => rulePage(facts, frameworks)),
    frameworkIndex(all),
    ...all.map(frameworkPage),
  ];
}
