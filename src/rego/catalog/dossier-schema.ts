import { readFileSync } from 'node:fs';
import type { SubjectKind } from '../../model/index.js';
import { packageRoot } from '../../package-root.js';

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

/** A published schema by its file name without `.json`. */
export function publishedSchema(name: string): Schema {
  return JSON.parse(readFileSync(new URL(`src/model/schemas/${name}.json`, packageRoot), 'utf8')) as Schema;
}

/** Name of the schema of a subject kind's dossier, as METADATA `schemas` has it. */
export function dossierSchemaName(kind: SubjectKind): string {
  return `dossier-${kind}`;
}

/** Whether dossiers of the schema can have a value at a path such as `key.last_rotated`. */
export function hasPath(root: Schema, path: string): boolean {
  return schemasAt(root, path).length > 0;
}

/** What the schema says of the value at a path; empty where it says nothing. */
export function pathDescription(root: Schema, path: string): string {
  return schemasAt(root, path).find(({ description }) => description !== undefined)?.description ?? '';
}

function schemasAt(root: Schema, path: string): Schema[] {
  let found: Schema[] = [root];
  for (const name of path.split('.')) {
    found = found
      .flatMap((schema) => shapes(root, schema))
      .flatMap((schema) => schema.properties?.[name] ?? []);
  }
  return found;
}

/**
 * A dossier with null for every field that its record leaves out and may leave out, as the store writes it. The members
 * of the dossier itself are left as they are: whether an export was supplied has to be said.
 */
export function withNulls(root: Schema, dossier: Record<string, unknown>): Record<string, unknown> {
  const members = Object.entries(dossier).map(([name, value]) => [
    name,
    filled(root, root.properties?.[name], value),
  ]);
  return Object.fromEntries(members) as Record<string, unknown>;
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
  const absent = Object.keys(properties).filter(
    (name) => !(name in value) && allowsNull(root, properties[name]),
  );
  return { ...Object.fromEntries(known), ...Object.fromEntries(absent.map((name) => [name, null])) };
}

/** A schema with references followed and alternatives laid out. */
function shapes(root: Schema, schema: Schema): Schema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((inner) => shapes(root, inner));
  if (schema.$ref === undefined) return [schema];
  const target = root.definitions?.[decodeURIComponent(schema.$ref.replace('#/definitions/', ''))];
  return target === undefined ? [] : shapes(root, target);
}

function allowsNull(root: Schema, schema: Schema | undefined): boolean {
  if (schema === undefined) return false;
  return shapes(root, schema).some(
    ({ type, const: only, enum: values }) =>
      [type].flat().includes('null') || only === null || (values?.includes(null) ?? false),
  );
}
