import { type Action, type AuditPlan, DAY_MS, SEVERITIES, type Severity } from '../model/index.js';
import type { Store } from '../store/index.js';

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

/** Reads when failures were first seen and are due, by rule; empty if no previous pack was given. */
export async function readFirstSeen(plan: Plan, store: Store): Promise<ReadonlyMap<string, FirstSeen>> {
  const days = SEVERITIES.map((severity) => `WHEN '${severity}' THEN ${plan.due[severity].days}`).join(' ');
  const rows = await store.query<FirstSeen & { ruleId: string }>(
    `SELECT "ruleId", min(first_seen) AS "firstSeen", min(due)::VARCHAR AS due,
        count(*) FILTER (due < DATE '${dayOf(plan.asOfMs)}') AS overdue
      FROM (SELECT "ruleId", first_seen, first_seen[:10]::DATE + (CASE severity ${days} END)::INTEGER AS due
        FROM observations WHERE outcome = 'fail' AND first_seen IS NOT NULL) GROUP BY "ruleId"`,
  );
  return new Map(rows.map(({ ruleId, ...seen }) => [ruleId, seen]));
}

/** Returns the due date of an action, with what a previous pack tells of it. */
export function dueOf(
  severity: Severity,
  { asOfMs, due }: Plan,
  seen: FirstSeen | undefined,
): Pick<Action, 'due' | 'firstSeen' | 'overdue'> {
  const { days } = due[severity];
  if (seen === undefined) return { due: { date: dayOf(asOfMs + days * DAY_MS), days } };
  return { due: { date: seen.due, days }, firstSeen: seen.firstSeen, overdue: Number(seen.overdue) };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
