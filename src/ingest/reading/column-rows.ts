import { isObject } from '../../text/is-object.js';

/** A table whose rows are lists of cells, beside the names of its columns. */
type ColumnTable = { item: string; elements: Record<string, unknown>[] };

/** Where such tables are: of Log Analytics and Azure Data Explorer, of BigQuery, and bare. */
const PLACES = [
  { item: '$.tables.*.rows', table: (value: Record<string, unknown>) => first(value['tables']) },
  { item: '$.rows', table: (value: Record<string, unknown>) => value },
];

/**
 * Returns the table that a query gave as columns and rows: `{tables: [{columns: [{name}], rows: [[...]]}]}` of Log Analytics, of
 * BigQuery (`{schema: {fields: [{name}]}, rows: [{f: [{v}]}]}`), or of Splunk (`{fields: [name], rows: [[...]]}`); null if a value is none.
 */
export function columnTable(value: unknown): ColumnTable | null {
  if (!isObject(value)) return null;
  for (const { item, table } of PLACES) {
    const found = table(value);
    const elements = isObject(found) ? rowsOf(found) : [];
    if (elements.length > 0) return { item, elements };
  }
  return null;
}

function rowsOf(table: Record<string, unknown>): Record<string, unknown>[] {
  const { rows } = table;
  return (Array.isArray(rows) ? rows : []).map((row) => rowOfColumns(row, [table])).filter(isObject);
}

/** Returns the object that a row is by the columns of the table that it is in; null if it is no such row. */
export function rowOfColumns(
  row: unknown,
  within: readonly Record<string, unknown>[],
): Record<string, unknown> | null {
  const cells = cellsOf(row);
  const names = cells === null ? null : columnsOf(within.at(-1));
  if (cells === null || names === null || names.length !== cells.length) return null;
  return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
}

/** BigQuery gives each cell as `{v}` in `f`. */
function cellsOf(row: unknown): unknown[] | null {
  if (Array.isArray(row)) return row;
  if (!isObject(row) || !Array.isArray(row['f'])) return null;
  return row['f'].map((cell) => (isObject(cell) ? cell['v'] : cell));
}

function columnsOf(table: Record<string, unknown> | undefined): string[] | null {
  const { columns, schema, fields } = table ?? {};
  const stated = [columns, isObject(schema) ? schema['fields'] : null, fields].find(Array.isArray);
  const names = (stated ?? []).map((column: unknown) =>
    isObject(column) ? (column['name'] ?? column['ColumnName']) : column,
  );
  return names.length > 0 && names.every((name) => typeof name === 'string') ? names : null;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : null;
}
