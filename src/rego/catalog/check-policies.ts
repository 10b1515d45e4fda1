import { SUBJECT_KINDS } from '../../model/index.js';
import { check } from '../check.js';
import type { RegoSourceError } from '../errors.js';
import { dossierSchemaName, publishedSchema } from './dossier-schema.js';
import type { PolicySet } from './policy-set.js';

/**
 * Checks the sources of a set as OPA's strict mode does, with `input` typed by the published dossier schemas that
 * METADATA names. A misspelt field is an error here, where evaluation would find nothing.
 */
export function checkPolicies(set: PolicySet): Promise<readonly RegoSourceError[]> {
  const names = SUBJECT_KINDS.map(dossierSchemaName);
  const schemas = Object.fromEntries(names.map((name) => [name, publishedSchema(name)]));
  return check({ modules: set.modules, schemas });
}
