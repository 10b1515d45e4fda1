import { type FieldType, RECORD_FIELDS } from '../assets/record-fields.js';
import type { RecordKind } from '../model/index.js';

/** What a canonical field holds. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'texts' | 'instant' | 'source';

/** One column of a canonical table. */
export type Column = {
  /** Field name, the same as in the record. */
  name: string;
  /** What it holds. */
  kind: ColumnKind;
};

/** DuckDB type by what a field holds. */
export const SQL_TYPES: { readonly [K in ColumnKind]: string } = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  texts: 'VARCHAR[]',
  instant: 'STRUCT("state" VARCHAR, "ms" BIGINT, "tolerance_ms" BIGINT, "day" VARCHAR)',
  source: 'STRUCT("file" VARCHAR, "record" VARCHAR, "sha256" VARCHAR)',
};

/** Column kind by what a field contains. An enum is a text here: the schema was checked when the record was read. */
const KINDS: { readonly [K in FieldType]: ColumnKind } = {
  text: 'text',
  enum: 'text',
  number: 'number',
  boolean: 'boolean',
  list: 'texts',
  instant: 'instant',
  source: 'source',
};

/** Every canonical table with its columns, in the order of the published record schema. */
export const TABLES: ReadonlyMap<RecordKind, readonly Column[]> = new Map(
  Object.entries(RECORD_FIELDS).map(([kind, fields]): [RecordKind, Column[]] => [
    kind as RecordKind,
    fields.map(({ name, type }) => ({ name, kind: KINDS[type] })),
  ]),
);

/** Columns of one canonical table. */
export function columnsOf(kind: RecordKind): readonly Column[] {
  return TABLES.get(kind) ?? [];
}

/** Returns names of the columns of one canonical table that hold `held`. */
export function columnNames(kind: RecordKind, held?: ColumnKind): string[] {
  return columnsOf(kind)
    .filter((column) => held === undefined || column.kind === held)
    .map((column) => column.name);
}

/** Columns of one canonical table with their DuckDB types. */
export function columnTypes(kind: RecordKind): { [name: string]: string } {
  return Object.fromEntries(columnsOf(kind).map((column) => [column.name, SQL_TYPES[column.kind]]));
}
