import { packTable } from '../../duckdb/pack-tables.js';
import { quoteId, quoteText, struct } from '../../duckdb/sql.js';
import { isScopeFact, SCOPE_FACT_NAMES, SUBJECT_FACTS } from '../../model/index.js';
import { factType } from '../terms/fact-type.js';
import { originColumns } from '../terms/scope-origin.js';

/** The subjects of one pack. */
export type PackSubjects = {
  /** Name of the pack. */
  name: string;
  /** Absolute path of its subjects.parquet. */
  subjects: string;
};

const FACTS = Object.keys(SUBJECT_FACTS).map((fact) => ({ fact, isBoolean: factType(fact) === 'BOOLEAN' }));

/**
 * Returns statements that create the tables of subjects that an assessment reads, of several packs: each subject once. `shared` lists
 * those that several packs have, and `differing` those of which packs state different facts. What a default states yields to what a
 * record or rule of another pack states. What packs state differently is not stated; a fact that can only be true or false is true then, so
 * that no subject leaves the scope of a control because of another pack.
 */
export function createMergedSubjects(packs: readonly PackSubjects[]): string[] {
  const all = packs.map(selectPack).join(' UNION ALL BY NAME ');
  const set = [...FACTS.map(({ fact }) => quoteId(fact)), 'assumed'].join(', ');
  const differ = FACTS.map(({ fact }) => `count(DISTINCT ${stated(fact)}) > 1`).join(' OR ');
  return [
    `CREATE TEMP TABLE pack_subjects AS SELECT *, ${SCOPE_FACT_NAMES.map(originOf).join(', ')} FROM (${all})`,
    'CREATE TABLE shared AS SELECT kind, id FROM pack_subjects GROUP BY kind, id HAVING count(*) > 1',
    `CREATE TABLE differing AS SELECT kind, id FROM pack_subjects GROUP BY kind, id HAVING ${differ}`,
    `CREATE TABLE subjects AS SELECT *, (dense_rank() OVER (ORDER BY ${set}))::INTEGER AS fact_set FROM (
      SELECT *, [fact FOR fact IN [${SCOPE_FACT_NAMES.map(assumedOf).join(', ')}] IF fact IS NOT NULL] AS assumed
      FROM (SELECT kind, id, ${MERGED.join(', ')} FROM pack_subjects GROUP BY kind, id))`,
    `CREATE TABLE fact_sets AS SELECT DISTINCT fact_set, ${set} FROM subjects`,
    'DROP TABLE pack_subjects',
  ];
}

/** SELECT of the merged subjects as subjects.parquet has them. */
export const MERGED_SUBJECTS = `SELECT kind, id, label, owner, status, ${FACTS.map(({ fact }) => quoteId(fact)).join(', ')},
  [o FOR o IN [${SCOPE_FACT_NAMES.map(sourceOf).join(', ')}] IF o."by" IS NOT NULL] AS scope, life, source, evidence
  FROM subjects ORDER BY kind, id`;

function selectPack({ name, subjects }: PackSubjects, at: number): string {
  return `SELECT ${at} AS pack, ${quoteText(name)} AS name, * FROM ${packTable('subjects', subjects)}`;
}

/** Columns of what states a fact in one pack. */
function originOf(fact: string): string {
  const { by, key } = originColumns(fact);
  const own = `list_filter(scope, lambda one: one.fact = ${quoteText(fact)})[1]`;
  return `${own}."by" AS ${quoteId(by)}, ${own}."key" AS ${quoteId(key)}`;
}

/** The value of a fact in one pack, if more than a default states it. */
function stated(fact: string): string {
  return isScopeFact(fact)
    ? `CASE WHEN ${quoteId(originColumns(fact).by)} <> 'default' THEN ${quoteId(fact)} END`
    : quoteId(fact);
}

function assumedOf(fact: string): string {
  return `CASE WHEN ${quoteId(originColumns(fact).by)} = 'default' THEN ${quoteText(fact)} END`;
}

function sourceOf(fact: string): string {
  const { by, key } = originColumns(fact);
  return struct([
    ['fact', quoteText(fact)],
    ['by', quoteId(by)],
    ['key', quoteId(key)],
    ['rule', 'NULL::INTEGER'],
  ]);
}

const SOURCE = `arg_min(struct_pack(file := concat(name, '/', source.file), record := source.record, sha256 := source.sha256), pack)
  FILTER (source IS NOT NULL) AS source`;

const MERGED = [
  agreed('label'),
  agreed('owner'),
  agreed('status'),
  ...FACTS.map(mergedFact),
  ...SCOPE_FACT_NAMES.flatMap(mergedOrigin),
  agreed('life'),
  SOURCE,
  'coalesce(CASE WHEN count(DISTINCT evidence) = 1 THEN any_value(evidence) END, []) AS evidence',
];

function agreed(column: string): string {
  const name = quoteId(column);
  return `CASE WHEN count(DISTINCT ${name}) = 1 THEN any_value(${name}) END AS ${name}`;
}

function mergedFact({ fact, isBoolean }: (typeof FACTS)[number]): string {
  const own = stated(fact);
  const name = quoteId(fact);
  const settled = (value: string) =>
    isBoolean ? `bool_or(${value})` : `CASE WHEN count(DISTINCT ${value}) = 1 THEN any_value(${value}) END`;
  return `CASE WHEN count(${own}) > 0 THEN ${settled(own)} ELSE ${settled(name)} END AS ${name}`;
}

/** What states a merged fact: the first by name of those that are no default. */
function mergedOrigin(fact: string): string[] {
  const { by, key } = originColumns(fact);
  const [name, of] = [quoteId(by), quoteId(key)];
  return [
    `coalesce(min(${name}) FILTER (${name} <> 'default'), min(${name})) AS ${name}`,
    `min(${of}) AS ${of}`,
  ];
}
