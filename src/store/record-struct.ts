import type { RecordKind } from '../model/index.js';
import { type Column, columnsOf } from './columns.js';
import { quoteId, struct } from './sql.js';

/** A canonical record as one struct, its members in the order of the schema; `row` is the alias of its table. */
export function recordStruct(kind: RecordKind, row: string): string {
  return struct(recordMembers(kind, row));
}

/** The members of that struct, for records that have further ones. */
export function recordMembers(kind: RecordKind, row: string): [name: string, expression: string][] {
  return columnsOf(kind).map((column) => [column.name, jsonValue(column, row)]);
}

function jsonValue(column: Column, row: string): string {
  const value = `${row}.${quoteId(column.name)}`;
  return column.kind === 'number' ? jsonNumber(value) : value;
}

/** Whole numbers without a fraction: Rego prints and formats `90` and `90.0` differently. */
function jsonNumber(value: string): string {
  return `CASE WHEN ${value} = trunc(${value}) AND abs(${value}) < 9007199254740992
    THEN to_json(${value}::BIGINT) ELSE to_json(${value}) END`;
}
