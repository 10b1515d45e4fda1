import { struct } from '../../duckdb/sql.js';
import { IS_DISMISSED, IS_SECRET } from '../terms/conditions.js';

/** Most rotations and exposures of one key that subjects.parquet keeps. */
const MOST_ROTATIONS = 50;
const MOST_EXPOSURES = 20;

/** Completed rotations of some keys, newest first; the steps of one rotation count once, at the last of them. */
const rotationsOf = (
  keys: string,
) => `SELECT key_id, list_sort(list(DISTINCT ms), 'DESC')[:${MOST_ROTATIONS}] AS rotations
  FROM (SELECT key_id, max("at"."ms") AS ms FROM replacements WHERE key_id IN (${keys})
    GROUP BY key_id, coalesce(rotation_id, "at"."ms"::VARCHAR)) GROUP BY key_id`;

/** The first replacement of a key's secret since a moment, by a log, or else the last one that the inventory states. */
const REPLACED = `coalesce(min(r."at"."ms"), CASE WHEN any_value(k.last_rotated."ms") >= f.first_seen."ms"
  THEN any_value(k.last_rotated."ms") END)`;

/** Secrets found that are each key, one a place and date. */
const FOUND = `SELECT l.key_id, f.first_seen."ms" AS "from", ${REPLACED} AS replaced,
    coalesce(f.repository_id, f.channel) AS place
  FROM leaked_keys l JOIN secret_findings f ON f.ordinal = l.finding AND ${IS_SECRET} AND NOT coalesce(${IS_DISMISSED}, false)
  JOIN keys k ON k.key_id = l.key_id
  LEFT JOIN replacements r ON r.key_id = l.key_id AND r.replaces AND r."at"."ms" + r."at"."tolerance_ms" >= f.first_seen."ms"
  WHERE f.first_seen."state" = 'known'
  GROUP BY l.key_id, f.first_seen."ms", coalesce(f.repository_id, f.channel)`;

const EXPOSURES = `SELECT key_id, list_sort(list({'from': "from", 'replaced': replaced, 'place': place}))[:${MOST_EXPOSURES}] AS exposures
  FROM (${FOUND}) GROUP BY key_id`;

const HAS_GRANTS = `EXISTS (FROM supplied WHERE kind = 'grants')`;

/**
 * Returns the SELECT of (kind, key_id, life), `kind` always `key`, so that subjects are joined by equal columns alone: where each key is
 * kept and what happened to it; see `KeyLife` of the model.
 * @param keys SELECT of the ids of the keys.
 */
export function keyLives(keys: string): string {
  return `SELECT 'key' AS kind, k.key_id, ${struct([
    ['store', 'k.store'],
    ['storage', 'k.storage'],
    ['tier', 'k.risk_tier'],
    ['created', 'k.created'],
    ['rotated', 'k.last_rotated'],
    ['used', 'k.last_used'],
    ['expires', 'k.expires'],
    ['revoked', 'k.revoked'],
    ['rotations', 'coalesce(r.rotations, [])'],
    ['exposures', 'coalesce(e.exposures, [])'],
    ['access', `CASE WHEN ${HAS_GRANTS} THEN coalesce(a.access, []) END`],
    [
      'accessTotal',
      `(coalesce(a.total, 0) + (SELECT grants FROM unspread) + (SELECT grants FROM beyond))::INTEGER`,
    ],
  ])} AS life
  FROM keys k LEFT JOIN key_access a ON a.key_id = k.key_id LEFT JOIN (${rotationsOf(keys)}) r ON r.key_id = k.key_id LEFT JOIN (${EXPOSURES}) e ON e.key_id = k.key_id
    WHERE k.key_id IN (${keys})`;
}
