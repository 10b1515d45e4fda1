import type { Database } from '../duckdb/database.js';
import { quoteTexts } from '../duckdb/sql.js';
import {
  CHECK_CHANGES,
  type ChangeCause,
  type ChangeCounts,
  type CheckChange,
  type CheckChangeKind,
  type CheckResult,
  type PackDiff,
  type PolicyResult,
  SEVERITIES,
  type Severity,
} from '../model/index.js';
import { BY_SETTINGS, SAME_CHECK } from './changes-table.js';

type Row = { [column: string]: unknown };

const SELECT = `SELECT * FROM changes ORDER BY list_position(${quoteTexts(CHECK_CHANGES)}, change),
  list_position(${quoteTexts(SEVERITIES)}, coalesce(new_severity, old_severity)), rule_id, kind, subject_id, id`;

/** Yields every change: by kind of change, severity, rule and subject. */
export async function* readChanges(database: Database, most?: number): AsyncGenerator<CheckChange> {
  const limited =
    most === undefined
      ? SELECT
      : `SELECT * EXCLUDE (place) FROM (SELECT *, row_number() OVER
    (PARTITION BY change) AS place FROM (${SELECT})) WHERE place <= ${most}`;
  for await (const rows of database.stream(limited)) yield* rows.map(changeOf);
}

function changeOf(row: Row): CheckChange {
  return {
    id: String(row['id']),
    change: row['change'] as CheckChangeKind,
    causes: row['causes'] as ChangeCause[],
    ruleId: String(row['rule_id']),
    subject: {
      kind: row['kind'] as CheckChange['subject']['kind'],
      id: String(row['subject_id']),
      label: row['label'] as string | null,
      owner: row['owner'] as string | null,
    },
    old: resultOf(row['old_outcome'], row['old_severity']),
    new: resultOf(row['new_outcome'], row['new_severity']),
    message: row['message'] as string | null,
  };
}

function resultOf(outcome: unknown, severity: unknown): CheckResult | null {
  return outcome === null ? null : ({ outcome, severity } as CheckResult);
}

/** Counts the changes by kind, severity and cause. */
export async function countChanges(database: Database): Promise<PackDiff['counts']> {
  const counts = Object.fromEntries(
    CHECK_CHANGES.map((change) => [change, noChanges()]),
  ) as PackDiff['counts'];
  const rows = await database.rows(`SELECT change, coalesce(new_severity, old_severity) AS severity,
      CASE WHEN ${NO_CHANGE} THEN NULL WHEN len(causes) > 1 THEN 'several' ELSE coalesce(causes[1], 'unknown') END AS cause,
      ${BY_SETTINGS} AS "bySettings", count(*) AS number FROM changes GROUP BY ALL ORDER BY ALL`);
  for (const row of rows) addTo(counts[row['change'] as CheckChangeKind], row);
  return counts;
}

const NO_CHANGE = `old_outcome IS NOT DISTINCT FROM new_outcome AND old_severity IS NOT DISTINCT FROM new_severity`;

function noChanges(): ChangeCounts {
  return { total: 0, severities: { critical: 0, high: 0, medium: 0, low: 0 }, causes: {}, bySettings: 0 };
}

function addTo(counts: ChangeCounts, row: Row): void {
  const number = Number(row['number']);
  const severity = row['severity'] as Severity | null;
  const cause = row['cause'] as keyof ChangeCounts['causes'] | null;
  counts.total += number;
  if (severity !== null) counts.severities[severity] += number;
  if (row['bySettings'] === true) counts.bySettings += number;
  if (cause !== null) counts.causes[cause] = (counts.causes[cause] ?? 0) + number;
}

/** Counts the changes of each rule, by id. @param policies of both packs, those of the new one last. */
export async function countRules(
  database: Database,
  policies: readonly PolicyResult[],
): Promise<PackDiff['rules']> {
  const titles = new Map(policies.map(({ id, title }) => [id, title]));
  const rows = await database.rows(
    'SELECT rule_id, change, count(*) AS number FROM changes GROUP BY ALL ORDER BY rule_id',
  );
  const rules = new Map<string, PackDiff['rules'][number]>();
  for (const row of rows) {
    const ruleId = String(row['rule_id']);
    const rule = rules.get(ruleId) ?? { ruleId, title: titles.get(ruleId) ?? '', counts: {} };
    rule.counts[row['change'] as CheckChangeKind] = Number(row['number']);
    rules.set(ruleId, rule);
  }
  return [...rules.values()];
}

/** Counts the checks that passed or were attested in the old pack, and that the new pack does not have. */
export async function countUnexamined(database: Database): Promise<number> {
  const [row] = await database.rows(`SELECT count(*) AS number
    FROM old_checks o ANTI JOIN new_checks n ON ${SAME_CHECK}
    WHERE o.outcome IN ('pass', 'attested')`);
  return Number(row?.['number'] ?? 0);
}

/** Counts the subjects that only one of the packs has. */
export async function countSubjects(database: Database): Promise<PackDiff['subjects']> {
  const rows =
    await database.rows(`SELECT coalesce(n.kind, o.kind) AS kind, count(*) FILTER (o.id IS NULL) AS added,
      count(*) FILTER (n.id IS NULL) AS gone
    FROM old_subjects o FULL JOIN new_subjects n ON n.kind = o.kind AND n.id = o.id
    WHERE o.id IS NULL OR n.id IS NULL GROUP BY 1 ORDER BY 1`);
  return rows as PackDiff['subjects'];
}

/** Returns every cause of checks whose outcome changed, by rule. */
export async function causesByRule(database: Database): Promise<ReadonlyMap<string, ChangeCause[]>> {
  const rows = await database.rows(`SELECT rule_id, list(DISTINCT cause) AS causes
    FROM (SELECT rule_id, unnest(causes) AS cause FROM changes WHERE old_outcome IS DISTINCT FROM new_outcome)
    GROUP BY rule_id`);
  return new Map(rows.map((row) => [String(row['rule_id']), row['causes'] as ChangeCause[]]));
}
