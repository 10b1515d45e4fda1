import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Observation, Violation } from '../../model/index.js';
import { openDatabase } from '../database.js';
import { quotePath } from '../sql.js';

/** The observation of an id in observations.parquet, as `exportParquet` writes it; null where it has none. */
export async function findObservation(path: string, id: string): Promise<Observation | null> {
  const workDir = await mkdtemp(join(tmpdir(), 'keyproof-'));
  const database = await openDatabase(workDir, {});
  try {
    const [row] = await database.rows(`SELECT * FROM read_parquet(${quotePath(path)}) WHERE id = ?`, [id]);
    return row === undefined ? null : observationOf(row);
  } finally {
    await database.close();
    await rm(workDir, { recursive: true, force: true });
  }
}

/** The columns are text that keyproof has written; its lists are joined. */
function observationOf(row: { [column: string]: unknown }): Observation {
  return {
    id: String(row['id']),
    ruleId: String(row['rule_id']),
    subject: {
      kind: row['subject_kind'] as Observation['subject']['kind'],
      id: String(row['subject_id']),
    },
    outcome: row['outcome'] as Observation['outcome'],
    severity: row['severity'] as Observation['severity'],
    violations: JSON.parse(String(row['violations_json'])) as Violation[],
    missing: listOf(row['missing']),
    reasons: listOf(row['reasons']),
    error: typeof row['error'] === 'string' ? row['error'] : null,
  };
}

function listOf(joined: unknown): string[] {
  return typeof joined === 'string' && joined !== '' ? joined.split('; ') : [];
}
