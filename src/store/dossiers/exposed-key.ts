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
    [`${name}_replaced`]: `SELECT p.pair, r.key_id, p.moment, r."at", r.rotation_id FROM ${name}_pair p JOIN replacements r USING (key_id)
      WHERE r.replaces AND r."at"."ms" + r."at"."tolerance_ms" >= p.moment."ms"
      QUALIFY row_number() OVER (PARTITION BY p.pair ORDER BY r."at"."ms", r.ordinal) = 1`,
    [`${name}_ended`]: oldSecretEnded(plan, `${name}_replaced`),
    [`${name}_used`]: `SELECT p.pair, count(*) AS uses FROM ${name}_pair p JOIN events e USING (key_id)
      WHERE ${IS_USE} AND e."at"."ms" > p.moment."ms" + p.moment."tolerance_ms" GROUP BY p.pair`,
    [name]: `SELECT p.*, ${exposedKey(plan)} AS json, ${SAFE_MS} AS safe_ms FROM ${name}_pair p JOIN keys k USING (key_id)
      LEFT JOIN ${name}_replaced r USING (pair) LEFT JOIN ${name}_ended d USING (pair) LEFT JOIN ${name}_used u USING (pair)`,
  };
}

/**
 * Returns a SELECT of (pair, ended): when the log shows that the old secret of a replacement was revoked; `never` if
 * the log of that rotation shows its single steps and no revocation, null if a revocation may be of that rotation.
 */
function oldSecretEnded({ plan }: DossierPlan, replaced: string): string {
  const revokes = `s.step = 'revoked' AND (s.status = 'failure') IS NOT TRUE`;
  const own = `coalesce(s.rotation_id, '') = coalesce(r.rotation_id, '') AND s."at"."ms" <= ${plan.asOfMs}
    AND (s.rotation_id IS NOT NULL OR s."at"."ms" + s."at"."tolerance_ms" >= r.moment."ms")`;
  return `SELECT r.pair, coalesce(arg_min(s."at", s."at"."ms") FILTER (${revokes} AND ${own}), CASE WHEN
      bool_or(s.step = 'deployed' AND s.rotation_id = r.rotation_id)
      AND NOT bool_or(${revokes} AND coalesce(s.rotation_id, r.rotation_id) = r.rotation_id AND (s."at"."ms" > ${plan.asOfMs}) IS NOT TRUE)
      THEN ${NEVER} END) AS ended
    FROM ${replaced} r JOIN rotations s USING (key_id) GROUP BY r.pair`;
}

const NEVER = `{'state': 'never', 'ms': NULL, 'tolerance_ms': 0, 'day': NULL}`;

/** The first of: the old secret was revoked, the key was. */
const SAFE_MS = `least(d.ended."ms" + d.ended."tolerance_ms", CASE WHEN k.status <> 'active' THEN k.revoked."ms" + k.revoked."tolerance_ms" END)`;

/**
 * The inventory may know of a replacement that no log shows. It knows the last one only, so the first lies anywhere
 * from the moment on to that date.
 */
const REPLACED = `CASE WHEN r."at" IS NULL AND k.last_rotated."ms" >= p.moment."ms" THEN {'state': 'known', 'ms': p.moment."ms",
    'tolerance_ms': k.last_rotated."ms" + k.last_rotated."tolerance_ms" - p.moment."ms", 'day': NULL} ELSE r."at" END`;

function exposedKey({ supplied }: DossierPlan): JsonText {
  return jsonWith('k.json', [
    ['replaced', jsonValue(REPLACED)],
    ['old_revoked', jsonValue('d.ended')],
    ['last_used', jsonValue('k.last_used')],
    ['uses_after', supplied.has('events') ? 'coalesce(u.uses, 0)' : jsonConstant(null)],
  ]);
}
