import {
  type Action,
  type AuditPlan,
  type PolicyResult,
  SEVERITIES,
  type Severity,
  worstSeverity,
} from '../model/index.js';
import type { CountedControls, Store } from '../store/index.js';
import { byPriority } from './action-priority.js';
import { closingEvidence } from './closing-evidence.js';
import { decidedControls } from './decided-controls.js';
import { dueOf, type FirstSeen, readFirstSeen } from './due-dates.js';
import { type EnvironmentCount, environmentCounts } from './environment-counts.js';
import { type Failures, readFailures } from './failures.js';
import type { Judged } from './gaps.js';
import type { Tallies } from './tallies.js';

/** What the plan of work is made of. */
export type ActionInput = {
  /** Policies with their results. */
  policies: readonly PolicyResult[];
  /** The plan of the audit. */
  plan: Pick<AuditPlan, 'asOfMs' | 'due'>;
  /** Counts of observations. */
  tallies: Tallies;
  /** Controls with their results, in the order of the frameworks. */
  judged: readonly Judged[];
  /** Controls that failures count for. */
  counted: readonly CountedControls[];
};

type Row = { action: Omit<Action, 'priority'>; environments: readonly EnvironmentCount[] };

/** Returns the plan of work: an action for every rule that failed, by priority. */
export async function planOfWork(input: ActionInput, store: Store): Promise<Action[]> {
  const failures = await readFailures(store);
  const firstSeen = await readFirstSeen(input.plan, store);
  const rows = input.policies.flatMap((policy) => rowOf(policy, input, failures, firstSeen));
  return rows.sort(byPriority).map(({ action }, index) => ({ ...action, priority: index + 1 }));
}

function rowOf(
  policy: PolicyResult,
  input: ActionInput,
  failures: Failures,
  firstSeen: ReadonlyMap<string, FirstSeen>,
): Row[] {
  const severity = worstFailure(policy);
  if (severity === null) return [];
  const { id, title, subject, outcomes, severities } = policy;
  const environments = environmentCounts(policy, input.tallies);
  const action = {
    ruleId: id,
    title: policy.action ?? title,
    remedy: policy.remediation,
    severity,
    effort: policy.effort ?? null,
    kind: subject,
    failed: outcomes.fail,
    tested: outcomes.pass + outcomes.fail,
    undecided: outcomes['no-evidence'],
    notApplicable: outcomes['not-applicable'],
    severities,
    environments: environments
      .filter(({ failed }) => failed > 0)
      .map(({ environment, failed }) => ({ environment, failed })),
    owners: failures.ownersOf(id),
    ...dueOf(severity, input.plan, firstSeen.get(id)),
    controls: decidedControls(id, input.counted, input.judged),
    closedBy: closingEvidence(policy),
    findings: failures.idsOf(id),
  };
  return [{ action, environments }];
}

function worstFailure({ severities }: PolicyResult): Severity | null {
  return worstSeverity(SEVERITIES.filter((severity) => severities[severity] > 0));
}
