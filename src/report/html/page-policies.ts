import { type PolicyResult, SEVERITIES, type Severity } from '../../model/index.js';
import { compareText } from '../../text/compare-text.js';
import { formatCount } from '../../text/format.js';
import { othersText, shareText, testedCount } from '../text/share-text.js';
import { DOMAIN_WORDS, SEVERITY_WORDS } from '../text/words.js';
import type { ViewContext } from '../view/context.js';
import { type PolicyView, policyView } from '../view/policy-view.js';

/** A policy of the page. */
export type PagePolicy = PolicyView & {
  /** Worst severity among its failures; null if nothing failed. */
  worst: Severity | null;
  worstWord: string;
  /** What stands for the severity if nothing failed: `no failure`, or `none tested` if that says nothing. */
  unfailed: string;
  /** `13 of 48 tested (2,351 do not apply)`. */
  share: string;
  /** `13 failed of 48 tested`; what became of the subjects if none was tested. */
  chip: string;
  /** What is unknown, in words, with the number of subjects. */
  unknown: { label: string; field: string; subjects: number }[];
  needs: { label: string; field: string }[];
};

/** Policies of one group of rules. */
export type PolicyGroup = { name: string; policies: PagePolicy[] };

/** Returns policies by group of rules: groups and policies with the worst severity first, then with most failures. */
export function policyGroups(context: ViewContext): PolicyGroup[] {
  const sorted = [...context.assessment.policies].sort(byWorst);
  const domains = [...new Set(sorted.map(({ domain }) => domain))];
  return domains.map((domain) => ({
    name: DOMAIN_WORDS[domain],
    policies: sorted
      .filter((policy) => policy.domain === domain)
      .map((policy) => pagePolicy(policy, context)),
  }));
}

function worstOf({ severities }: PolicyResult): Severity | null {
  return SEVERITIES.find((severity) => severities[severity] > 0) ?? null;
}

function byWorst(a: PolicyResult, b: PolicyResult): number {
  const rank = (policy: PolicyResult): number => {
    const worst = worstOf(policy);
    return worst === null ? SEVERITIES.length : SEVERITIES.indexOf(worst);
  };
  const atWorst = (policy: PolicyResult): number => policy.severities[worstOf(policy) ?? 'low'];
  return (
    rank(a) - rank(b) ||
    atWorst(b) - atWorst(a) ||
    b.outcomes.fail - a.outcomes.fail ||
    compareText(a.id, b.id)
  );
}

function pagePolicy(policy: PolicyResult, context: ViewContext): PagePolicy {
  const worst = worstOf(policy);
  const { outcomes } = policy;
  return {
    ...policyView(policy, context),
    worst,
    worstWord: worst === null ? '' : SEVERITY_WORDS[worst],
    unfailed: testedCount(outcomes) > 0 ? 'no failure' : 'none tested',
    share: shareText(outcomes),
    chip: chipText(outcomes),
    unknown: policy.missing.map(({ field, subjects }) => ({
      label: context.missingLabel(field),
      field,
      subjects,
    })),
    needs: policy.requires.map((field) => ({ label: context.missingLabel(field), field })),
  };
}

function chipText(outcomes: PolicyResult['outcomes']): string {
  const tested = testedCount(outcomes);
  if (tested > 0) return `${formatCount(outcomes.fail)} failed of ${formatCount(tested)} tested`;
  return othersText(outcomes) || 'no subject';
}
