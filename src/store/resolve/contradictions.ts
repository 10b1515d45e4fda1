import { emptyTable, quoteId, quoteText } from '../../duckdb/sql.js';
import { DAY_MS, type RecordKind } from '../../model/index.js';
import { type Column, columnsOf, SQL_TYPES } from '../columns.js';
import { jsonColumn, jsonValue } from '../json-text.js';
import { idOf, repeatedRecords } from './distinct-records.js';
import { isOpen, laterOf } from './key-times.js';
import { comparedName, contradicts, isKnown, mergedValue } from './merge-columns.js';

/**
 * Statement that creates `contradicted` (kind, id, field, shown, json, at, source, ordinal): what records state of a
 * field that is unknown because they contradict each other, each different statement once.
 */
export const CREATE_CONTRADICTED = emptyTable('contradicted', {
  kind: 'VARCHAR',
  id: 'VARCHAR',
  field: 'VARCHAR',
  shown: 'VARCHAR',
  json: 'VARCHAR',
  at: SQL_TYPES.instant,
  source: SQL_TYPES.source,
  ordinal: 'BIGINT',
});

/**
 * Returns the statements that settle the contradictions on a field in `merged_<kind>`. Of records in files that state
 * when they were taken, the newest that state the field count. If a contradiction remains, the field is unknown, and
 * `contradicted` keeps what each record states.
 */
export function settleField(kind: RecordKind, field: string): string[] {
  const column = columnsOf(kind).find(({ name }) => name === field);
  if (column === undefined) return [];
  const name = quoteId(field);
  return [
    `CREATE TEMP TABLE stated AS SELECT m.ordinal AS thing, ${idOf(kind).replace('"', 'r."')} AS id, r.ordinal,
        r.${name} AS "value", r.${comparedName(column)} AS compared, r.taken_until, r.source
      FROM (${repeatedRecords(kind)}) r JOIN merged_${kind} m ON m.identity = r.identity AND ${sameIdentity(kind)}
      WHERE list_contains(m.contradicted, ${quoteText(field)}) AND ${isKnown(column, `r.${name}`)} AND r.${comparedName(column)} IS NOT NULL
      QUALIFY (r.taken_ms IS NULL OR r.taken_until >= max(r.taken_ms) OVER (PARTITION BY m.ordinal))`,
    `CREATE TEMP TABLE settled AS SELECT thing, ${contradicts(column, '"value"', 'compared')} AS open, ${mergedValue(column, '"value"')} AS "value"
      FROM stated GROUP BY thing`,
    `UPDATE merged_${kind} SET ${name} = CASE WHEN NOT s.open THEN s."value" END,
      contradicted = CASE WHEN s.open THEN contradicted ELSE list_filter(contradicted, lambda one: one <> ${quoteText(field)}) END
      FROM settled s WHERE merged_${kind}.ordinal = s.thing`,
    `INSERT INTO contradicted SELECT ${quoteText(kind)}, id, ${quoteText(field)}, ${shownText(column)}, ${jsonColumn(column, 'stated."value"')},
        ${column.kind === 'instant' ? 'stated."value"' : 'NULL'}, source, ordinal
      FROM stated JOIN settled USING (thing) WHERE open
      QUALIFY row_number() OVER (PARTITION BY thing, compared ORDER BY ordinal) = 1`,
    'DROP TABLE stated',
    'DROP TABLE settled',
  ];
}

/** Records with the same hash are the same if the id is: two ids with one hash are told apart here. */
function sameIdentity(kind: RecordKind): string {
  const id = idOf(kind);
  return kind === 'secret_findings' ? 'true' : `m.${id} = r.${id}`;
}

function shownText(column: Column): string {
  return column.kind === 'instant' ? instantText('stated."value"') : 'stated."value"::VARCHAR';
}

/**
 * Returns the statements for what a rotation log adds to inventories that contradict each other on the last rotation:
 * the later of both counts, and where that is the log's in every reading, nothing is open.
 */
export const SETTLE_LAST_ROTATION: readonly string[] = [
  `UPDATE contradicted SET "at" = ${laterOf('contradicted."at"', 't.rotated')}, json = ${jsonValue(laterOf('contradicted."at"', 't.rotated'))}
    FROM key_times t WHERE t.key_id = contradicted.id AND contradicted.kind = 'keys' AND contradicted.field = 'last_rotated'`,
  `DELETE FROM contradicted WHERE kind = 'keys' AND field = 'last_rotated' AND id IN (SELECT id FROM contradicted
    WHERE kind = 'keys' AND field = 'last_rotated' GROUP BY id
    HAVING count("at"."ms") = count(*) AND max("at"."ms") <= min("at"."ms" + "at"."tolerance_ms"))`,
];

