import { quoteId } from '../../duckdb/sql.js';
import type { RecordKind } from '../../model/index.js';
import { type Column, columnNames, columnsOf } from '../columns.js';

/**
 * Columns that make two records the same one. A kind that is not listed has no id of its own: only rows that agree in
 * everything but their source are the same. An event counts as delivered twice when log, id and time agree, because
 * ids are unique within a log only.
 */
const IDENTITY: { readonly [K in RecordKind]?: readonly string[] } = {
  keys: ['"key_id"'],
  principals: ['"principal_id"'],
  repositories: ['"repository_id"'],
  routes: ['"route_id"'],
  vendors: ['"vendor_id"'],
  incidents: ['"incident_id"'],
  changes: ['"change_id"'],
  log_sources: ['"log"'],
  register: ['"item_id"'],
  extracts: ['"file"'],
  secret_findings: ['"repository_id"', '"tool"', '"finding_id"'],
  events: ['"log"', '"event_id"', '"at"."ms"'],
};

/** Returns what makes two records of a kind the same, as SQL expressions. */
export function identityOf(kind: RecordKind): readonly string[] {
  return (
    IDENTITY[kind] ??
    columnNames(kind)
      .filter((name) => name !== 'source')
      .map(quoteId)
  );
}

/** Returns rows of a kind as they were read: key records of one key under two ids have one id already. */
export function recordsRead(kind: RecordKind): string {
  return kind === 'keys' ? 'inventory' : `raw_${kind}`;
}

/**
 * Returns the statement that creates `again_<kind>` (identity): hashes of the identities that may occur more than once.
 */
export function findRepeated(kind: RecordKind): string {
  return `CREATE TEMP TABLE again_${kind} AS SELECT ${identityHash(kind)} AS identity FROM ${recordsRead(kind)}
    WHERE identity IS NOT NULL GROUP BY identity HAVING count(*) > 1`;
}

/**
 * Returns the sub-query of the distinct records of a kind, with `ordinal`. Of records with the same identity the first
 * one counts, by file path and then position; what it does not know comes from the next that does. Names of all of them
 * are kept.
 */
export function distinctRecords(kind: RecordKind): string {
  const columns = columnNames(kind).map(quoteId).join(', ');
  return `(SELECT rowid AS ordinal, ${columns} FROM ${recordsRead(kind)} WHERE ${isRepeated(kind)} IS NOT true
    UNION ALL SELECT min(rowid), ${columnsOf(kind).map(mergedColumn).join(', ')}
    FROM ${recordsRead(kind)} WHERE ${isRepeated(kind)} GROUP BY ${identityOf(kind).join(', ')})`;
}

/** Returns a SELECT of the records, with `ordinal`, whose identity occurs more than once. */
export function repeatedRecords(kind: RecordKind): string {
  return `SELECT rowid AS ordinal, r.* FROM (SELECT rowid, * FROM ${recordsRead(kind)}) r WHERE ${isRepeated(kind)}`;
}

/**
 * Returns a SELECT of one number: how many fields of merged records contradict each other (names and sources aside).
 */
export function conflictCount(kind: RecordKind): string {
  const compared = columnsOf(kind).filter(({ name }) => !['aliases', 'source'].includes(name));
  const conflicts = compared.map((column) => `(min(${known(column)}) <> max(${known(column)}))::INTEGER`);
  return `SELECT coalesce(sum(conflicts), 0)::BIGINT FROM (
    SELECT ${conflicts.map((conflict) => `coalesce(${conflict}, 0)`).join(' + ')} AS conflicts
    FROM ${recordsRead(kind)} WHERE ${isRepeated(kind)} GROUP BY ${identityOf(kind).join(', ')})`;
}

function isRepeated(kind: RecordKind): string {
  return `${identityHash(kind)} IN (FROM again_${kind})`;
}

/**
 * Returns the hash that finds candidates cheaply; the grouping itself compares the columns. Null: never the same as
 * another.
 */
function identityHash(kind: RecordKind): string {
  const hash = `hash(${identityOf(kind).join(', ')})`;
  return kind === 'events' ? `CASE WHEN "event_id" <> '' THEN ${hash} END` : hash;
}

function mergedColumn(column: Column): string {
  const name = quoteId(column.name);
  if (column.name === 'aliases') return `list_sort(list_distinct(flatten(list(${name}))))`;
  return `arg_min(${known(column)}, rowid)`;
}

/** Returns the condition that a column has a known value; an Instant `not-tracked` is no date. */
function known(column: Column): string {
  const name = quoteId(column.name);
  return column.kind === 'instant' ? `CASE WHEN ${name}."state" <> 'not-tracked' THEN ${name} END` : name;
}
