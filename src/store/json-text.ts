import { quoteId, quoteText, struct } from '../duckdb/sql.js';
import type { RecordKind } from '../model/index.js';
import { type Column, columnsOf } from './columns.js';

/**
 * SQL expressions of JSON text. Dossiers are put together as text: measured against nested structs that are turned into
 * JSON at the end, it takes a quarter of the time and a fraction of the memory.
 */
export type JsonText = string;

/** A member of a JSON object: its name and its value. */
export type JsonMember = readonly [name: string, value: JsonText];

/** Returns a constant as JSON text. */
export function jsonConstant(value: unknown): JsonText {
  return quoteText(JSON.stringify(value));
}

/** Returns any SQL value as JSON text. */
export function jsonValue(expression: string): JsonText {
  return `coalesce(${withoutNullDay(`to_json(${expression})::VARCHAR`)}, 'null')`;
}

/** Returns an object as JSON text. */
export function jsonObject(members: readonly JsonMember[]): JsonText {
  return `concat('{', ${partsOf(members)}, '}')`;
}

/** Returns the members of an object as JSON text, without its braces. */
export function jsonMembers(members: readonly JsonMember[]): string {
  return `concat(${partsOf(members)})`;
}

function partsOf(members: readonly JsonMember[]): string {
  return members.map(([name, value], place) => `'${place === 0 ? '' : ','}"${name}":', ${value}`).join(', ');
}

/** Returns a canonical record, its members in the order of the schema; `row` is the alias of its table. */
export function jsonRecord(kind: RecordKind, row: string): JsonText {
  const members = columnsOf(kind).map((column): [string, string] => [column.name, recordValue(column, row)]);
  return withoutNullDay(`to_json(${struct(members)})::VARCHAR`);
}

/**
 * Returns JSON text in which an Instant has a `day` only if it has one of its own. A text that holds these signs has
 * them escaped.
 */
function withoutNullDay(json: JsonText): JsonText {
  return `replace(${json}, ',"day":null}', '}')`;
}

/** Returns the value of a column as a canonical record has it, as JSON text. */
export function jsonColumn(column: Column, value: string): JsonText {
  return jsonValue(column.kind === 'number' ? wholeNumber(value) : value);
}

/** Returns an object with further members after its own. */
export function jsonWith(object: JsonText, members: readonly JsonMember[]): JsonText {
  const further = members.map(([name, value]) => `',"${name}":', ${value}, `);
  return `concat((${object})[:-2], ${further.join('')}'}')`;
}

/** Returns a canonical record with further members before its own. */
export function jsonRecordWith(members: readonly JsonMember[], kind: RecordKind, row: string): JsonText {
  const further = members.map(([name, value]) => `'"${name}":', ${value}, ',', `);
  return `concat('{', ${further.join('')}(${jsonRecord(kind, row)})[2:])`;
}

function recordValue(column: Column, row: string): string {
  const value = `${row}.${quoteId(column.name)}`;
  return column.kind === 'number' ? wholeNumber(value) : value;
}

/** Returns whole numbers without a fraction: Rego prints and formats `90` and `90.0` differently. */
function wholeNumber(value: string): string {
  return `CASE WHEN ${value} = trunc(${value}) AND abs(${value}) < 9007199254740992
    THEN to_json(${value}::BIGINT) ELSE to_json(${value}) END`;
}
