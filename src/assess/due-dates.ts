import type { Action, AuditPlan, Severity } from '../model/index.js';
import type { Store } from '../store/index.js';
import { compareText } from '../text/compare-text.js';
import { dueDay, isOverdue } from '../text/due-day.js';
import { groupBy } from '../text/group-by.js';

/** When the failures of a rule are due, counted from when each was first seen. */
export type FirstSeen = {
  /** As-of date of the first pack that has the oldest of them, ISO date-time UTC. */
  firstSeen: string;
  /** Earliest due date, ISO day UTC. */
  due: string;
  /** Failures whose due date is before the as-of date. */
  overdue: number;
};

type Plan = Pick<AuditPlan, 'asOfMs' | 'due'>;

/** Failures of one rule and severity that were first seen at the same time. */
type Group = { ruleId: string; severity: Severity; firstSeen: string; failures: number };

/** Reads when failures were first seen and are due, by rule; empty if no previous pack was given. */
export async function readFirstSeen(plan: Plan, store: Store): Promise<ReadonlyMap<string, FirstSeen>> {
  const rows = await store.query<Group>(
    `SELECT "ruleId", severity, first_seen AS "firstSeen", count(*) AS failures FROM observations
      WHERE outcome = 'fail' AND severity IS NOT NULL AND first_seen IS NOT NULL GROUP BY ALL ORDER BY ALL`,
  );
  const byRule = groupBy(rows, ({ ruleId }) => ruleId);
  return new Map([...byRule].map(([ruleId, groups]) => [ruleId, firstSeenOf(groups, plan)]));
}

function firstSeenOf(groups: readonly Group[], { asOfMs, due }: Plan): FirstSeen {
  const dated = groups.map((group) => ({ ...group, due: dueDay(group.firstSeen, due[group.severity].days) }));
  const late = dated.filter((group) => isOverdue(group.due, isoOf(asOfMs)));
  return {
    firstSeen: earliest(dated.map(({ firstSeen }) => firstSeen)),
    due: earliest(dated.map((group) => group.due)),
    overdue: late.reduce((sum, { failures }) => sum + Number(failures), 0),
  };
}

function earliest(texts: readonly string[]): string {
  return [...texts].sort(compareText)[0] ?? '';
}

/** Returns the due date of an action, with what a previous pack tells of it. */
export function dueOf(
  severity: Severity,
  { asOfMs, due }: Plan,
  seen: FirstSeen | undefined,
): Pick<Action, 'due' | 'firstSeen' | 'overdue'> {
  const { days } = due[severity];
  if (seen === undefined) return { due: { date: dueDay(isoOf(asOfMs), days), days } };
  return { due: { date: seen.due, days }, firstSeen: seen.firstSeen, overdue: seen.overdue };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
