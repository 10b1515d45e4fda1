import type { Database } from '../../duckdb/database.js';
import { quoteId, quoteText, struct } from '../../duckdb/sql.js';
import { writeParquet } from '../../duckdb/write-parquet.js';
import { SCOPE_FACT_NAMES, SUBJECT_FACTS, TABLED_SUBJECTS } from '../../model/index.js';
import { columnNames } from '../columns.js';
import { originColumns } from '../terms/scope-origin.js';
import { keyLives } from './key-lives.js';

/** Writes `observations` as observations.parquet, sorted by rule, kind and subject; see `Observation` of the model. */
export async function exportObservations(database: Database, path: string): Promise<void> {
  await writeParquet(database, OBSERVATIONS, path);
}

/** Writes `subjects` as subjects.parquet, sorted by kind and id; see `Subject` of the model. */
export async function exportSubjects(database: Database, path: string): Promise<void> {
  await database.run(PLACES);
  const [row] = await database.rows('SELECT max(part) AS last FROM places');
  const further = Array.from({ length: Number(row?.['last'] ?? 0) }, (_, n) => subjectsOf(n + 1));
  await writeParquet(database, [subjectsOf(0), ...further], path, { rowGroup: SUBJECTS_AT_ONCE });
  await database.run('DROP TABLE places');
}

/** Subjects joined at a time: what each was made of and what happened to it stays in memory until it is written. */
const SUBJECTS_AT_ONCE = 8192;

/** Statement that gives each subject the number of its part, from 0, by kind and id. */
const PLACES = `CREATE TEMP TABLE places AS
  SELECT kind, id, (row_number() OVER (ORDER BY kind, id) - 1) // ${SUBJECTS_AT_ONCE} AS part FROM subjects`;

/** The facts of a violation stay JSON text: every policy has names of its own for them. */
const VIOLATION = `{"element": "VARCHAR", "message": "VARCHAR", "severity": "VARCHAR", "facts": "JSON",
  "records": [{"file": "VARCHAR", "record": "VARCHAR", "sha256": "VARCHAR"}]}`;

const OBSERVATIONS = `SELECT o.id, o."ruleId" AS rule_id, o.kind AS subject_kind, o."subjectId" AS subject_id, o.outcome,
  o.severity, [${struct([
    ['element', 'v.element'],
    ['message', 'v.message'],
    ['severity', 'v.severity'],
    ['facts', 'v.facts::VARCHAR'],
    ['records', 'v.records'],
  ])} FOR v IN from_json(o.violations, '[${VIOLATION}]')] AS violations, o.missing, o.reasons, o.error, o.elements,
  coalesce(c.controls, []) AS controls, o.waiver, o.first_seen
  FROM observations o LEFT JOIN counted_controls c ON c.id = o.id
  ORDER BY rule_id, subject_kind, subject_id, o.id`;

/** Fields that describe a record to people; null for a kind of subject that has no such field. */
const DESCRIBED = { label: 'name', status: 'status', source: 'source' } as const;

/** Sorted after it is collected: an aggregate with ORDER BY holds some 30 KB for each subject, which no disk relieves. */
const HASHES = `SELECT kind, id, list_sort(list({'member': member, 'hash': hash})) AS evidence
  FROM evidence_hashes SEMI JOIN wanted USING (kind, id) GROUP BY kind, id`;

function subjectsOf(part: number): string {
  return `WITH wanted AS (SELECT kind, id FROM places WHERE part = ${part})
  SELECT s.kind, s.id, r.label, s.owner, r.status,
  ${Object.keys(SUBJECT_FACTS)
    .map((fact) => `s.${quoteId(fact)}`)
    .join(
      ', ',
    )}, [o FOR o IN [${SCOPE_FACT_NAMES.map(originOf).join(', ')}] IF o."by" IS NOT NULL] AS scope, l.life, r.source, coalesce(h.evidence, []) AS evidence
  FROM wanted JOIN subjects s USING (kind, id) LEFT JOIN (${HASHES}) h ON h.kind = s.kind AND h.id = s.id
  LEFT JOIN (${TABLED_SUBJECTS.map(described).join(' UNION ALL BY NAME ')}) r ON r.kind = s.kind AND r.id = s.id
  LEFT JOIN (${keyLives("SELECT id FROM wanted WHERE kind = 'key'")}) l ON l.kind = s.kind AND l.key_id = s.id
  ORDER BY s.kind, s.id`;
}

/** What states a fact about scope; `by` is null if nothing does. */
function originOf(fact: string): string {
  const { by, key, rule } = originColumns(fact);
  return struct([
    ['fact', quoteText(fact)],
    ['by', `s.${quoteId(by)}`],
    ['key', `s.${quoteId(key)}`],
    ['rule', `s.${quoteId(rule)}`],
  ]);
}

function described({ kind, table, id }: (typeof TABLED_SUBJECTS)[number]): string {
  const has = new Set(columnNames(table));
  const columns = Object.entries(DESCRIBED).map(
    ([column, field]) => `${has.has(field) ? quoteId(field) : 'NULL'} AS ${column}`,
  );
  return `SELECT ${quoteText(kind)} AS kind, ${quoteId(id)} AS id, ${columns.join(', ')} FROM ${table}`;
}
