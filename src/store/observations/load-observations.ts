import type { Database } from '../../duckdb/database.js';
import { quotePath } from '../../duckdb/sql.js';

const ELEMENTS =
  'STRUCT(element VARCHAR, outcome VARCHAR, severity VARCHAR, missing VARCHAR[], reasons VARCHAR[])[]';

/** Statement that creates `observations`: flat, except for the lists; `violations` is the JSON text of the list. */
export const CREATE_OBSERVATIONS = `CREATE TABLE observations (id VARCHAR, "ruleId" VARCHAR, kind VARCHAR,
  "subjectId" VARCHAR, outcome VARCHAR, severity VARCHAR, violations JSON, missing VARCHAR[], reasons VARCHAR[],
  error VARCHAR, elements ${ELEMENTS}, waiver VARCHAR, first_seen VARCHAR)`;

const COLUMNS = `{id: 'VARCHAR', "ruleId": 'VARCHAR', subject: 'STRUCT(kind VARCHAR, id VARCHAR)', outcome: 'VARCHAR',
  severity: 'VARCHAR', violations: 'JSON', missing: 'VARCHAR[]', reasons: 'VARCHAR[]', error: 'VARCHAR',
  elements: '${ELEMENTS}', waiver: 'VARCHAR', "firstSeen": 'VARCHAR'}`;

/** Adds NDJSON files of lines of `Observation`, or of what a pack holds of one, to `observations`. */
export async function loadObservations(database: Database, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  await database.run(`INSERT INTO observations SELECT id, "ruleId", subject.kind, subject.id, outcome, severity,
    violations, missing, reasons, error, elements, waiver, "firstSeen" FROM read_json([${paths.map(quotePath).join(', ')}],
    format = 'newline_delimited', auto_detect = false, columns = ${COLUMNS})`);
}
