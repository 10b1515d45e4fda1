import { quoteId } from '../../duckdb/sql.js';
import { type RecordKind, TABLED_SUBJECTS } from '../../model/index.js';
import { BOUND } from '../bounded.js';

/** Records the dossiers of a bucket hold, about: what one join takes into memory at a time (some 15 MB of JSON). */
const RECORDS_PER_BUCKET = 16_000;

/** Most buckets of a kind. */
const MAX_BUCKETS = 4096;

/**
 * Records that go into the dossiers of a kind, beside the subject itself: SQL expressions over the tables as read. An
 * estimate: it decides how much is done at a time and nothing else.
 */
const RELATED: { readonly [K in RecordKind]?: readonly string[] } = {
  keys: [
    '(SELECT count(*) FROM raw_rotations)',
    '(SELECT count(*) FROM raw_grants)',
    `(SELECT count(*) FROM raw_events WHERE category = 'read-secret' AND actor_type = 'human')`,
    `(SELECT least(count(*), ${BOUND}) FROM raw_grants WHERE key_id = '*') * (SELECT count(*) FROM raw_keys)`,
  ],
  principals: ['(SELECT count(*) FROM raw_grants)', '(SELECT count(*) FROM raw_keys)'],
  repositories: ['(SELECT count(*) FROM raw_secret_findings)'],
  vendors: ['(SELECT count(*) FROM raw_keys)', '(SELECT count(*) FROM raw_routes)'],
};

/**
 * Returns a SELECT of one number: how many buckets the dossiers of a kind of subject are spread over. Ten million rows of an inventory
 * may be two thousand keys, and a dossier keeps the first records of a list however long it is.
 */
export function countBuckets(table: RecordKind): string {
  const kept = (RELATED[table] ?? []).map((records) => `least(${records}, ${BOUND} * subjects)`);
  const records = ['2 * subjects', ...kept].join(' + ');
  return `SELECT least(greatest(ceil((${records}) / ${RECORDS_PER_BUCKET}), 1), ${MAX_BUCKETS})::INTEGER AS buckets
    FROM (SELECT approx_count_distinct(id) AS subjects FROM (${idsOf(table)}))`;
}

/** Returns a SELECT of the ids of subjects: a repository is known by a secret found in it, too. */
function idsOf(table: RecordKind): string {
  const own = `SELECT ${quoteId(idOfSubject(table))} AS id FROM raw_${table}`;
  return table === 'repositories' ? `${own} UNION ALL SELECT repository_id FROM raw_secret_findings` : own;
}

function idOfSubject(table: RecordKind): string {
  const id = TABLED_SUBJECTS.find((one) => one.table === table)?.id;
  if (id === undefined) throw new Error(`there are no subjects in ${table}`);
  return id;
}

/** Type of the number of a bucket. */
export const BUCKET_TYPE = 'USMALLINT';

/** Returns the SQL expression of the number of the bucket an id falls into, from 0. */
export function bucketOf(id: string, buckets: number): string {
  return `(hash(${id}) % ${buckets})::${BUCKET_TYPE}`;
}
