import { jsonRecord } from '../json-text.js';
import { boundedList, newestFirst } from './bounded.js';
import { keySummary } from './key-summary.js';

/** Rotation steps by key, of the keys in one bucket. */
export function keyRotations(bucket: number): string {
  return boundedList({
    group: 'r.key_id',
    record: jsonRecord('rotations', 'r'),
    order: newestFirst('r."at"."ms"', 'r'),
    from: `rotations r WHERE r.bucket = ${bucket}`,
  });
}

/** Secrets found in repositories that are a key of the bucket. */
export function keyLeaks(): string {
  return boundedList({
    group: 'l.key_id',
    record: jsonRecord('secret_findings', 'f'),
    order: newestFirst('f.first_seen."ms"', 'f'),
    from: 'subject k JOIN leaked_keys l USING (key_id) JOIN secret_findings f ON f.ordinal = l.finding',
  });
}

/** Other keys with the fingerprint of a key of the bucket, in the order of files and records. */
export function keyTwins(): string {
  return boundedList({
    group: 'k.key_id',
    record: keySummary('t'),
    order: ['t.ordinal'],
    from: `subject k JOIN twin_keys t ON t.fingerprint_start = k.fingerprint_start AND t.key_id <> k.key_id
      AND (starts_with(t.fingerprint, lower(k.fingerprint)) OR starts_with(lower(k.fingerprint), t.fingerprint))`,
  });
}
