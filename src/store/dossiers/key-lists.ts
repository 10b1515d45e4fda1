import { recordStruct } from '../record-struct.js';
import { BOUND, boundedList } from './bounded.js';
import { keySummary } from './key-summary.js';
import { newestFirst } from './orders.js';

/** Rotation steps by key, of the keys in one bucket. */
export function keyRotations(bucket: number): string {
  return boundedList({
    group: 'r.key_id',
    record: recordStruct('rotations', 'r'),
    order: newestFirst('r."at"."ms"', 'r'),
    from: `rotations r WHERE r.bucket = ${bucket}`,
  });
}

/** Secrets found in repositories that are a key of `subject_key`. */
export function keyLeaks(): string {
  return boundedList({
    group: 'l.key_id',
    record: recordStruct('secret_findings', 'f'),
    order: newestFirst('f.first_seen."ms"', 'f'),
    from: 'subject_key k JOIN leaked_keys l USING (key_id) JOIN secret_findings f ON f.ordinal = l.finding',
  });
}

/** Other keys with the fingerprint of a key of `subject_key`, oldest evidence first. */
export function keyTwins(): string {
  return `SELECT id, list(twin ORDER BY place) AS records FROM (
    SELECT k.key_id AS id, ${keySummary('t')} AS twin, t.place FROM subject_key k JOIN twin_keys t
      ON t.fingerprint_start = k.fingerprint_start AND t.key_id <> k.key_id
      AND (starts_with(t.fingerprint, k.fingerprint) OR starts_with(k.fingerprint, t.fingerprint))
    QUALIFY row_number() OVER (PARTITION BY k.key_id ORDER BY t.place) <= ${BOUND}) GROUP BY id`;
}
