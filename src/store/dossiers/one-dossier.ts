import type { Database } from '../../duckdb/database.js';
import { quoteId } from '../../duckdb/sql.js';
import { type Observation, SUBJECT_TABLES } from '../../model/index.js';
import type { DossierPlan } from './dossier.js';
import { dossierSelect } from './dossier-select.js';
import { DOSSIERS } from './dossiers.js';

/**
 * Returns the dossier of one subject as JSON text, the same as in its bucket; null if the evidence has no such subject.
 */
export async function oneDossier(
  database: Database,
  context: DossierPlan,
  subject: Observation['subject'],
): Promise<string | null> {
  const bucket = await bucketOfSubject(database, subject);
  if (bucket === null) return null;
  for await (const rows of database.stream(dossierSelect(DOSSIERS[subject.kind], context, bucket))) {
    const texts = rows.map((row) => String(row['dossier']));
    const found = texts.find((text) => subjectId(text) === subject.id);
    if (found !== undefined) return found;
  }
  return null;
}

async function bucketOfSubject(database: Database, { kind, id }: Observation['subject']) {
  const known = SUBJECT_TABLES[kind];
  if (known === null) return 0;
  const where = `${quoteId(known.id)} = ?`;
  const [row] = await database.rows(`SELECT bucket FROM ${known.table} WHERE ${where}`, [id]);
  return row === undefined ? null : Number(row['bucket']);
}

function subjectId(dossier: string): string {
  return (JSON.parse(dossier) as { subject: { id: string } }).subject.id;
}
