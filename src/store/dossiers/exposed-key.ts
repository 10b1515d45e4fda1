import type { RecordKind } from '../../model/index.js';
import { type JsonText, jsonConstant, jsonValue, jsonWith } from '../json-text.js';
import { IS_USE } from '../terms/conditions.js';
import type { DossierPlan, Queries } from './dossier.js';

/** Kinds that an `ExposedKey` leans on beside the keys. */
export const SHOWN_OF_EXPOSED: readonly RecordKind[] = ['rotations', 'events'];

/**
 * Returns named sub-queries that end in `name` (the columns of `pairs`, `json` of an `ExposedKey`, `replaced_ms`): keys
 * with what happened to them after a moment.
 * @param pairs SELECT of at least `pair` (a number that tells its rows apart), `key_id` and `moment` (an Instant)
 */
export function exposedKeys(plan: DossierPlan, name: string, pairs: string): Queries {
  return {
    [`${name}_pair`]: pairs,
    [`${name}_replaced`]: `SELECT p.pair, arg_min(r."at", r."at"."ms") AS "at" FROM ${name}_pair p JOIN replacements r USING (key_id)
      WHERE r."at"."ms" + r."at"."tolerance_ms" >= p.moment."ms" GROUP BY p.pair`,
    [`${name}_used`]: `SELECT p.pair, count(*) AS uses FROM ${name}_pair p JOIN events e USING (key_id)
      WHERE ${IS_USE} AND e."at"."ms" > p.moment."ms" + p.moment."tolerance_ms" GROUP BY p.pair`,
    [name]: `SELECT p.*, ${exposedKey(plan)} AS json, (${REPLACED})."ms" + (${REPLACED})."tolerance_ms" AS replaced_ms FROM ${name}_pair p
      JOIN keys k USING (key_id) LEFT JOIN ${name}_replaced r USING (pair) LEFT JOIN ${name}_used u USING (pair)`,
  };
}

/**
 * The inventory may know of a replacement that no log shows. It knows the last one only, so the first lies anywhere
 * from the moment on to that date.
 */
const REPLACED = `CASE WHEN r."at" IS NULL AND k.last_rotated."ms" >= p.moment."ms" THEN {'state': 'known', 'ms': p.moment."ms",
    'tolerance_ms': k.last_rotated."ms" + k.last_rotated."tolerance_ms" - p.moment."ms", 'day': NULL} ELSE r."at" END`;

function exposedKey({ supplied }: DossierPlan): JsonText {
  return jsonWith('k.json', [
    ['replaced', jsonValue(REPLACED)],
    ['last_used', jsonValue('k.last_used')],
    ['uses_after', supplied.has('events') ? 'coalesce(u.uses, 0)' : jsonConstant(null)],
  ]);
}
