import { packTable } from '../../duckdb/pack-tables.js';
import { quoteId, quoteText } from '../../duckdb/sql.js';
import { SUBJECT_FACTS } from '../../model/index.js';

/** The subjects of one pack. */
export type PackSubjects = {
  /** Name of the pack. */
  name: string;
  /** Absolute path of its subjects.parquet. */
  subjects: string;
};

const FACTS = Object.entries(SUBJECT_FACTS);

/**
 * Returns statements that create `subjects` of several packs, each subject once, `shared`, those that several packs have, and
 * `differing`, those of which packs state different facts. What packs state differently is not stated; a fact that can only be true or false is true then, so that no
 * subject leaves the scope of a control because of another pack.
 */
export function createMergedSubjects(packs: readonly PackSubjects[]): string[] {
  const all = packs
    .map(
      ({ name, subjects }, at) =>
        `SELECT ${at} AS pack, ${quoteText(name)} AS name, * FROM ${packTable('subjects', subjects)}`,
    )
    .join(' UNION ALL BY NAME ');
  return [
    `CREATE TEMP TABLE pack_subjects AS ${all}`,
    'CREATE TABLE shared AS SELECT kind, id FROM pack_subjects GROUP BY kind, id HAVING count(*) > 1',
    `CREATE TABLE differing AS SELECT kind, id FROM pack_subjects GROUP BY kind, id HAVING ${FACTS.map(([fact]) => `count(DISTINCT ${quoteId(fact)}) > 1`).join(' OR ')}`,
    `CREATE TABLE subjects AS SELECT *, (dense_rank() OVER (ORDER BY ${FACTS.map(([fact]) => quoteId(fact)).join(', ')}))::INTEGER AS fact_set
      FROM (SELECT kind, id, ${MERGED.join(', ')} FROM pack_subjects GROUP BY kind, id)`,
    'DROP TABLE pack_subjects',
  ];
}

/** SELECT of the merged subjects as subjects.parquet has them. */
export const MERGED_SUBJECTS = 'SELECT * EXCLUDE (fact_set) FROM subjects ORDER BY kind, id';

const SOURCE = `arg_min(struct_pack(file := concat(name, '/', source.file), record := source.record, sha256 := source.sha256), pack)
  FILTER (source IS NOT NULL) AS source`;

const MERGED = [
  agreed('label'),
  agreed('owner'),
  agreed('status'),
  ...FACTS.map(([fact, values]) => (typeof values[0] === 'boolean' ? either(fact) : agreed(fact))),
  agreed('life'),
  SOURCE,
  `coalesce(CASE WHEN count(DISTINCT evidence) = 1 THEN any_value(evidence) END, []) AS evidence`,
];

function agreed(column: string): string {
  const name = quoteId(column);
  return `CASE WHEN count(DISTINCT ${name}) = 1 THEN any_value(${name}) END AS ${name}`;
}

function either(fact: string): string {
  return `bool_or(${quoteId(fact)}) AS ${quoteId(fact)}`;
}
