import { schemaOf } from '../assets/schemas.js';
import type { SubjectKind } from '../model/index.js';

/** The part of JSON Schema that the published dossier schemas use. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: { [name: string]: Schema };
  items?: Schema;
  required?: string[];
  description?: string;
  definitions?: { [name: string]: Schema };
};

/** Returns a published schema by its file name without `.json`. */
export function publishedSchema(name: string): Schema {
  return schemaOf<Schema>(name);
}

/** Returns the name of the schema of a subject kind's dossier, as METADATA `schemas` has it. */
export function dossierSchemaName(kind: SubjectKind): string {
  return `dossier-${kind}`;
}

/** Returns whether dossiers of the schema can have a value at a path such as `key.last_rotated`. */
export function hasPath(root: Schema, path: string): boolean {
  return schemasAt(root, path).length > 0;
}

/** Returns the description of the value at a path in the schema; empty if it has none. */
export function pathDescription(root: Schema, path: string): string {
  return schemasAt(root, path).find(({ description }) => description !== undefined)?.description ?? '';
}

/** Returns the values that the schema allows at a path, null left out; none if it allows more than a few. */
export function valuesAt(root: Schema, path: string): (string | boolean)[] {
  return schemasAt(root, path)
    .flatMap((schema) => shapes(root, schema))
    .flatMap(({ type, enum: values = [], const: only }) =>
      [type].flat().includes('boolean') ? [true, false] : [...values, only],
    )
    .filter((value) => typeof value === 'string' || typeof value === 'boolean');
}

function schemasAt(root: Schema, path: string): Schema[] {
  let found: Schema[] = [root];
  for (const name of path.split('.')) {
    found = found
      .flatMap((schema) => shapes(root, schema))
      .flatMap(({ properties = {} }) => (Object.hasOwn(properties, name) ? (properties[name] ?? []) : []));
  }
  return found;
}

/**
 * Returns a dossier as the store writes it if the evidence contains nothing more: null for what is left out and may be
 * null, else none of it (0, an empty list). What cannot be left out without inventing something (ids, sources) stays
 * left out.
 */
export function asStored(root: Schema, dossier: Record<string, unknown>): Record<string, unknown> {
  return filled(root, root, dossier) as Record<string, unknown>;
}

function filled(root: Schema, schema: Schema | undefined, value: unknown): unknown {
  if (schema === undefined || value === null || typeof value !== 'object') return value;
  const all = shapes(root, schema);
  if (Array.isArray(value)) {
    const items = all.find((shape) => shape.items !== undefined)?.items;
    return value.map((item) => filled(root, items, item));
  }
  const properties = all.find((shape) => shape.properties !== undefined)?.properties ?? {};
  const known = Object.entries(value).map(([name, inner]) => [name, filled(root, properties[name], inner)]);
  const absent = Object.entries(properties)
    .filter(([name]) => !(name in value))
    .map(([name, inner]) => [name, nothing(root, inner)])
    .filter(([, empty]) => empty !== undefined);
  return Object.fromEntries([...known, ...absent]);
}

/** Returns the empty value: null, 0, an empty list, or an object of these; undefined if there is none. */
function nothing(root: Schema, schema: Schema): unknown {
  if (allowsNull(root, schema)) return null;
  const [shape] = shapes(root, schema);
  const types = [shape?.type].flat();
  if (types.includes('number') || types.includes('integer')) return 0;
  if (types.includes('array')) return [];
  if (shape?.properties === undefined) return undefined;
  const members = (shape.required ?? []).map((name) => [name, nothing(root, shape.properties?.[name] ?? {})]);
  return members.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(members);
}

/** Returns a schema with references followed and alternatives laid out. */
function shapes(root: Schema, schema: Schema): Schema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((inner) => shapes(root, inner));
  if (schema.$ref === undefined) return [schema];
  const target = root.definitions?.[decodeURIComponent(schema.$ref.replace('#/definitions/', ''))];
  return target === undefined ? [] : shapes(root, target);
}

function allowsNull(root: Schema, schema: Schema): boolean {
  return shapes(root, schema).some(
    ({ type, const: only, enum: values }) =>
      [type].flat().includes('null') || only === null || (values?.includes(null) ?? false),
  );
}
