import type { Database } from '../database.js';
import { quoteText } from '../sql.js';

/** Rows of a row group: what a reader has to hold at a time. */
const ROW_GROUP = 122_880;

/**
 * Writes `observations` as Parquet (Snappy), one flat row an observation, sorted by rule, kind and subject, the same
 * bytes for the same observations. Columns, all of them UTF-8 text but `violations`:
 * `id`, `rule_id`, `subject_kind`, `subject_id`, `outcome`, `severity` (null unless failed), `violations` (INTEGER, their
 * number), `violations_json` (the list as JSON text), `missing` and `reasons` (joined with `; `, empty where none) and
 * `error` (null where none).
 */
export async function exportParquet(database: Database, path: string): Promise<void> {
  // The sort uses every thread; the file is written by one, so that row groups fall at the same rows on every machine.
  await database.run(`CREATE TEMP TABLE sorted AS ${SELECT}`, 'SET threads = 1');
  try {
    await database.run(`COPY sorted TO ${quoteText(path)}
      (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${ROW_GROUP})`);
  } finally {
    await database.run(`SET threads = ${database.threads}`, 'DROP TABLE sorted');
  }
}

const SELECT = `SELECT id, "ruleId" AS rule_id, kind AS subject_kind, "subjectId" AS subject_id, outcome, severity,
  json_array_length(violations)::INTEGER AS violations, violations::VARCHAR AS violations_json,
  array_to_string(missing, '; ') AS missing, array_to_string(reasons, '; ') AS reasons, error
  FROM observations ORDER BY rule_id, subject_kind, subject_id, id`;
