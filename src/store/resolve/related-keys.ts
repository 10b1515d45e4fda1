import { emptyTable } from '../../duckdb/sql.js';
import { SHOWN } from '../bounded.js';

/**
 * Returns the statements that create `leaked_keys` (finding, key_id): the keys a found secret is, because the export
 * names the key or because its hash begins with the key's fingerprint; `first_leaked_key` keeps one of them, a named
 * one first.
 */
export function createLeakedKeys(): string[] {
  return [
    `CREATE TABLE leaked_keys AS SELECT finding, key_id, max(named) AS named FROM (
      SELECT ordinal AS finding, key_id, true AS named FROM secret_findings WHERE key_state = 'known'
      UNION ALL SELECT f.ordinal, k.key_id, false FROM secret_findings f
        JOIN keys k ON k.fingerprint_start = lower(f.secret_sha256[1:16])
        AND starts_with(lower(f.secret_sha256), lower(k.fingerprint)))
      GROUP BY finding, key_id`,
    `CREATE TABLE first_leaked_key AS SELECT finding, key_id FROM leaked_keys
      QUALIFY row_number() OVER (PARTITION BY finding ORDER BY named DESC, key_id) = 1`,
  ];
}

/** Returns the statements that create both without rows, for evidence without keys or without findings. */
export function createNoLeakedKeys(): string[] {
  const pair = { finding: 'BIGINT', key_id: 'VARCHAR' };
  return [emptyTable('leaked_keys', { ...pair, named: 'BOOLEAN' }), emptyTable('first_leaked_key', pair)];
}

/** Returns the statement that creates `twin_keys`: keys that share the first 16 characters of their fingerprints. */
export function createTwinKeys(): string {
  return `CREATE TABLE twin_keys AS SELECT key_id, json,
    lower(fingerprint) AS fingerprint, fingerprint_start, ordinal,
    row_number() OVER (PARTITION BY fingerprint_start ORDER BY ordinal) AS place
    FROM keys WHERE fingerprint_start IN (
      SELECT fingerprint_start FROM keys WHERE fingerprint_start IS NOT NULL GROUP BY fingerprint_start HAVING count(*) > 1)
    QUALIFY place <= ${SHOWN + 1}`;
}
