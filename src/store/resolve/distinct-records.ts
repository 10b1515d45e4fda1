import { quoteId } from '../../duckdb/sql.js';
import type { RecordKind } from '../../model/index.js';
import { type Column, columnNames, columnsOf } from '../columns.js';
import { joinNames } from './join-names.js';
import {
  comparable,
  comparedByName,
  comparedColumns,
  comparedName,
  contradictedColumns,
  contradicting,
  mergedColumn,
  repeatedColumn,
} from './merge-columns.js';
import { untilMerged, untilOnce } from './stated-until.js';

/**
 * Columns that make two records the same one. A kind that is not listed has no id of its own: only rows that agree in
 * everything but their source are the same. An event counts as delivered twice when log, id, time and action agree,
 * because ids are unique within a log only. A found secret is the same by what it is and where it is (`same_as`), never
 * by the id that a scanner gives it.
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
  secret_findings: ['"same_as"'],
  events: ['"log"', '"event_id"', '"at"."ms"', '"action"'],
};

/** Column that names a record whose identity has several parts. */
const NAMED_BY: { readonly [K in RecordKind]?: string } = {
  secret_findings: '"finding_id"',
  events: '"event_id"',
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

/** Returns whether records of a kind have an id, so that two of one thing can contradict each other. */
export function hasIdentity(kind: RecordKind): boolean {
  return IDENTITY[kind] !== undefined;
}

/** Returns the SQL expression by which people know a record of a kind that has an id. */
export function idOf(kind: RecordKind): string {
  return NAMED_BY[kind] ?? identityOf(kind)[0] ?? '';
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
 * Returns the statement that creates `merged_<kind>`: one record of those with the same identity, with `ordinal` and
 * `contradicted`, the columns on which they contradict each other. A column that some do not state comes from those
 * that do. Neither the order of files nor that of rows decides a value.
 */
export function mergeRepeated(kind: RecordKind): string {
  const columns = columnsOf(kind).map((column) => `${mergedColumn(kind, column)} AS ${quoteId(column.name)}`);
  return `CREATE TABLE merged_${kind} AS SELECT min(ordinal) AS ordinal, ${columns.join(', ')}${furtherMerged(kind)}${untilMerged(kind)},
    ${hasIdentity(kind) ? contradictedColumns(kind) : '[]::VARCHAR[]'} AS contradicted, any_value(identity) AS identity
    FROM (${repeatedRecords(kind)}) GROUP BY ${identityOf(kind).join(', ')}`;
}

/** Returns the sub-query of the distinct records of a kind, with `ordinal`: those that occur once, and the merged ones. */
export function distinctRecords(kind: RecordKind, isAnyRepeated: boolean): string {
  const columns = columnNames(kind).map(quoteId).join(', ');
  const once = `SELECT rowid AS ordinal, ${columns}${furtherOnce(kind)}${untilOnce(kind)} FROM ${recordsRead(kind)}`;
  if (!isAnyRepeated) return `(${once})`;
  return `(${once} WHERE ${isRepeated(kind)} IS NOT true
    UNION ALL BY NAME SELECT * EXCLUDE (contradicted, identity) FROM merged_${kind})`;
}

/**
 * Returns a SELECT of the records whose identity occurs more than once, with `ordinal`, `identity` (a hash), `taken_ms`,
 * `taken_until`, and each value as it is compared.
 */
export function repeatedRecords(kind: RecordKind): string {
  const names = comparedByName(kind);
  const compared = hasIdentity(kind) ? comparedColumns(kind) : [];
  const further = kind === 'secret_findings' ? ', same_as' : '';
  const joins = Object.entries(names).map(([column, table]) => joinNames(column, table));
  return `SELECT r.*, t.ms AS taken_ms, t.until AS taken_until${compared.map((column) => `, ${asCompared(kind, column, names)}`).join('')}
    FROM (SELECT rowid AS ordinal, ${identityHash(kind)} AS identity, ${columnNames(kind)
      .map((name) => repeatedColumn(kind, name))
      .join(', ')}${further}
      FROM ${recordsRead(kind)} WHERE ${isRepeated(kind)}) r
    LEFT JOIN taken t ON t.file = r.source.file ${joins.join(' ')}`;
}

function asCompared(kind: RecordKind, column: Column, names: { readonly [column: string]: unknown }): string {
  const plain = comparable(column, `r.${quoteId(column.name)}`);
  const value =
    names[column.name] === undefined ? plain : `coalesce(${quoteId(`${column.name}_name`)}.id, ${plain})`;
  return `${contradicting(kind, column.name, value)} AS ${comparedName(column)}`;
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
  if (kind === 'secret_findings') return `CASE WHEN "same_as" IS NOT NULL THEN ${hash} END`;
  return kind === 'events' ? `CASE WHEN "event_id" <> '' THEN ${hash} END` : hash;
}

/** Columns that found secrets have beside those of a record: the tools and records that report one. */
function furtherOnce(kind: RecordKind): string {
  return kind === 'secret_findings'
    ? `, CASE WHEN tool <> '' THEN [tool] ELSE [] END AS tools, [source] AS sources`
    : '';
}

function furtherMerged(kind: RecordKind): string {
  return kind === 'secret_findings'
    ? `, coalesce(list_sort(list(DISTINCT tool) FILTER (tool <> '')), []) AS tools, [one.source FOR one IN list_sort(list({'ordinal': ordinal, 'source': source}))] AS sources`
    : '';
}
