import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SEVERITIES } from '../../model/index.js';
import { csvLine } from '../../text/csv.js';
import type { Database } from '../database.js';
import { quoteTexts } from '../sql.js';
import type { FindingText } from '../store.js';

/** Header row of findings.csv. `source_*` is the first record relied on, `records` how many there are. */
export const FINDING_COLUMNS = [
  'finding_id',
  'rule_id',
  'title',
  'severity',
  'subject_kind',
  'subject_id',
  'environment',
  'message',
  'source_file',
  'source_record',
  'source_sha256',
  'records',
  'controls',
  'remediation',
] as const;

/** A finding as selected. */
type Row = { [column: string]: unknown };

/** Writes findings.csv: a header and one row a failed observation, worst first, then by rule and subject. */
export async function exportFindings(
  database: Database,
  path: string,
  texts: { [ruleId: string]: FindingText },
): Promise<void> {
  await pipeline(Readable.from(lines(database, texts)), createWriteStream(path));
}

async function* lines(database: Database, texts: { [ruleId: string]: FindingText }): AsyncGenerator<string> {
  yield csvLine(FINDING_COLUMNS);
  for await (const rows of database.stream(FAILED)) {
    yield rows.map((row) => csvLine(cells(row, texts[String(row['rule_id'])]))).join('');
  }
}

function cells(row: Row, text: FindingText | undefined): (string | number | null)[] {
  const all: Row = { ...row, ...text };
  return FINDING_COLUMNS.map((column) => {
    const value = all[column];
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  });
}

const FAILED = `WITH failed AS (SELECT *, from_json(violations, '[{"message": "VARCHAR",
    "records": [{"file": "VARCHAR", "record": "VARCHAR", "sha256": "VARCHAR"}]}]') AS listed
  FROM observations WHERE outcome = 'fail'),
relied AS (SELECT *, list_distinct(flatten([violation.records FOR violation IN listed])) AS sources,
  flatten([violation.records FOR violation IN listed])[1] AS first FROM failed)
SELECT r.id AS finding_id, r."ruleId" AS rule_id, r.severity, r.kind AS subject_kind, r."subjectId" AS subject_id,
  s.environment, array_to_string([violation.message FOR violation IN r.listed], '; ') AS message,
  r.first.file AS source_file, r.first.record AS source_record, r.first.sha256 AS source_sha256, len(r.sources) AS records
FROM relied r LEFT JOIN subjects s ON s.kind = r.kind AND s.id = r."subjectId"
ORDER BY list_position(${quoteTexts(SEVERITIES)}, r.severity), rule_id, subject_kind, subject_id, finding_id`;
