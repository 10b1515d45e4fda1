import { SUBJECT_KINDS } from '../model/index.js';
import { check } from '../opa/check.js';
import { cached } from '../opa/compile-cache.js';
import { RegoSourceError, regoErrorsOf, sourceFailure } from '../opa/errors.js';
import { TOOLCHAIN } from '../opa/toolchain-version.js';
import { dossierSchemaName, publishedSchema, type Schema } from './dossier-schema.js';
import { schemaSentence } from './policy-metadata.js';
import {
  allProblems,
  type PolicyProblem,
  type PolicySet,
  type PolicyUnit,
  sortedByPlace,
} from './policy-set.js';
import { problemOf } from './sound-modules.js';

/**
 * Checks the sources of a set as OPA's strict mode does, with `input` typed by the published dossier schemas that
 * METADATA names. A misspelt field is an error here; evaluation would find nothing.
 */
export async function checkPolicies(
  { units }: Pick<PolicySet, 'units'>,
  { cacheDir }: { cacheDir?: string | false } = {},
): Promise<readonly RegoSourceError[]> {
  const found: RegoSourceError[] = [];
  for (const unit of units) found.push(...(await checkUnit(unit, cacheDir)));
  return found;
}

/** Checks one unit. Errors in keyproof's own libraries are left out: they are reported when these are checked. */
async function checkUnit(
  { sound, library, regoVersions }: PolicyUnit,
  cacheDir: string | false | undefined,
): Promise<readonly RegoSourceError[]> {
  const names = SUBJECT_KINDS.map(dossierSchemaName);
  const schemas = Object.fromEntries(names.map((name) => [name, withoutNull(publishedSchema(name))]));
  const request = { modules: { ...library, ...sound }, regoVersion: regoVersions, schemas };
  try {
    await cached(cacheDir, ['check', TOOLCHAIN.sha256, request], () => clean(request));
    return [];
  } catch (error) {
    const errors = regoErrorsOf(error).filter((one) => one instanceof RegoSourceError);
    if (errors.length === 0) throw error;
    return errors.filter(({ file }) => file === undefined || !Object.hasOwn(library, file));
  }
}

/**
 * Returns all that is wrong with a set, as `policy check` lists it: sources, METADATA, strict mode, types, and policies
 * whose input METADATA leaves without a type. Sorted by place.
 */
export async function policyProblems(
  set: PolicySet,
  options: { cacheDir?: string | false } = {},
): Promise<PolicyProblem[]> {
  const untyped = set.units
    .flatMap(({ declared }) => declared)
    .filter(({ typed }) => !typed)
    .map(({ module, policy }) => ({ file: module, row: 1, message: schemaSentence(policy.subject) }));
  const checked = (await checkPolicies(set, options)).map(problemOf);
  return sortedByPlace([...allProblems(set), ...untyped, ...checked]);
}

/** Checks with the cache. Only that nothing is wrong is kept; what is wrong is found anew each time. */
async function clean(request: Parameters<typeof check>[0]): Promise<true> {
  const errors = (await check(request)).filter((error) => !comparesWithNull(error));
  if (errors.length > 0) throw sourceFailure(errors);
  return true;
}

/**
 * Removes null from a schema. OPA's types have no null: it takes "an object or null" for anything, and would accept any
 * field of it.
 */
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

/**
 * Returns whether an error is a comparison with null, which follows from leaving null out: `input.period == null` is
 * right, and OPA cannot know.
 */
function comparesWithNull({ reason, details = [] }: RegoSourceError): boolean {
  return reason === 'match error' && details.some((line) => /^(left|right)\s*: null$/.test(line));
}
