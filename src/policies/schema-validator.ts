import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { publishedSchema } from './dossier-schema.js';

const validators = new Map<string, ValidateFunction>();

/**
 * The validator of a published schema, compiled when it is first asked for. Ajv itself is loaded then too: it takes
 * longer than loading and asking a compiled policy, which needs none.
 */
export function schemaValidator(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known) return known;
  const { Ajv } = createRequire(import.meta.url)('ajv') as typeof import('ajv');
  const options = { allErrors: true, strict: false, validateSchema: false } as const;
  const validate = new Ajv(options).compile(publishedSchema(name) as object);
  validators.set(name, validate);
  return validate;
}
