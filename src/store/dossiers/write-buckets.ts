import { join } from 'node:path';
import type { Database } from '../../duckdb/database.js';
import { quoteText } from '../../duckdb/sql.js';
import { type Bucket, SUBJECT_KINDS, SUBJECT_TABLES, TABLED_SUBJECTS } from '../../model/index.js';
import type { DossierPlan } from './dossier.js';
import { dossierSelect } from './dossier-select.js';
import { DOSSIERS } from './dossiers.js';

/** The one column of each row as it is: CSV without a header and without quotes. JSON text has no line breaks. */
const AS_LINES = `(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\x01')`;

/**
 * The next bucket needs the memory that the last one freed, and fetching all of it from the system again costs a
 * quarter of the time.
 */
const KEEP_FREED_MEMORY = [
  `SET allocator_flush_threshold = '32MB'`,
  `SET allocator_bulk_deallocation_flush_threshold = '64MB'`,
];

/**
 * Writes every dossier as NDJSON, one file a bucket. Each bucket is one join of its own subjects, so memory depends on
 * the size of a bucket and not of the evidence. Empty buckets are left out.
 */
export async function writeBuckets(database: Database, context: DossierPlan, dir: string): Promise<Bucket[]> {
  const buckets = (await subjectCounts(database)).map((bucket) => ({
    ...bucket,
    path: join(dir, `${bucket.kind}-${String(bucket.index).padStart(4, '0')}.ndjson`),
  }));
  await database.run(...KEEP_FREED_MEMORY);
  const tooBig: Bucket[] = [];
  await database.each(buckets, async (bucket, run) => {
    await run(copyBucket(bucket, context)).catch((error: unknown) => {
      if (!isOutOfMemory(error)) throw error;
      tooBig.push(bucket);
    });
  });
  await writeAlone(database, tooBig, context);
  return buckets;
}

/**
 * Writes what did not fit beside another bucket: it has the memory for itself now, on one thread, since every operator of the join
 * takes memory for each thread.
 */
async function writeAlone(
  database: Database,
  buckets: readonly Bucket[],
  context: DossierPlan,
): Promise<void> {
  if (buckets.length === 0) return;
  await database.run('SET threads = 1');
  for (const bucket of buckets) await database.run(copyBucket(bucket, context));
  await database.run(`SET threads = ${database.threads}`);
}

function copyBucket({ kind, index, path }: Bucket, context: DossierPlan): string {
  return `COPY (${dossierSelect(DOSSIERS[kind], context, index)}) TO ${quoteText(path)} ${AS_LINES}`;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory Error');
}

/** Counts the subjects of each bucket, in the order of kinds and buckets. */
async function subjectCounts(database: Database): Promise<Omit<Bucket, 'path'>[]> {
  const counts = TABLED_SUBJECTS.map(
    ({ kind, table }) =>
      `SELECT ${quoteText(kind)} AS kind, bucket, count(*) AS subjects FROM ${table} GROUP BY bucket`,
  );
  const rows = await database.rows(`${counts.join(' UNION ALL ')} ORDER BY kind, bucket`);
  return SUBJECT_KINDS.flatMap((kind) => {
    if (SUBJECT_TABLES[kind] === null) return [{ kind, index: 0, subjects: 1 }];
    const own = rows.filter((row) => row['kind'] === kind);
    return own.map((row) => ({ kind, index: Number(row['bucket']), subjects: Number(row['subjects']) }));
  });
}
