import { SUBJECT_KINDS } from '../../model/index.js';
import { check } from '../check.js';
import type { RegoSourceError } from '../errors.js';
import { dossierSchemaName, publishedSchema, type Schema } from './dossier-schema.js';
import type { LoadedSet } from './load-policies.js';

/**
 * Checks the sources of a set as OPA's strict mode does, with `input` typed by the published dossier schemas that
 * METADATA names. A misspelt field is an error here, where evaluation would find nothing.
 */
export async function checkPolicies(set: Pick<LoadedSet, 'sound'>): Promise<readonly RegoSourceError[]> {
  const names = SUBJECT_KINDS.map(dossierSchemaName);
  const schemas = Object.fromEntries(names.map((name) => [name, withoutNull(publishedSchema(name))]));
  const errors = await check({ modules: set.sound, schemas });
  return errors.filter((error) => !comparesWithNull(error));
}

/** OPA's types have no null: it takes "an object or null" for anything, and would accept any field of it. */
function withoutNull(schema: Schema): Schema {
  const alternatives = schema.anyOf?.filter((one) => one.type !== 'null').map(withoutNull);
  const [only, ...others] = alternatives ?? [];
  if (only !== undefined && others.length === 0) return only;
  return {
    ...schema,
    ...(alternatives === undefined ? {} : { anyOf: alternatives }),
    ...(schema.items === undefined ? {} : { items: withoutNull(schema.items) }),
    ...(schema.properties === undefined ? {} : { properties: mapSchemas(schema.properties) }),
    ...(schema.definitions === undefined ? {} : { definitions: mapSchemas(schema.definitions) }),
  };
}

function mapSchemas(schemas: { [name: string]: Schema }): { [name: string]: Schema } {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutNull(schema)]));
}

/** The price of leaving null out: `input.period == null` is right, and OPA cannot know. */
function comparesWithNull({ reason, details = [] }: RegoSourceError): boolean {
  return reason === 'match error' && details.some((line) => /^(left|right)\s*: null$/.test(line));
}
