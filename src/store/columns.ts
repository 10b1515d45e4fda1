import { schemaOf } from '../assets/schemas.js';
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

/** The part of JSON Schema that the generated record schema uses. */
type Schema = {
  $ref?: string;
  type?: string | string[];
  anyOf?: Schema[];
  properties?: { [name: string]: Schema };
  definitions?: { [name: string]: Schema };
};

const NAMED: { readonly [definition: string]: ColumnKind } = {
  '#/definitions/Instant': 'instant',
  '#/definitions/SourceRef': 'source',
};

const SIMPLE: { readonly [type: string]: ColumnKind } = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'texts',
};

/** Every canonical table with its columns, from the published record schema: the only list of fields there is. */
export const TABLES: ReadonlyMap<RecordKind, readonly Column[]> = readTables();

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

function readTables(): ReadonlyMap<RecordKind, readonly Column[]> {
  const root = schemaOf<Schema>('records');
  const tables = Object.entries(root.properties ?? {}).map(([kind, schema]): [RecordKind, Column[]] => [
    kind as RecordKind,
    recordColumns(definition(schema, root), root),
  ]);
  return new Map(tables);
}

function recordColumns(schema: Schema, root: Schema): Column[] {
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    kind: columnKind(name, field, root),
  }));
}

function columnKind(name: string, field: Schema, root: Schema): ColumnKind {
  const schema = field.anyOf?.find((option) => option.type !== 'null') ?? field;
  const named = NAMED[schema.$ref ?? ''];
  if (named) return named;
  const kind = SIMPLE[[definition(schema, root).type].flat().find((type) => type !== 'null') ?? ''];
  if (!kind) throw new Error(`Field ${name} of the record schema has a type the store has no column for.`);
  return kind;
}

function definition(schema: Schema, root: Schema): Schema {
  return schema.$ref ? (root.definitions?.[schema.$ref.replace('#/definitions/', '')] ?? {}) : schema;
}