/** Sub-query of the ids of keys whose last rotation is unknown because inventories contradict each other on it. */
export const LAST_ROTATION_OPEN = `(SELECT id FROM contradicted WHERE kind = 'keys' AND field = 'last_rotated')`;

/**
 * Returns the statements that create `conflicts` (kind, id, field, first, other, first_source, other_source): pairs of
 * records that contradict each other, and keys whose inventory record is older than the last replacement in a rotation
 * log.
 */
export function findConflicts(present: ReadonlySet<RecordKind>): string[] {
  return [
    `CREATE TABLE conflicts (kind VARCHAR, id VARCHAR, field VARCHAR, "first" VARCHAR, other VARCHAR,
      first_source ${SQL_TYPES.source}, other_source ${SQL_TYPES.source})`,
    `INSERT INTO conflicts WITH f AS (SELECT kind, id, field, arg_min(shown, ordinal) AS shown, arg_min("at", ordinal) AS "at",
        arg_min(source, ordinal) AS source, min(ordinal) AS ordinal FROM contradicted GROUP BY kind, id, field)
      SELECT c.kind, c.id, c.field, f.shown, c.shown, f.source, c.source FROM contradicted c JOIN f USING (kind, id, field)
      WHERE c.ordinal <> f.ordinal AND (c."at" IS NULL OR NOT ${mayBeEqual('c."at"', 'f."at"')})`,
    ...(present.has('keys') && present.has('rotations') ? [`INSERT INTO conflicts ${logConflicts()}`] : []),
  ];
}

/** Returns whether two dates of limited precision can be one moment, or state the same without one. */
function mayBeEqual(a: string, b: string): string {
  return `CASE WHEN ${a}."ms" IS NULL OR ${b}."ms" IS NULL THEN ${a}."state" = ${b}."state"
    ELSE ${a}."ms" <= ${b}."ms" + ${b}."tolerance_ms" AND ${b}."ms" <= ${a}."ms" + ${a}."tolerance_ms" END`;
}

function instantText(value: string): string {
  const moment = (ms: string) => `strftime(make_timestamp((${ms}) * 1000), '%Y-%m-%dT%H:%M:%SZ')`;
  return `CASE WHEN ${isOpen(value)} THEN concat('until ', ${moment(`${value}."ms" + ${value}."tolerance_ms"`)})
    ELSE coalesce(${moment(`${value}."ms"`)}, ${value}."state") END`;
}

/** A replacement `r` that Secrets Manager did not carry out itself: no rotation of its own was started for it. */
const PUT_BY_HAND = `NOT EXISTS (FROM rotations s WHERE s.key_id = r.key_id AND s.rotation_id = r.rotation_id AND s.step = 'started')`;

/** Keys with the date of the last rotation that inventories state; where they contradict each other, the newest. */
const DATED_KEYS = `(SELECT key_id, store, last_rotated, source FROM distinct_keys
  UNION ALL SELECT k.key_id, any_value(k.store), arg_max(c."at", c."at"."ms"), arg_max(c.source, c."at"."ms")
  FROM contradicted c JOIN distinct_keys k ON k.key_id = c.id WHERE c.kind = 'keys' AND c.field = 'last_rotated' GROUP BY k.key_id)`;

/**
 * Returns the conflicts in which the log shows a replacement more than a day after the date that the inventory gives.
 * An inventory that was taken before that replacement cannot state it; and AWS Secrets Manager dates its own rotations
 * only, so that a value put by hand is no contradiction.
 */
function logConflicts(): string {
  return `SELECT 'keys', k.key_id, 'last_rotated', any_value(${instantText('k.last_rotated')}),
      ${instantText(`arg_max(r."at", r."at"."ms")`)}, any_value(k.source), arg_max(r.source, r."at"."ms")
    FROM ${DATED_KEYS} k JOIN replacements r ON r.key_id = k.key_id AND r.replaces LEFT JOIN taken t ON t.file = k.source.file
    WHERE k.last_rotated."state" = 'known' AND (r."at"."ms" > t.until) IS NOT TRUE
      AND (k.store = 'aws-sm' AND ${PUT_BY_HAND}) IS NOT TRUE
      AND r."at"."ms" > k.last_rotated."ms" + k.last_rotated."tolerance_ms" + ${DAY_MS} GROUP BY k.key_id`;
}
