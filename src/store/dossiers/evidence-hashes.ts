import type { Database } from '../../duckdb/database.js';
import { quotePath, quoteText, quoteTexts } from '../../duckdb/sql.js';
import { type Bucket, TIMED_FIELDS } from '../../model/index.js';
import { DOSSIERS } from './dossiers.js';

/** Statement that creates `evidence_hashes`: for each subject a hash of every member of its dossier. */
export const CREATE_EVIDENCE_HASHES =
  'CREATE TABLE evidence_hashes (kind VARCHAR, id VARCHAR, member VARCHAR, hash VARCHAR)';

/**
 * The place of a record: the same content in another row or file is no other evidence. It takes a file or record with a brace in
 * its name for longer or shorter than it is, always alike. (Told exactly, it takes 20 times as long.)
 */
const PLACE = String.raw`\{"file":"[^{}]*\}`;
const TIMED = String.raw`"(?:${TIMED_FIELDS.join('|')})":(?:null|\{[^{}]*\})`;
const HASH_LENGTH = 12;
/** Bytes; DuckDB sets twice as many aside for a thread. A larger dossier has no hashes, which states nothing. */
const LARGEST_DOSSIER = 16 * 1024 * 1024;

/** Adds the hashes of the dossiers in buckets, as `writeBuckets` wrote them. */
export async function keepEvidenceHashes(database: Database, buckets: readonly Bucket[]): Promise<void> {
  for (const bucket of buckets) await database.run(insertHashes(bucket));
}

function insertHashes({ kind, path }: Bucket): string {
  const fields = kind === 'key' ? TIMED_FIELDS.map((field) => `key.${field}`) : [];
  const members = ['not_covered', ...Object.keys(DOSSIERS[kind].members), ...fields];
  const paths = members.map((member) => `$.${member}`);
  // A row a member: vectors of whole dossiers would take more memory than the database has.
  const text = `coalesce(content::VARCHAR, 'null')`;
  const timeless = `CASE member WHEN 'key' THEN ${without(TIMED, text)} ELSE ${text} END`;
  return `INSERT INTO evidence_hashes
    SELECT ${quoteText(kind)}, id, member, left(md5(${without(PLACE, timeless)}), ${HASH_LENGTH})
    FROM (SELECT json->>'$.subject.id' AS id, unnest(${quoteTexts(members)}) AS member,
        unnest(json_extract(json, ${quoteTexts(paths)})) AS content
      FROM read_ndjson_objects(${quotePath(path)}, maximum_object_size = ${LARGEST_DOSSIER}, ignore_errors = true)
      WHERE json IS NOT NULL)`;
}

function without(pattern: string, text: string): string {
  return `regexp_replace(${text}, ${quoteText(pattern)}, '', 'g')`;
}
