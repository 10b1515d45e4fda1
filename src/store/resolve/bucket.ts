/** Subjects a bucket holds, about: what one join takes into memory at a time. */
const SUBJECTS_PER_BUCKET = 4000;

/** Most buckets of a kind. */
const MAX_BUCKETS = 64;

/** Number of buckets for a number of subjects. */
export function bucketsFor(subjects: number): number {
  return Math.min(MAX_BUCKETS, Math.max(1, Math.ceil(subjects / SUBJECTS_PER_BUCKET)));
}

/** SQL expression of the number of the bucket an id falls into, from 0. */
export function bucketOf(id: string, buckets: number): string {
  return `(hash(${id}) % ${buckets})::USMALLINT`;
}
