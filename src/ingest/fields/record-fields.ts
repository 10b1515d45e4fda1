import { schemaOf } from '../../assets/schemas.js';
import type { RecordKind } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';

/** How a canonical field is read. */
export type FieldType = 'text' | 'number' | 'boolean' | 'enum' | 'list' | 'instant';

/** One field of a canonical record, as src/model/schemas/records.json has it. */
export type CanonicalField = {
  /** Name. */
  name: string;
  /** How it is read. */
  type: FieldType;
  /** Values of an enum; empty otherwise. */
  values: string[];
  /** Whether a record without it is rejected. */
  required: boolean;
};

/** Fields by record kind, in the schema's order; `source` is left out, because readers fill it. */
export const CANONICAL_FIELDS: { readonly [K in RecordKind]: readonly CanonicalField[] } = readFields();

/** All record kinds, in the schema's order. */
export const RECORD_KINDS: readonly RecordKind[] = Object.keys(CANONICAL_FIELDS).filter(isRecordKind);

/** Returns whether a text names a record kind. */
export function isRecordKind(text: unknown): text is RecordKind {
  return typeof text === 'string' && Object.hasOwn(CANONICAL_FIELDS, text);
}

const REQUIRED = new Map(
  RECORD_KINDS.map((kind) => [
    kind,
    CANONICAL_FIELDS[kind].filter(({ required }) => required).map(({ name }) => name),
  ]),
);

/** Returns the fields a record of this kind cannot be without. */
export function requiredFields(kind: RecordKind): readonly string[] {
  return REQUIRED.get(kind) ?? [];
}

function readFields(): { [K in RecordKind]: CanonicalField[] } {
  const schema = schemaOf<unknown>('records');
  const kinds = member(schema, 'properties');
  const fields = Object.fromEntries(
    Object.keys(kinds).map((kind) => [kind, fieldsOf(schema, member(kinds, kind))]),
  );
  return fields as { [K in RecordKind]: CanonicalField[] };
}

function fieldsOf(schema: unknown, reference: Record<string, unknown>): CanonicalField[] {
  const properties = member(resolve(schema, reference), 'properties');
  return Object.keys(properties)
    .filter((name) => name !== 'source')
    .map((name) => fieldOf(schema, name, member(properties, name)));
}

function fieldOf(schema: unknown, name: string, property: Record<string, unknown>): CanonicalField {
  const options = Array.isArray(property['anyOf']) ? property['anyOf'].filter(isObject) : [property];
  const shapes = options.map((option) => resolve(schema, option));
  const shape = shapes.find(({ type }) => type !== 'null') ?? {};
  const types = shapes.flatMap(({ type }) => type);
  const values = Array.isArray(shape['enum'])
    ? shape['enum'].filter((value) => typeof value === 'string')
    : [];
  return { name, type: fieldType(shape, values), values, required: !types.includes('null') };
}

function fieldType(shape: Record<string, unknown>, values: string[]): FieldType {
  if (values.length > 0) return 'enum';
  const types = [shape['type']].flat();
  if (types.includes('array')) return 'list';
  if (types.includes('object')) return 'instant';
  if (types.includes('boolean')) return 'boolean';
  return types.includes('number') ? 'number' : 'text';
}

function resolve(schema: unknown, shape: Record<string, unknown>): Record<string, unknown> {
  const reference = shape['$ref'];
  if (typeof reference !== 'string') return shape;
  return resolve(schema, member(member(schema, 'definitions'), reference.replace('#/definitions/', '')));
}

function member(value: unknown, name: string): Record<string, unknown> {
  const found = isObject(value) ? value[name] : undefined;
  if (isObject(found)) return found;
  throw new Error(`src/model/schemas/records.json has no ${name}`);
}
