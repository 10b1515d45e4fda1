import { type AuditPlan, type RecordKind, TABLED_SUBJECTS } from '../../model/index.js';
import { TABLES } from '../columns.js';
import type { Database } from '../database.js';
import { countBuckets } from './bucket.js';
import { findConflicts } from './conflicts.js';
import { conflictCount, distinctRecords, findRepeated } from './distinct-records.js';
import { createHeldGrants, createStarGrants } from './grants.js';
import { createKeyNames, findSameKeys, pairAccessKeys } from './key-names.js';
import { createKeyTimes } from './key-times.js';
import { createOtherNames, nameAsDirectoryDoes } from './names.js';
import { relateKeys } from './related-keys.js';
import { createResolved, NAMING_KEYS, RELATIONS } from './resolved-records.js';
import { ADD_FOUND_REPOSITORIES, createSubjectTable } from './subject-tables.js';
import { createSubjects } from './subjects.js';

/**
 * Turns the `raw_` tables into the evidence: one table a kind without duplicates and with ids in place of names, and
 * `subjects`. Table `resolution` (kind, conflicts, unknown_keys, ambiguous_keys) keeps what could not be decided.
 */
export async function resolveRecords(database: Database, plan: AuditPlan): Promise<void> {
  const buckets = await bucketCounts(database);
  const bucketsOf = (kind: RecordKind) => buckets.get(kind) ?? 1;
  await database.run(...nameAsDirectoryDoes(), ...pairAccessKeys(), ...findSameKeys(), ...countConflicts());
  await database.run(
    ...TABLED_SUBJECTS.map(({ table }) => createDistinct(table)),
    createKeyNames(),
    ...createOtherNames(),
  );
  for (const kind of RELATIONS) {
    await database.run(createResolved(kind, bucketsOf('keys')), `DROP TABLE raw_${kind}`);
  }
  await database.run(
    ...createKeyTimes(plan.asOfMs),
    ...(await findConflicts(database)),
    ...ADD_FOUND_REPOSITORIES,
  );
  for (const { kind, table } of TABLED_SUBJECTS) {
    const create = createSubjectTable(kind, plan, bucketsOf(table));
    await database.run(create, `DROP TABLE distinct_${table}`);
  }
  await database.run(
    createHeldGrants(bucketsOf('principals')),
    ...relateKeys(),
    ...createStarGrants(),
    createSubjects(plan),
    ...countUndecided(),
  );
}

function createDistinct(table: RecordKind): string {
  return `CREATE TABLE distinct_${table} AS FROM ${distinctRecords(table)}`;
}

async function bucketCounts(database: Database): Promise<Map<RecordKind, number>> {
  const counts = new Map<RecordKind, number>();
  for (const { table } of TABLED_SUBJECTS) {
    const [row] = await database.rows(countBuckets(table));
    counts.set(table, Number(row?.['buckets'] ?? 1));
  }
  return counts;
}

function countConflicts(): string[] {
  const kinds = [...TABLES.keys()];
  const counts = kinds.map((kind) => `SELECT '${kind}' AS kind, (${conflictCount(kind)}) AS conflicts`);
  return [
    ...kinds.map(findRepeated),
    `CREATE TABLE resolution AS ${counts.join(' UNION ALL ')}`,
    'ALTER TABLE resolution ADD COLUMN unknown_keys BIGINT DEFAULT 0',
    'ALTER TABLE resolution ADD COLUMN ambiguous_keys BIGINT DEFAULT 0',
  ];
}

function countUndecided(): string[] {
  return NAMING_KEYS.map(
    (kind) => `UPDATE resolution SET unknown_keys = n.unknown, ambiguous_keys = n.ambiguous FROM (
      SELECT count(*) FILTER (key_state = 'unknown') AS unknown, count(*) FILTER (key_state = 'ambiguous') AS ambiguous
      FROM ${kind}) n WHERE kind = '${kind}'`,
  );
}
