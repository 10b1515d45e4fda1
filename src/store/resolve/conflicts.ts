import { quoteId, quoteText } from '../../duckdb/sql.js';
import { DAY_MS, type RecordKind, TABLED_SUBJECTS } from '../../model/index.js';
import { type Column, columnsOf } from '../columns.js';
import { identityOf, repeatedRecords } from './distinct-records.js';

/** Fields in which two records of one thing may differ: names of it, and what changes from one export to the next. */
const NOT_COMPARED = ['aliases', 'name', 'title', 'store', 'source', 'last_used', 'key_id'];

/**
 * Returns the statements that create `conflicts` (kind, id, field, first, other, first_source, other_source, ordinal):
 * fields on which records of one subject disagree, and keys whose inventory record is older than the last replacement
 * in a rotation log.
 */
export function findConflicts(present: ReadonlySet<RecordKind>, repeated: ReadonlySet<RecordKind>): string[] {
  const subjects = TABLED_SUBJECTS.map(({ table }) => table).filter((table) => repeated.has(table));
  return [
    `CREATE TABLE conflicts (kind VARCHAR, id VARCHAR, field VARCHAR, "first" VARCHAR, other VARCHAR,
      first_source STRUCT("file" VARCHAR, "record" VARCHAR, "sha256" VARCHAR),
      other_source STRUCT("file" VARCHAR, "record" VARCHAR, "sha256" VARCHAR))`,
    ...subjects.flatMap(recordConflicts),
    ...(present.has('keys') && present.has('rotations') ? [`INSERT INTO conflicts ${logConflicts()}`] : []),
  ];
}

function recordConflicts(kind: RecordKind): string[] {
  const compared = columnsOf(kind).filter(
    ({ name, kind: held }) => held !== 'texts' && !NOT_COMPARED.includes(name),
  );
  return [
    `CREATE TEMP TABLE same_${kind} AS ${repeatedRecords(kind)}`,
    ...compared.map((column) => `INSERT INTO conflicts ${fieldConflicts(kind, column)}`),
    `DROP TABLE same_${kind}`,
  ];
}

/**
 * Returns the conflicts on a field. The record that counts for it is the first that knows it; every other value is
 * shown by the first that has it.
 */
function fieldConflicts(kind: RecordKind, column: Column): string {
  const name = quoteId(column.name);
  const id = identityOf(kind)[0] ?? '';
  const instant = column.kind === 'instant';
  const known = instant ? `${name}."state" <> 'not-tracked'` : `${name} IS NOT NULL`;
  const differs = instant ? `NOT ${mayBeEqual('v."value"', 'f."value"')}` : 'v."value" <> f."value"';
  const shown = (value: string) => (instant ? instantText(value) : `${value}::VARCHAR`);
  return `WITH v AS (SELECT ${id} AS id, ordinal, ${name} AS "value", source FROM same_${kind} WHERE ${known}),
    f AS (SELECT id, arg_min("value", ordinal) AS "value", arg_min(source, ordinal) AS source FROM v GROUP BY id)
    SELECT ${quoteText(kind)}, v.id, ${quoteText(column.name)}, ${shown('f."value"')}, ${shown('v."value"')}, any_value(f.source),
      arg_min(v.source, v.ordinal) FROM v JOIN f USING (id) WHERE ${differs} GROUP BY v.id, 4, 5`;
}

/** Returns whether two dates of limited precision can be one moment, or state the same without one. */
function mayBeEqual(a: string, b: string): string {
  return `CASE WHEN ${a}."ms" IS NULL OR ${b}."ms" IS NULL THEN ${a}."state" = ${b}."state"
    ELSE ${a}."ms" <= ${b}."ms" + ${b}."tolerance_ms" AND ${b}."ms" <= ${a}."ms" + ${a}."tolerance_ms" END`;
}

function instantText(value: string): string {
  return `coalesce(strftime(make_timestamp(${value}."ms" * 1000), '%Y-%m-%dT%H:%M:%SZ'), ${value}."state")`;
}

/** Returns the conflicts in which the log shows a replacement more than a day after the date the inventory gives. */
function logConflicts(): string {
  return `SELECT 'keys', k.key_id, 'last_rotated', any_value(${instantText('k.last_rotated')}),
      ${instantText(`arg_max(r."at", r."at"."ms")`)}, any_value(k.source), arg_max(r.source, r."at"."ms")
    FROM distinct_keys k JOIN replacements r USING (key_id) WHERE k.last_rotated."state" = 'known'
      AND r."at"."ms" > k.last_rotated."ms" + k.last_rotated."tolerance_ms" + ${DAY_MS} GROUP BY k.key_id`;
}
