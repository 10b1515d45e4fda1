import { checkChange } from '../../duckdb/check-change.js';
import type { Database } from '../../duckdb/database.js';
import { packTable } from '../../duckdb/pack-tables.js';
import { quoteText } from '../../duckdb/sql.js';
import {
  type AuditPlan,
  CHECK_CHANGES,
  type CheckChangeKind,
  type PreviousChanges,
  type Severity,
  type SeverityCounts,
} from '../../model/index.js';
import { dueDay, isOverdue } from '../../text/due-day.js';

/** The previous pack, as far as a comparison needs it. */
export type PreviousPack = PreviousChanges['previous'] & {
  /** Absolute path of its observations.parquet. */
  observations: string;
};

/**
 * Compares the observations with those of a previous pack. Keeps for each failure, waived or not, when it was first seen: as the
 * previous pack has it, or as its as-of date if it failed there, else the as-of date of this audit.
 */
export async function comparePrevious(
  database: Database,
  { observations, asOf, assessmentSha256 }: PreviousPack,
  { asOfMs, due }: Pick<AuditPlan, 'asOfMs' | 'due'>,
): Promise<PreviousChanges> {
  const now = new Date(asOfMs).toISOString();
  await database.run(
    `CREATE TEMP TABLE previous AS SELECT id, outcome, severity, first_seen FROM ${packTable('observations', observations)}`,
    `UPDATE observations SET first_seen = ${quoteText(now)} WHERE outcome IN ('fail', 'waived')`,
    `UPDATE observations SET first_seen = least(observations.first_seen, coalesce(p.first_seen, ${quoteText(asOf)}))
      FROM previous p WHERE p.id = observations.id AND p.outcome IN ('fail', 'waived')
        AND observations.outcome IN ('fail', 'waived')`,
  );
  const counts = await countChanges(database);
  const overdue = await countOverdue(database, asOfMs, due);
  await database.run('DROP TABLE previous');
  return { previous: { asOf, assessmentSha256 }, counts, overdue };
}

async function countChanges(database: Database): Promise<PreviousChanges['counts']> {
  const rows = await database.rows(`SELECT ${checkChange('p.outcome', 'o.outcome')} AS change,
      coalesce(o.severity, p.severity) AS severity, count(*) AS number
    FROM previous p FULL JOIN observations o ON o.id = p.id WHERE change IS NOT NULL GROUP BY ALL ORDER BY ALL`);
  const found = CHECK_CHANGES.flatMap(
    (change): [CheckChangeKind, { total: number; severities: SeverityCounts }][] => {
      const own = rows.filter((row) => row['change'] === change);
      if (own.length === 0) return [];
      const total = own.reduce((sum, row) => sum + Number(row['number']), 0);
      return [[change, { total, severities: bySeverity(own) }]];
    },
  );
  return Object.fromEntries(found);
}

async function countOverdue(
  database: Database,
  asOfMs: number,
  due: AuditPlan['due'],
): Promise<SeverityCounts> {
  const asOf = new Date(asOfMs).toISOString();
  const rows =
    await database.rows(`SELECT severity, first_seen AS "firstSeen", count(*) AS number FROM observations
    WHERE outcome = 'fail' AND severity IS NOT NULL GROUP BY ALL`);
  return bySeverity(
    rows.filter((row) =>
      isOverdue(dueDay(String(row['firstSeen']), due[row['severity'] as Severity].days), asOf),
    ),
  );
}

function bySeverity(rows: readonly { [column: string]: unknown }[]): SeverityCounts {
  const counts: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const row of rows) {
    const severity = row['severity'] as Severity | null;
    if (severity !== null) counts[severity] += Number(row['number']);
  }
  return counts;
}
