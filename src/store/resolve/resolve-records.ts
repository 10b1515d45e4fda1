import type { AuditPlan, RecordKind } from '../../model/index.js';
import { TABLES } from '../columns.js';
import type { Database } from '../database.js';
import { bucketsFor } from './bucket.js';
import { conflictCount, distinctRecords } from './distinct-records.js';
import { createKeyNames, findSameKeys, pairAccessKeys } from './key-names.js';
import { createKeyTimes } from './key-times.js';
import { createOtherNames } from './other-names.js';
import { relateKeys } from './related-keys.js';
import { createResolved, RELATIONS } from './resolved-records.js';
import { createStarGrants } from './star-grants.js';
import {
  ADD_FOUND_REPOSITORIES,
  createSubjectTable,
  SUBJECT_TABLES,
  type SubjectTable,
} from './subject-tables.js';
import { createSubjects } from './subjects.js';

/** Number of buckets by table of subjects. */
export type BucketCounts = ReadonlyMap<RecordKind, number>;

/**
 * Turns the `raw_` tables into the evidence: one table a kind without duplicates and with ids in place of names, and
 * `subjects`. Table `resolution` (kind, conflicts, unknown_keys, ambiguous_keys) keeps what could not be decided.
 */
export async function resolveRecords(database: Database, plan: AuditPlan): Promise<BucketCounts> {
  await database.run(...pairAccessKeys(), ...findSameKeys(), ...countConflicts());
  await database.run(...SUBJECT_TABLES.map(createDistinct), createKeyNames(), ...createOtherNames());
  const keyBuckets = await bucketsOf(database, 'keys');
  for (const kind of RELATIONS)
    await database.run(createResolved(kind, keyBuckets), `DROP TABLE raw_${kind}`);
  await database.run(createKeyTimes(plan.asOfMs), ...ADD_FOUND_REPOSITORIES);
  const buckets = new Map<RecordKind, number>();
  for (const subject of SUBJECT_TABLES) {
    const count = await bucketsOf(database, subject.table);
    buckets.set(subject.table, count);
    await database.run(createSubjectTable(subject, plan, count), `DROP TABLE distinct_${subject.table}`);
  }
  await database.run(...relateKeys(), ...createStarGrants(), createSubjects(plan), ...countUndecided());
  return buckets;
}

function createDistinct({ table }: SubjectTable): string {
  const from = table === 'keys' ? 'inventory' : `raw_${table}`;
  return `CREATE TABLE distinct_${table} AS FROM ${distinctRecords(table, from)}`;
}

async function bucketsOf(database: Database, table: RecordKind): Promise<number> {
  const [row] = await database.rows(`SELECT count(*) AS subjects FROM distinct_${table}`);
  return bucketsFor(Number(row?.['subjects'] ?? 0));
}

function countConflicts(): string[] {
  const counts = [...TABLES.keys()].map((kind) => {
    const from = kind === 'keys' ? 'inventory' : `raw_${kind}`;
    return `SELECT '${kind}' AS kind, (${conflictCount(kind, from)})::BIGINT AS conflicts`;
  });
  return [
    `CREATE TABLE resolution AS ${counts.join(' UNION ALL ')}`,
    'ALTER TABLE resolution ADD COLUMN unknown_keys BIGINT DEFAULT 0',
    'ALTER TABLE resolution ADD COLUMN ambiguous_keys BIGINT DEFAULT 0',
  ];
}

function countUndecided(): string[] {
  const naming = RELATIONS.filter((kind) => kind !== 'attestations');
  return naming.map(
    (kind) => `UPDATE resolution SET unknown_keys = n.unknown, ambiguous_keys = n.ambiguous FROM (
      SELECT count(*) FILTER (key_state = 'unknown') AS unknown, count(*) FILTER (key_state = 'ambiguous') AS ambiguous
      FROM ${kind}) n WHERE kind = '${kind}'`,
  );
}
