import { quoteId, struct } from '../../duckdb/sql.js';
import { columnNames } from '../columns.js';

/** A path of a repository, however a scanner writes it. */
const PATH = `regexp_replace(replace(r.path, '\\', '/'), '^(\\./)+', '')`;

/** What a scanner says in full: which secret, and where. */
const PLACED = `secret_sha256 <> '' AND path <> '' AND line IS NOT NULL`;

/** Of one secret that a tool reports several times in one line, which one it is. */
const OCCURRENCE = `CASE WHEN ${PLACED} THEN dense_rank() OVER (
  PARTITION BY repository_id, channel, path, line, lower(secret_sha256), key_id, tool ORDER BY coalesce("column", 0)) END`;

/**
 * Returns the statement that gives found secrets the ids of their repositories, plain paths, and `same_as`: findings
 * that have the same one are one leak, whichever tools report it. A secret that is known by its hash is the same at the
 * same place. One that is not (a redacted report) is the same only if everything that is reported agrees. Null, that is
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
    FROM (SELECT r.rowid AS place, r.* REPLACE (coalesce(n.id, r.repository_id) AS repository_id, ${PATH} AS path)
      FROM raw_secret_findings r LEFT JOIN repository_names n ON n.name = lower(r.repository_id)) ORDER BY place`;
}
