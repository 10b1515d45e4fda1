import { groupBy } from '../text/group-by.js';
import { type DroppedSecret, FACTOR, keyedDigest, LEAVING, WINDOW } from './dropped.js';

const BUCKETS = 1 << 16;

/**
 * Returns a search for dropped secrets in bytes: one pass with a rolling hash of 8 bytes, and a keyed digest where that
 * matches the beginning of one. The search knows no value, only hashes.
 */
export function findDropped(dropped: readonly DroppedSecret[], key: string): (bytes: Uint8Array) => boolean {
  if (dropped.length === 0) return () => false;
  const byHead = groupBy(dropped, ({ head }) => head);
  const marks = new Uint8Array(BUCKETS);
  for (const { head } of dropped) marks[head >>> 16] = 1;
  const begins = (head: number, at: number, bytes: Uint8Array): boolean =>
    byHead
      .get(head)
      ?.some((secret) => keyedDigest(bytes.subarray(at, at + secret.bytes), key) === secret.digest) ?? false;
  return (bytes) => {
    let hash = 0;
    for (let end = 0; end < bytes.length; end += 1) {
      hash = (Math.imul(hash, FACTOR) + (bytes[end] ?? 0)) | 0;
      if (end >= WINDOW) hash = (hash - Math.imul(LEAVING, bytes[end - WINDOW] ?? 0)) | 0;
      if (marks[hash >>> 16] === 1 && end >= WINDOW - 1 && begins(hash, end - WINDOW + 1, bytes)) return true;
    }
    return false;
  };
}
