/** Kind of actor that a kind of principal is. */
const KIND = `CASE p.kind WHEN 'human' THEN 'human' WHEN 'service' THEN 'service' WHEN 'workload' THEN 'service' END`;

/**
 * Statements by which an actor of whom a log does not state whether it is a person is what the records of people and
 * workloads say of it.
 */
export const ACTORS_BY_DIRECTORY: readonly string[] = ['events', 'rotations'].map(
  (table) => `UPDATE ${table} SET actor_type = ${KIND} FROM distinct_principals p
    WHERE ${table}.actor_type IS NULL AND p.principal_id = ${table}.actor AND ${KIND} IS NOT NULL`,
);
