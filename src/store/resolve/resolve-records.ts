import type { Database } from '../../duckdb/database.js';
import { emptyTable, quoteTexts } from '../../duckdb/sql.js';
import {
  type AuditPlan,
  type InputFile,
  type RecordKind,
  SUBJECT_TABLES,
  TABLED_SUBJECTS,
  type TabledKind,
} from '../../model/index.js';
import { columnTypes, TABLES } from '../columns.js';
import { ACTORS_BY_DIRECTORY } from './actors.js';
import { countBuckets } from './bucket.js';
import { areClassified, CLASSIFY_KEYS } from './classify.js';
import { CREATE_CONTRADICTED, findConflicts, SETTLE_LAST_ROTATION, settleField } from './contradictions.js';
import { distinctRecords, findRepeated, mergeRepeated } from './distinct-records.js';
import { createEmptyStarGrants, createHeldGrants, createStarGrants } from './grants.js';
import { spreadGroupGrants } from './group-grants.js';
import { createEmptyKeyAccess, createKeyAccess, reachingGrants } from './key-access.js';
import {
  CREATE_JOINS,
  CREATE_SETTLED_REPORTS,
  CREATE_UNDECIDED_KEYS,
  countJoins,
  createKeyNames,
  findSameKeys,
  NO_AMBIGUOUS_NAMES,
  NO_SETTLED_REPORTS,
  NO_UNDECIDED_KEYS,
  pairAccessKeys,
} from './key-names.js';
import { createEmptyKeyTimes, createKeyTimes } from './key-times.js';
import { nameLogs } from './name-logs.js';
import {
  createEmptyNameTable,
  createOtherNames,
  NAMED_SUBJECTS,
  nameAsAliasesDo,
  nameAsDirectoryDoes,
  spellPeopleAlike,
  spellRepositoriesAlike,
} from './names.js';
import { settleUnlistedKeys } from './no-longer-listed.js';
import { createLeakedKeys, createNoLeakedKeys, createTwinKeys } from './related-keys.js';
import { createEmptyRelation, createResolved, NAMING_KEYS, RELATIONS } from './resolved-records.js';
import { compareLeaks } from './same-leaks.js';
import { NOTHING_UNSPREAD, spreadScopedGrants } from './scoped-grants.js';
import { untilTypes } from './stated-until.js';
import { JOIN_STEPS_SEEN_BY_STORES } from './steps-seen-by-stores.js';
import { ADD_FOUND_REPOSITORIES, createEmptySubjectTable, createSubjectTable } from './subject-tables.js';
import { createSubjects } from './subjects.js';
import { createTaken } from './taken.js';
import { createTouched } from './touched-scope.js';

/** Kinds of which there is at least one record: a join over the others costs time and finds nothing. */
type Present = ReadonlySet<RecordKind>;

/**
 * Turns the `raw_` tables into the evidence: one table a kind without duplicates and with ids in place of names, and
 * `subjects`. What could not be decided is in `contradicted` and `conflicts`, and, by kind, in `resolution` (kind,
 * conflicts, unknown_keys, ambiguous_keys).
 */
export async function resolveRecords(
  database: Database,
  plan: AuditPlan,
  files: readonly InputFile[] = [],
): Promise<void> {
  const present = await presentKinds(database);
  const buckets = await bucketCounts(database, present);
  const bucketsOf = (kind: RecordKind) => buckets.get(kind) ?? 1;
  await nameLogs(database, present, files);
  await database.run(createTaken(), CREATE_CONTRADICTED, ...unifyNames(present), ...spreadGrants(present));
  const repeated = await distinguish(database, present);
  await database.run(countConflicts(), ...nameKeys(present), CREATE_JOINS);
  for (const kind of RELATIONS)
    await database.run(...joinRelation(kind, present, { repeated, buckets: bucketsOf('keys') }));
  const classified = present.has('keys') && (await areClassified(database));
  await database.run(
    ...(present.has('principals') ? ACTORS_BY_DIRECTORY : []),
    ...(present.has('rotations') ? [JOIN_STEPS_SEEN_BY_STORES] : []),
    ...(present.has('rotations') || present.has('events')
      ? createKeyTimes(plan.asOfMs)
      : createEmptyKeyTimes()),
    ...findConflicts(present),
    ...SETTLE_LAST_ROTATION,
    ...(classified ? CLASSIFY_KEYS : []),
    ...(isKnown('repository', present) ? ADD_FOUND_REPOSITORIES : []),
  );
  if (present.has('keys')) await settleUnlistedKeys(database, files);
  for (const { kind, table } of TABLED_SUBJECTS) {
    await database.run(
      ...(isKnown(kind, present)
        ? [createSubjectTable(kind, plan, bucketsOf(table)), `DROP TABLE distinct_${table}`]
        : [createEmptySubjectTable(kind)]),
    );
  }
  await database.run(
    ...(await reachOfGrants(database, plan, { present, buckets: bucketsOf('principals') })),
    ...createTouched(plan),
    ...createSubjects(plan, knownKinds(present)),
    ...countUndecided(present),
  );
}

