import { publishedSchema, type Schema } from '../../src/policies/dossier-schema.js';

/** A place of a dossier that holds one of a few values or null. */
export type ClosedField = {
  /** Names and indexes from the top. */
  path: string[];
  /** Every value that the schema allows, null left out. */
  values: (string | boolean)[];
};

/** Every place of a dossier, also in lists, that may be null and otherwise holds one of a few values. */
export function closedFields(schemaName: string, dossier: unknown): ClosedField[] {
  const root = publishedSchema(schemaName);
  return walk(root, [root], dossier, []);
}

function walk(root: Schema, schemas: readonly Schema[], value: unknown, path: string[]): ClosedField[] {
  const shapes = schemas.flatMap((schema) => resolved(root, schema));
  const values = shapes.flatMap(valuesOf);
  const mayBeNull = shapes.some(
    (shape) => [shape.type].flat().includes('null') || shape.enum?.includes(null) || shape.const === null,
  );
  if (mayBeNull && values.length > 1 && shapes.every(({ properties, items }) => !properties && !items))
    return shapes.some(isOpen) ? [] : [{ path, values: [...new Set(values)] }];
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      walk(
        root,
        shapes.flatMap(({ items }) => items ?? []),
        item,
        [...path, String(index)],
      ),
    );
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    walk(
      root,
      shapes.flatMap(({ properties }) => properties?.[name] ?? []),
      inner,
      [...path, name],
    ),
  );
}

/** Whether a schema allows more than a few values. */
function isOpen({ type, enum: values, const: only }: Schema): boolean {
  const others = [type].flat().filter((one) => one !== 'null' && one !== 'boolean' && one !== undefined);
  return values === undefined && only === undefined && others.length > 0;
}

function valuesOf({ type, enum: values = [], const: only }: Schema): (string | boolean)[] {
  const all = values.length === 0 && [type].flat().includes('boolean') ? [true, false] : [...values, only];
  return all.filter((value) => typeof value === 'string' || typeof value === 'boolean');
}

function resolved(root: Schema, schema: Schema): Schema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((inner) => resolved(root, inner));
  if (schema.$ref === undefined) return [schema];
  const target = root.definitions?.[decodeURIComponent(schema.$ref.replace('#/definitions/', ''))];
  return target === undefined ? [] : resolved(root, target);
}
