import { quoteId, struct } from '../../duckdb/sql.js';
import { columnNames } from '../columns.js';

/** A path of a repository, however a scanner writes it. */
const PATH = `regexp_replace(replace(r.path, '\\', '/'), '^(\\./)+', '')`;

/** A path of a machine, not of a repository. */
const isAbsolute = (path: string) => `regexp_matches(${path}, '^(/|[A-Za-z]:/)')`;

/** SELECT of (place, path): absolute paths of a secret that end with the only path by which others report it in that line of the repository. */
const SHORTENED = `SELECT a.place, min(b.path) AS path FROM named a JOIN (
    SELECT DISTINCT repository_id, channel, lower(secret_sha256) AS secret, line, path FROM named WHERE path <> '' AND NOT ${isAbsolute('path')}) b
  ON b.repository_id = a.repository_id AND b.line = a.line AND b.secret = lower(a.secret_sha256)
  WHERE a.repository_id <> '' AND a.secret_sha256 <> '' AND ${isAbsolute('a.path')} AND ends_with(a.path, concat('/', b.path))
    AND coalesce(a.channel, 'repository') = coalesce(b.channel, 'repository') GROUP BY a.place HAVING min(b.path) = max(b.path)`;

/** What a scanner says in full: which secret, and where. */
const PLACED = `secret_sha256 <> '' AND path <> '' AND line IS NOT NULL`;

/** Of one secret that a tool reports several times in one line, which one it is. */
const OCCURRENCE = `CASE WHEN ${PLACED} THEN dense_rank() OVER (
  PARTITION BY repository_id, channel, path, line, lower(secret_sha256), key_id, tool ORDER BY coalesce("column", 0)) END`;

/**
 * Returns the statement that gives found secrets the ids of their repositories, plain paths, and `same_as`: findings
 * that have the same one are one leak, whichever tools report it. A secret that is known by its hash is the same at the
 * same place; a path of the machine that scanned is that of the repository with which it ends, if another tool reports the same secret
 * there. One that is not (a redacted report) is the same only if everything that is reported agrees. Null, that is
 * never the same as another, if the repository is not known.
 */
export function compareLeaks(): string {
  const reported = columnNames('secret_findings').filter((name) => name !== 'source');
  const place = struct([
    ['repository', 'repository_id'],
    ['channel', `coalesce(channel, 'repository')`],
    ['kind', `coalesce("kind", 'secret')`],
    ['path', 'path'],
    ['line', 'line'],
    ['secret', 'lower(secret_sha256)'],
    ['key', 'key_id'],
    ['occurrence', OCCURRENCE],
  ]);
  return `CREATE OR REPLACE TABLE raw_secret_findings AS
    SELECT * EXCLUDE (place), CASE WHEN coalesce(repository_id, '') = '' AND coalesce(channel, 'repository') = 'repository' THEN NULL
      WHEN ${PLACED} THEN to_json(${place})::VARCHAR
      ELSE to_json(${struct(reported.map((name) => [name, quoteId(name)]))})::VARCHAR END AS same_as
    FROM (WITH named AS MATERIALIZED (SELECT r.rowid AS place, r.* REPLACE (coalesce(n.id, r.repository_id) AS repository_id, ${PATH} AS path)
      FROM raw_secret_findings r LEFT JOIN repository_names n ON n.name = lower(r.repository_id))
      SELECT f.* REPLACE (coalesce(s.path, f.path) AS path) FROM named f LEFT JOIN (${SHORTENED}) s USING (place)) ORDER BY place`;
}
