import { emptyTable } from '../../duckdb/sql.js';
import { ZONE_TOLERANCE_MS } from '../../model/index.js';
import { SQL_TYPES } from '../columns.js';
import { IS_USE } from '../terms/conditions.js';

/**
 * Steps that put new secret material in place; one that was only generated or stored is not in use yet. A key that is
 * created outside a rotation works from then on. A verification counts only if the log states that it succeeded.
 */
const COMPLETES = `("at"."state" = 'known' AND (
  (step IN ('deployed', 'rotated') OR step = 'created' AND rotation_id IS NULL) AND (status = 'failure') IS NOT TRUE
  OR step = 'verified' AND status = 'success'))`;

/** Steps that take back what the same rotation did up to then. */
const TAKES_BACK = `(step IN ('failed', 'rolled-back')
  OR status = 'failure' AND step IN ('generated', 'stored', 'deployed', 'verified', 'rotated'))`;

/** Not a verification of a secret that its rotation had put in place before: such a step replaces nothing, however late it is. */
const REPLACES = `((step = 'verified' AND rotation_id IS NOT NULL AND "at"."ms" >=
  min("at"."ms") FILTER (step <> 'verified') OVER (PARTITION BY key_id, rotation_id)) IS NOT TRUE)`;

/**
 * Returns the statements that create `replacements` (key_id, rotation_id, step, at, source, ordinal, replaces), the steps
 * that show a secret in place up to the as-of date (epoch ms, UTC), with whether they put it there, and `key_times` (key_id, rotated, used), the last of them
 * and the last use.
 */
export function createKeyTimes(asOfMs: number): string[] {
  return [
    `CREATE TABLE replacements AS
    WITH taken_back AS (SELECT key_id, rotation_id, max(coalesce("at"."ms", 9007199254740991)) AS until FROM rotations
      WHERE rotation_id IS NOT NULL AND ${TAKES_BACK} GROUP BY key_id, rotation_id)
    SELECT key_id, rotation_id, step, "at", source, ordinal, ${REPLACES} AS replaces
      FROM rotations LEFT JOIN taken_back USING (key_id, rotation_id)
      WHERE ${COMPLETES} AND "at"."ms" <= ${asOfMs} AND (until IS NULL OR until < "at"."ms")`,
    `CREATE TABLE key_times AS
    WITH rotated AS (SELECT key_id, ${latest()} AS rotated FROM replacements WHERE replaces GROUP BY key_id),
    used AS (SELECT key_id, ${latest()} AS used FROM events
      WHERE ${IS_USE} AND "at"."state" = 'known' AND "at"."ms" <= ${asOfMs} AND key_state = 'known' GROUP BY key_id)
    SELECT coalesce(rotated.key_id, used.key_id) AS key_id, rotated, used FROM rotated FULL JOIN used USING (key_id)`,
  ];
}

/** Returns the statements that create both without rows, for evidence without rotation logs and audit logs. */
export function createEmptyKeyTimes(): string[] {
  const { text, instant, source } = SQL_TYPES;
  return [
    emptyTable('replacements', {
      key_id: text,
      rotation_id: text,
      step: text,
      at: instant,
      source,
      ordinal: 'BIGINT',
      replaces: 'BOOLEAN',
    }),
    emptyTable('key_times', { key_id: text, rotated: instant, used: instant }),
  ];
}

/**
 * Returns the later of what the inventory states and what the logs show; a log beats `never`, `not-tracked` and no
 * date. Of an inventory that states only until when at the latest, the log raises the earliest moment.
 */
export function laterOf(inventory: string, log: string): string {
  const until = `${inventory}."ms" + ${inventory}."tolerance_ms"`;
  return `CASE WHEN ${log} IS NULL OR ${inventory}."state" = 'known' AND ${inventory}."ms" >= ${log}."ms" THEN ${inventory}
    WHEN ${isOpen(inventory)} AND ${until} > ${log}."ms" + ${log}."tolerance_ms"
    THEN {'state': 'known', 'ms': ${log}."ms", 'tolerance_ms': ${until} - ${log}."ms", 'day': ${inventory}."day"} ELSE ${log} END`;
}

/** Returns the condition that all that is known of a date is until when at the latest it was. */
export function isOpen(instant: string): string {
  return `coalesce(${instant}."state" = 'known' AND ${instant}."tolerance_ms" > ${ZONE_TOLERANCE_MS}, false)`;
}

/**
 * Returns the newest `at` of a group as an Instant; of equal times the least exact one, whatever the order of the rows.
 */
function latest(): string {
  return `{'state': 'known', 'ms': max("at"."ms"), 'tolerance_ms':
    (max("at"."ms"::HUGEINT * 1000000000 + "at"."tolerance_ms") % 1000000000)::BIGINT,
    'day': arg_max_null("at"."day", "at"."ms"::HUGEINT * 1000000000 + "at"."tolerance_ms")}`;
}
