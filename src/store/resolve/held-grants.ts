/**
 * Statement that creates `held_grants`: the grants of known principals in the order of the principals' buckets
 * (`holder_bucket`), as `grants` is in the order of the keys'. With one bucket there is nothing to gain by a copy.
 */
export function createHeldGrants(principalBuckets: number): string {
  const select = `SELECT g.*, p.bucket AS holder_bucket FROM grants g JOIN principals p USING (principal_id)`;
  return principalBuckets === 1
    ? `CREATE VIEW held_grants AS ${select}`
    : `CREATE TABLE held_grants AS ${select} ORDER BY holder_bucket`;
}
