import { jsonRecord } from '../json-text.js';
import { boundedList, newestFirst } from './bounded.js';
import { MANAGES_KEY } from './key-events.js';
import { keySummary } from './key-summary.js';
import { IS_SECRET } from './secret-finding.js';

/** A year of monthly rotations in seven steps, twice over. */
const MOST_STEPS = 168;

/** Rotation steps by key, of the keys in one bucket. */
export function keyRotations(bucket: number): string {
  return boundedList({
    group: 'r.key_id',
    record: jsonRecord('rotations', 'r'),
    order: newestFirst('r."at"."ms"', 'r'),
    from: `rotations r WHERE r.bucket = ${bucket}`,
    bound: MOST_STEPS,
  });
}

/** Secrets found in repositories that are a key of the bucket. */
export function keyLeaks(): string {
  return boundedList({
    group: 'l.key_id',
    record: jsonRecord('secret_findings', 'f'),
    order: newestFirst('f.first_seen."ms"', 'f'),
    from: `subject k JOIN leaked_keys l USING (key_id) JOIN secret_findings f ON f.ordinal = l.finding AND ${IS_SECRET}`,
  });
}

/** Steps that the audit log of a store shows too. */
const STORE_STEPS = `('created', 'generated', 'stored', 'rotated', 'revoked')`;

/** Time by which two logs may differ on one event, ms. */
const LOG_DELAY_MS = 5 * 60_000;

/** Steps in the time that the audit logs cover, without an event of key management beside them. */
export function keyUnloggedSteps(bucket: number): string {
  return boundedList({
    group: 'r.key_id',
    record: jsonRecord('rotations', 'r'),
    order: newestFirst('r."at"."ms"', 'r'),
    from: `rotations r WHERE r.bucket = ${bucket} AND r.step IN ${STORE_STEPS}
      AND r."at"."ms" BETWEEN (SELECT min("at"."ms") FROM events) AND (SELECT max("at"."ms") FROM events)
      AND NOT EXISTS (FROM events e WHERE e.bucket = ${bucket} AND e.key_id = r.key_id AND ${MANAGES_KEY}
        AND e."at"."ms" <= r."at"."ms" + r."at"."tolerance_ms" + ${LOG_DELAY_MS}
        AND e."at"."ms" + e."at"."tolerance_ms" >= r."at"."ms" - ${LOG_DELAY_MS})`,
  });
}

/** Sign-offs of the sandbox of the integration that a key of the bucket serves. */
export function keySignoffs(): string {
  return boundedList({
    group: 'k.key_id',
    record: jsonRecord('changes', 'c'),
    order: newestFirst('c.approved_at."ms"', 'c'),
    from: `subject k JOIN changes c ON lower(c.integration) = lower(k.integration) AND c.kind = 'sandbox-signoff'`,
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