/** Returns what tells which key a record means by a name. */
function nameKeys(present: Present): string[] {
  return present.has('keys')
    ? [...createKeyNames(), CREATE_UNDECIDED_KEYS, CREATE_SETTLED_REPORTS]
    : [createEmptyNameTable('key_names'), NO_AMBIGUOUS_NAMES, NO_UNDECIDED_KEYS, NO_SETTLED_REPORTS];
}

/** Returns what makes the records of a kind name keys by their ids. */
function joinRelation(
  kind: (typeof RELATIONS)[number],
  present: Present,
  { repeated, buckets }: { repeated: ReadonlySet<RecordKind>; buckets: number },
): string[] {
  const create = present.has(kind)
    ? createResolved(kind, buckets, repeated.has(kind))
    : createEmptyRelation(kind);
  const counted = present.has(kind) && NAMING_KEYS.includes(kind) ? [countJoins(kind)] : [];
  return [...counted, create, `DROP TABLE raw_${kind}`];
}

/** Returns what finds who reaches which key, and which keys leaked or are the same. */
async function reachOfGrants(
  database: Database,
  plan: AuditPlan,
  { present, buckets }: { present: Present; buckets: number },
): Promise<string[]> {
  return [
    createHeldGrants(buckets),
    ...(present.has('keys') && present.has('secret_findings') ? createLeakedKeys() : createNoLeakedKeys()),
    createTwinKeys(),
    ...(present.has('grants') ? createStarGrants() : createEmptyStarGrants()),
    ...(present.has('grants') && present.has('keys')
      ? createKeyAccess(plan.asOfMs, await reachingGrants(database))
      : createEmptyKeyAccess()),
  ];
}

/**
 * Tells the records of each thing apart, and creates the distinct records of subjects and the names by which other
 * records mean them: first of people, repositories and vendors, whose names tell whether other records agree.
 * @returns kinds of which some records are repeated
 */
async function distinguish(database: Database, present: Present): Promise<ReadonlySet<RecordKind>> {
  const named = new Set<RecordKind>(NAMED_SUBJECTS.filter((kind) => present.has(kind)));
  const first = await mergeKinds(database, named);
  await database.run(...createDistincts(NAMED_SUBJECTS, present, first), ...createOtherNames(present));
  if (present.has('secret_findings')) await database.run(compareLeaks());
  const others = await mergeKinds(database, new Set([...present].filter((kind) => !named.has(kind))));
  const tables = TABLED_SUBJECTS.map(({ table }) => table).filter((table) => !NAMED_SUBJECTS.includes(table));
  await database.run(...createDistincts(tables, present, others));
  return new Set([...first, ...others]);
}

/** Merges the repeated records of some kinds, and settles what they contradict each other on. */
async function mergeKinds(
  database: Database,
  kinds: ReadonlySet<RecordKind>,
): Promise<ReadonlySet<RecordKind>> {
  await database.run(...[...kinds].map(findRepeated));
  const repeated = await repeatedKinds(database, kinds);
  await database.run(...[...repeated].map(mergeRepeated));
  for (const kind of repeated) {
    const fields = await database.rows(
      `SELECT DISTINCT unnest(contradicted) AS field FROM merged_${kind} ORDER BY field`,
    );
    for (const { field } of fields) await database.run(...settleField(kind, String(field)));
  }
  return repeated;
}

