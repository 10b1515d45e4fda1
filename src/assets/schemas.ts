import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { assetUrl } from './locate.js';

/** The schemas are ours and tested; to validate them too would take longer than everything else. */
const OPTIONS = { allErrors: true, strict: false, verbose: true, validateSchema: false } as const;

const parsed = new Map<string, unknown>();
const validators = new Map<string, ValidateFunction>();

/** Returns the names of all published schemas, sorted. */
export function schemaNames(): string[] {
  return readdirSync(assetUrl('schemas'))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
}

/** Returns the text of a published schema, by its file name without `.json`. */
export function schemaText(name: string): string {
  return readFileSync(assetUrl('schemas', `${name}.json`), 'utf8');
}

/** Returns a published schema as `T`, the part of JSON Schema that the caller reads; parsed once. */
export function schemaOf<T>(name: string): T {
  if (!parsed.has(name)) parsed.set(name, JSON.parse(schemaText(name)));
  return parsed.get(name) as T;
}

/**
 * Returns the validator of a published schema, compiled when it is first asked for. Ajv is loaded then too: both take
 * longer than most commands need.
 */
export function schemaValidator<T = unknown>(name: string): ValidateFunction<T> {
  const known = validators.get(name);
  if (known) return known as ValidateFunction<T>;
  const { Ajv } = createRequire(import.meta.url)('ajv') as typeof import('ajv');
  const validate = new Ajv(OPTIONS).compile<T>(schemaOf<object>(name));
  validators.set(name, validate as ValidateFunction);
  return validate;
}
