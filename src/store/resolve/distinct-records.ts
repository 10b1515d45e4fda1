import type { RecordKind } from '../../model/index.js';
import { type Column, columnNames, columnsOf } from '../columns.js';
import { quoteId } from '../sql.js';

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
  secret_findings: ['"repository_id"', '"tool"', '"finding_id"'],
  events: ['"log"', '"event_id"', '"at"."ms"'],
};

/** What makes two records of a kind the same, as SQL expressions. */
export function identityOf(kind: RecordKind): readonly string[] {
  return (
    IDENTITY[kind] ??
    columnNames(kind)
      .filter((name) => name !== 'source')
      .map(quoteId)
  );
}

/**
 * SELECT of the distinct records of `from` (columns `ordinal` and those of the kind). Of records with the same
 * identity the first one counts, by file path and then position; what it does not know comes from the next that does.
 * Names of all of them are kept.
 */
export function distinctRecords(kind: RecordKind, from = `raw_${kind}`): string {
  const identity = identityOf(kind);
  const columns = columnNames(kind).map(quoteId).join(', ');
  return `(WITH numbered AS (SELECT ${rowNumber(from)} AS ordinal, ${identityHash(kind)} AS identity, * FROM ${from}),
    again AS (SELECT identity FROM numbered WHERE identity IS NOT NULL GROUP BY identity HAVING count(*) > 1)
    SELECT ordinal, ${columns} FROM numbered WHERE identity IS NULL OR identity NOT IN (FROM again)
    UNION ALL BY NAME
    SELECT min(ordinal) AS ordinal, ${columnsOf(kind).map(mergedColumn).join(', ')}
    FROM numbered WHERE identity IN (FROM again) GROUP BY ${identity.join(', ')})`;
}

/** SELECT of one number: how many fields of merged records contradict each other (names and sources aside). */
export function conflictCount(kind: RecordKind, from = `raw_${kind}`): string {
  const compared = columnsOf(kind).filter(({ name }) => !['aliases', 'source'].includes(name));
  const conflicts = compared.map((column) => `(count(DISTINCT ${known(column)}) > 1)::INTEGER`).join(' + ');
  return `SELECT coalesce(sum(conflicts), 0) AS conflicts FROM (SELECT ${conflicts} AS conflicts FROM ${from}
    WHERE ${identityHash(kind)} IS NOT NULL GROUP BY ${identityOf(kind).join(', ')} HAVING count(*) > 1)`;
}

function rowNumber(from: string): string {
  return from.startsWith('raw_') ? 'rowid' : 'ordinal';
}

/** Hash that finds candidates cheaply; the grouping itself compares the columns. Null: never the same as another. */
function identityHash(kind: RecordKind): string {
  const hash = `hash(${identityOf(kind).join(', ')})`;
  return kind === 'events' ? `CASE WHEN "event_id" <> '' THEN ${hash} END` : hash;
}

function mergedColumn(column: Column): string {
  const name = quoteId(column.name);
  if (column.name === 'aliases') return `list_distinct(flatten(list(${name} ORDER BY ordinal))) AS ${name}`;
  const untracked =
    column.kind === 'instant'
      ? ` + CASE WHEN ${name}."state" = 'not-tracked' THEN 1::BIGINT << 60 ELSE 0 END`
      : '';
  return `arg_min(${name}, ordinal${untracked}) AS ${name}`;
}

function known(column: Column): string {
  const name = quoteId(column.name);
  return column.kind === 'instant' ? `CASE WHEN ${name}."state" <> 'not-tracked' THEN ${name} END` : name;
}