function createDistincts(tables: readonly RecordKind[], present: Present, repeated: Present): string[] {
  return TABLED_SUBJECTS.filter(({ kind, table }) => tables.includes(table) && isKnown(kind, present)).map(
    ({ table }) => createDistinct(table, present, repeated),
  );
}

async function presentKinds(database: Database): Promise<Present> {
  const rows = await database.rows('SELECT kind FROM supplied GROUP BY kind HAVING sum(records) > 0');
  const found = new Set(rows.map((row) => row['kind']));
  return new Set([...TABLES.keys()].filter((kind) => found.has(kind)));
}

/** Gives people and keys that records call by several ids one id, before anything is compared. */
function unifyNames(present: Present): string[] {
  return [
    ...(present.has('principals')
      ? [...spellPeopleAlike(), ...nameAsDirectoryDoes(), ...nameAsAliasesDo()]
      : []),
    ...(isKnown('repository', present) ? spellRepositoriesAlike() : []),
    ...(present.has('keys') ? [...pairAccessKeys(), ...findSameKeys()] : []),
  ];
}

/** Puts what groups hold, and grants on scopes, in terms of members and keys. */
function spreadGrants(present: Present): string[] {
  const given = present.has('grants');
  return [
    ...(given && present.has('principals') ? spreadGroupGrants() : []),
    ...(given && present.has('keys') ? spreadScopedGrants() : [NOTHING_UNSPREAD]),
  ];
}

function createDistinct(table: RecordKind, present: Present, repeated: Present): string {
  return present.has(table)
    ? `CREATE TABLE distinct_${table} AS FROM ${distinctRecords(table, repeated.has(table))}`
    : emptyTable(`distinct_${table}`, { ordinal: 'BIGINT', ...columnTypes(table), ...untilTypes(table) });
}

/** Returns whether there can be a subject of the kind: a repository is known by a secret found in it, too. */
function isKnown(kind: TabledKind, present: Present): boolean {
  const { table } = SUBJECT_TABLES[kind];
  return present.has(table) || (kind === 'repository' && present.has('secret_findings'));
}

function knownKinds(present: Present): ReadonlySet<TabledKind> {
  return new Set(TABLED_SUBJECTS.map(({ kind }) => kind).filter((kind) => isKnown(kind, present)));
}

async function bucketCounts(database: Database, present: Present): Promise<Map<RecordKind, number>> {
  const counts = new Map<RecordKind, number>();
  for (const { table } of TABLED_SUBJECTS.filter((one) => isKnown(one.kind, present))) {
    const [row] = await database.rows(countBuckets(table));
    counts.set(table, Number(row?.['buckets'] ?? 1));
  }
  return counts;
}

async function repeatedKinds(database: Database, present: Present): Promise<ReadonlySet<RecordKind>> {
  const repeated = new Set<RecordKind>();
  for (const kind of present) {
    const [row] = await database.rows(`SELECT EXISTS (FROM again_${kind}) AS repeated`);
    if (row?.['repeated'] === true) repeated.add(kind);
  }
  return repeated;
}

/** Returns the statement that counts the fields of each kind on which records contradict each other. */
function countConflicts(): string {
  return `CREATE TABLE resolution AS SELECT k.kind, count(DISTINCT {'id': c.id, 'field': c.field}) FILTER (c.id IS NOT NULL) AS conflicts,
      0::BIGINT AS unknown_keys, 0::BIGINT AS ambiguous_keys
    FROM (SELECT unnest(${quoteTexts([...TABLES.keys()])}) AS kind) k LEFT JOIN contradicted c USING (kind) GROUP BY k.kind`;
}

function countUndecided(present: Present): string[] {
  return NAMING_KEYS.filter((kind) => present.has(kind)).map(
    (kind) => `UPDATE resolution SET unknown_keys = n.unknown, ambiguous_keys = n.ambiguous FROM (
      SELECT count(*) FILTER (key_state = 'unknown') AS unknown, count(*) FILTER (key_state = 'ambiguous') AS ambiguous
      FROM ${kind}) n WHERE kind = '${kind}'`,
  );
}
