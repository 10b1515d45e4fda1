import { BOUND, type Order } from '../bounded.js';
import { grantOrder, heldWhenLeft, leaverOrder } from '../terms/grants.js';

/**
 * Returns the statement that creates `held_grants`: the grants of known principals in the order of the principals'
 * buckets (`holder_bucket`), as `grants` is in the order of the keys'. With one bucket there is nothing to gain by a
 * copy.
 */
export function createHeldGrants(principalBuckets: number): string {
  const select = `SELECT g.*, p.bucket AS holder_bucket FROM grants g JOIN principals p USING (principal_id)`;
  return principalBuckets === 1
    ? `CREATE VIEW held_grants AS ${select}`
    : `CREATE TABLE held_grants AS ${select} ORDER BY holder_bucket`;
}

/**
 * Returns the statements that create `star_grants` and `star_leavers`: grants on `*`, per environment of a key the
 * newest of those that reach it, with their number. A `*` grant without an environment reaches every key; one with an
 * environment does not reach a key whose environment is not stated.
 */
export function createStarGrants(): string[] {
  return [
    `CREATE TEMP TABLE star AS SELECT e.environment AS for_environment, g.* FROM grants g
      JOIN (SELECT DISTINCT environment FROM keys) e ON g.environment IS NULL OR g.environment = e.environment
      WHERE g.key_id = '*'`,
    newest('star_grants', 'star g', grantOrder('g')),
    newest(
      'star_leavers',
      `star g JOIN principals p USING (principal_id) WHERE ${heldWhenLeft('g', 'p')}`,
      leaverOrder('g', 'p'),
    ),
  ];
}

/** Returns the statements that create both without rows, for evidence without grants. */
export function createEmptyStarGrants(): string[] {
  return ['star_grants', 'star_leavers'].map(
    (table) =>
      `CREATE TABLE ${table} AS SELECT NULL::VARCHAR AS for_environment, g.*, 0 AS star_left FROM grants g LIMIT 0`,
  );
}

function newest(table: string, from: string, order: Order): string {
  return `CREATE TABLE ${table} AS
    SELECT g.*, greatest(count(*) OVER (PARTITION BY g.for_environment) - ${BOUND}, 0) AS star_left
    FROM ${from} QUALIFY row_number() OVER (PARTITION BY g.for_environment ORDER BY ${order.join(', ')}) <= ${BOUND}`;
}
