import type { Database } from '../../duckdb/database.js';
import { emptyTable, struct } from '../../duckdb/sql.js';
import { ACCESS_VERBS } from '../../model/index.js';
import { SQL_TYPES } from '../columns.js';
import { stands } from '../terms/grants.js';

/** Most holders of one key that are kept. */
const MOST_HOLDERS = 250;
/** Most paths and reasons of one holder that are kept. */
const MOST_PATHS = 5;
/** Most grants that those on every key (`*`) become. */
const MOST_ON_EVERY_KEY = 5_000_000;
/** Most grants of which holders are listed; more would take minutes. */
const MOST_GRANTS = 2_000_000;

const ACCESS_TYPE = `STRUCT(principal VARCHAR, kind VARCHAR, can VARCHAR[], "atMost" VARCHAR[], denied VARCHAR[], unstated BOOLEAN,
  paths VARCHAR[], reasons VARCHAR[], source ${SQL_TYPES.source})[]`;

const EMPTY_ACCESS = emptyTable('key_access', { key_id: 'VARCHAR', access: ACCESS_TYPE, total: 'BIGINT' });

/** Returns the statements that create `key_access` and `beyond` without rows, for evidence without grants or keys. */
export function createEmptyKeyAccess(beyond = 0): string[] {
  return [EMPTY_ACCESS, `CREATE TABLE beyond AS SELECT ${beyond}::BIGINT AS grants`];
}

/** Returns about how many grants reach a key, those on every key counted for each. */
export async function reachingGrants(database: Database): Promise<number> {
  const [row] = await database.rows(`SELECT count(*) FILTER (key_id <> '*')
    + least(count(*) FILTER (key_id = '*') * (SELECT count(*) FROM keys), ${MOST_ON_EVERY_KEY}) AS grants FROM grants`);
  return Number(row?.['grants'] ?? 0);
}

/**
 * Returns the statements that create `key_access` (key_id, access, total): who may do what with each key at a moment (epoch ms), by the
 * grants that reach it and stand; the first holders in the order of their names, and how many there are. What a denial takes away is
 * in `denied`, what only grants allow that may be more than their holder has in `atMost`. `beyond` counts grants on every key that are
 * too many for that.
 * @param grants about how many there are, on every key counted for each
 */
export function createKeyAccess(asOfMs: number, grants: number): string[] {
  if (grants > MOST_GRANTS) return createEmptyKeyAccess(grants);
  const parts = Math.max(1, Math.ceil(grants / GRANTS_AT_ONCE));
  const each = (statement: (part: string) => string) =>
    Array.from({ length: parts }, (_, n) => statement(`% ${parts} = ${n}`));
  return [
    `CREATE TABLE beyond AS SELECT CASE WHEN count(*) * (SELECT count(*) FROM keys) > ${MOST_ON_EVERY_KEY} THEN count(*) ELSE 0 END AS grants
      FROM grants g WHERE key_id = '*' AND ${stands('g', asOfMs)}`,
    `CREATE TABLE holders AS ${holders(asOfMs, 'IS NULL')}`,
    ...each((part) => `INSERT INTO holders ${holders(asOfMs, part)}`),
    EMPTY_ACCESS,
    ...each(
      (part) => `INSERT INTO key_access
        SELECT v.reached, arg_min(${HOLDER}, v.principal_id, ${MOST_HOLDERS}), count(*)
        FROM (SELECT *, ${verbsOf('certain', true)} AS can, ${verbsOf('list_concat(certain, doubted)', true)} AS allowed,
          ${verbsOf('list_concat(certain, doubted)', false)} AS granted FROM holders WHERE hash(reached) ${part}) v
        LEFT JOIN principals p ON p.principal_id = v.principal_id
        WHERE len(granted) > 0 OR unstated GROUP BY v.reached`,
    ),
    'DROP TABLE holders',
  ];
}

/** Grants worked out at once: lists that are made of them stay in memory. */
const GRANTS_AT_ONCE = 100_000;

/** Returns the SELECT of what reaches each key for each holder, for a part of these pairs. */
function holders(asOfMs: number, part: string): string {
  return `SELECT reached, principal_id,
      coalesce(list(DISTINCT action) FILTER (${ALLOWS} AND NOT ${IS_DOUBTED}), []) AS certain,
      coalesce(list(DISTINCT action) FILTER (${ALLOWS} AND ${IS_DOUBTED}), []) AS doubted,
      coalesce(list(DISTINCT action) FILTER (effect = 'deny'), []) AS denials,
      coalesce(bool_or(action IS NULL AND ${ALLOWS}), false) AS unstated,
      min(DISTINCT ${PATH}, ${MOST_PATHS}) AS paths,
      list_sort(list_distinct(flatten(list(DISTINCT over_approximation) FILTER (${ALLOWS} AND ${IS_DOUBTED}))))[:${MOST_PATHS}] AS reasons,
      arg_min(source, ordinal) AS source
    FROM (SELECT g.key_id AS reached, g.* FROM grants g WHERE g.key_state = 'known' AND ${stands('g', asOfMs)}
      UNION ALL SELECT k.key_id, g.* FROM grants g JOIN keys k ON g.environment IS NULL OR g.environment = k.environment
        WHERE g.key_id = '*' AND ${stands('g', asOfMs)} AND (SELECT grants FROM beyond) = 0)
    WHERE hash(reached, principal_id) ${part} GROUP BY reached, principal_id`;
}

const ALLOWS = `(effect = 'deny') IS NOT TRUE`;
const IS_DOUBTED = 'coalesce(len(over_approximation) > 0, false)';

/** The way from holder to key, in words. */
const PATH = `concat(CASE WHEN effect = 'deny' THEN 'denied: ' WHEN break_glass THEN 'break-glass: ' END,
  coalesce(nullif(array_to_string(via, ' > '), ''), 'role ' || nullif(role, ''), 'named itself'),
  CASE WHEN key_id = '*' THEN ' > scope *' END)`;

const HOLDER = struct([
  ['principal', 'v.principal_id'],
  ['kind', 'p.kind'],
  ['can', 'can'],
  ['atMost', `list_filter(allowed, lambda one: NOT list_contains(can, one))`],
  ['denied', `list_filter(granted, lambda one: NOT list_contains(allowed, one))`],
  ['unstated', 'unstated'],
  ['paths', 'paths'],
  ['reasons', 'coalesce(reasons, [])'],
  ['source', 'v.source'],
]);

/** Returns the verbs that a list of actions allows, without what `denials` take away if they count. */
function verbsOf(actions: string, denialsCount: boolean): string {
  const allows = `(a = 'admin' OR a = ${actionOf('v')} OR (a = 'read' AND v = 'use'))`;
  const denied = `(list_contains(denials, a) OR list_contains(denials, ${actionOf('v')})
    OR (v = 'use' AND a IN ('read', 'admin') AND list_contains(denials, 'read')))`;
  const verbs = ACCESS_VERBS.map((verb) => `'${verb}'`).join(', ');
  return `list_filter([${verbs}], lambda v: len(list_filter(${actions}, lambda a: ${allows}${denialsCount ? ` AND NOT ${denied}` : ''})) > 0)`;
}

/** The action of grants that is called otherwise as a verb. */
function actionOf(verb: string): string {
  return `CASE ${verb} WHEN 'delete' THEN 'revoke' ELSE ${verb} END`;
}
