import type { RecordKind } from '../model/index.js';
import { isObject } from '../text/is-object.js';
import { schemaOf } from './schemas.js';

/** What a canonical field contains; `list` is a list of texts, `source` the place of the record. */
export type FieldType = 'text' | 'number' | 'boolean' | 'enum' | 'list' | 'instant' | 'source';

/** One field of a canonical record, as src/model/schemas/records.json has it. */
export type RecordField = {
  /** Name. */
  name: string;
  /** What it contains. */
  type: FieldType;
  /** Values of an enum; empty otherwise. */
  values: readonly string[];
  /** Whether a record without it is no record. */
  required: boolean;
  /** What it holds, in the words of the schema. */
  description: string;
};

const NAMED: { readonly [reference: string]: FieldType } = {
  '#/definitions/Instant': 'instant',
  '#/definitions/SourceRef': 'source',
};

const SIMPLE: { readonly [type: string]: FieldType } = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'list',
};

/** Fields of every kind of record, in the order of the schema: the only list of fields there is. */
export const RECORD_FIELDS: { readonly [K in RecordKind]: readonly RecordField[] } = readFields();

function readFields(): { [K in RecordKind]: RecordField[] } {
  const schema = schemaOf<unknown>('records');
  const kinds = member(schema, 'properties');
  const fields = Object.keys(kinds).map((kind) => [kind, fieldsOf(schema, member(kinds, kind))]);
  return Object.fromEntries(fields) as { [K in RecordKind]: RecordField[] };
}

function fieldsOf(schema: unknown, reference: Record<string, unknown>): RecordField[] {
  const properties = member(resolve(schema, reference), 'properties');
  return Object.keys(properties).map((name) => fieldOf(schema, name, member(properties, name)));
}

function fieldOf(schema: unknown, name: string, property: Record<string, unknown>): RecordField {
  const options = Array.isArray(property['anyOf']) ? property['anyOf'].filter(isObject) : [property];
  const stated = options.find(({ type }) => type !== 'null') ?? {};
  const shape = resolve(schema, stated);
  const types = options.flatMap((option) => resolve(schema, option)['type']);
  const values = Array.isArray(shape['enum'])
    ? shape['enum'].filter((value) => typeof value === 'string')
    : [];
  const type = values.length > 0 ? 'enum' : (NAMED[String(stated['$ref'])] ?? simpleType(name, shape));
  const description = String(property['description'] ?? '');
  return { name, type, values, required: !types.includes('null'), description };
}

function simpleType(name: string, shape: Record<string, unknown>): FieldType {
  const types = [shape['type']].flat();
  const type = SIMPLE[String(types.find((one) => one !== 'null'))];
  if (type === undefined)
    throw new Error(`src/model/schemas/records.json: the type of ${name} is not known.`);
  return type;
}

function resolve(schema: unknown, shape: Record<string, unknown>): Record<string, unknown> {
  const reference = shape['$ref'];
  if (typeof reference !== 'string') return shape;
  return resolve(schema, member(member(schema, 'definitions'), reference.replace('#/definitions/', '')));
}

function member(value: unknown, name: string): Record<string, unknown> {
  const found = isObject(value) ? value[name] : undefined;
  if (isObject(found)) return found;
  throw new Error(`src/model/schemas/records.json has no ${name}.`);
}
