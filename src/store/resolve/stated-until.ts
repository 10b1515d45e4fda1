import { countIf, onlyIf, quoteId, struct } from '../../duckdb/sql.js';
import type { RecordKind } from '../../model/index.js';
import { columnsOf } from '../columns.js';
import { agingFields, joinTaken, untilBefore } from '../terms/stated-until.js';
import { isKnown } from './merge-columns.js';

/** Column of distinct records that have it if several records are one: by field, the last day that any of them speaks for. */
const MERGED = 'merged_until';

/** JOIN of the moment at which the file of a record, aliased `r`, was taken. */
export const WHEN_TAKEN = joinTaken('r');

/** Returns whether a kind of record has such fields. */
export function agesWithTime(kind: RecordKind): boolean {
  return agingFields(kind).length > 0;
}

/** Returns the SQL type of the columns. */
export function untilType(kind: RecordKind): string {
  return `STRUCT(${agingFields(kind)
    .map((name) => `${quoteId(name)} BIGINT`)
    .join(', ')})`;
}

/** Returns the column of distinct records with its type; none if the kind has no such fields. */
export function untilTypes(kind: RecordKind): { [column: string]: string } {
  return agesWithTime(kind) ? { [MERGED]: untilType(kind) } : {};
}

/** Returns the column of records that occur once, with the comma before it; empty if the kind has no such fields. */
export function untilOnce(kind: RecordKind): string {
  return agesWithTime(kind) ? `, NULL::${untilType(kind)} AS ${MERGED}` : '';
}

/** Returns the column of merged records. One of unknown date is taken to speak for the as-of date. */
export function untilMerged(kind: RecordKind): string {
  if (!agesWithTime(kind)) return '';
  const columns = columnsOf(kind).filter(({ name }) => agingFields(kind).includes(name));
  const parts = columns.map((column): [string, string] => {
    const stated = isKnown(column, quoteId(column.name));
    const until = onlyIf(stated, '"taken_until"');
    return [column.name, onlyIf(`${countIf(stated)} = count(${until})`, `max(${until})`)];
  });
  return `, ${struct(parts)} AS ${MERGED}`;
}

/** Returns the column of subjects, over the distinct record `r` and the file it stands in. */
export function statedUntil(kind: RecordKind, asOfMs: number): string {
  const parts = agingFields(kind).map((name): [string, string] => {
    const until = `CASE WHEN r.${MERGED} IS NULL THEN own_file.until ELSE r.${MERGED}.${quoteId(name)} END`;
    return [name, untilBefore(until, asOfMs)];
  });
  return struct(parts);
}
