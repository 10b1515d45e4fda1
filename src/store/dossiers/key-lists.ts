import { newestFirst, settlingMember } from '../bounded.js';
import { jsonRecord } from '../json-text.js';
import { IS_DISMISSED, IS_SECRET, MANAGES_KEY } from '../terms/conditions.js';
import { list } from './dossier.js';

/** A year of weekly rotations in seven steps. */
const MOST_STEPS = 364;

/** The `rotations` member of a key: its rotation steps. */
export const KEY_ROTATIONS = list({ from: ['rotations'], beside: ['principals'] }, ({ bucket }) => ({
  group: 'r.key_id',
  record: jsonRecord('rotations', 'r'),
  order: newestFirst('r."at"."ms"', 'r'),
  from: `rotations r WHERE r.bucket = ${bucket}`,
  bound: MOST_STEPS,
}));

/** The `leaks` member of a key: secrets found in repositories that are the key. */
export const KEY_LEAKS = list({ from: ['secret_findings'], beside: ['repositories'] }, () => ({
  group: 'l.key_id',
  record: jsonRecord('secret_findings', 'f'),
  order: newestFirst('f.first_seen."ms"', 'f'),
  from: `subject k JOIN leaked_keys l USING (key_id) JOIN secret_findings f ON f.ordinal = l.finding AND ${IS_SECRET}`,
  settled: `(f.state = 'resolved' OR ${IS_DISMISSED})`,
  value: settlingMember,
}));

/** Steps that the audit log of a store shows too. */
const STORE_STEPS = `('created', 'generated', 'stored', 'rotated', 'revoked')`;

/** Time by which two logs may differ on one event, ms. */
const LOG_DELAY_MS = 5 * 60_000;

/** The `unlogged_steps` member of a key: steps in the time that the audit logs cover, without an event of key management beside them. */
export const KEY_UNLOGGED_STEPS = list(
  { from: ['rotations', 'events'], beside: ['principals'] },
  ({ bucket }) => ({
    group: 'r.key_id',
    record: jsonRecord('rotations', 'r'),
    order: newestFirst('r."at"."ms"', 'r'),
    from: `rotations r WHERE r.bucket = ${bucket} AND r.step IN ${STORE_STEPS}
      AND r."at"."ms" BETWEEN (SELECT min("at"."ms") FROM events) AND (SELECT max("at"."ms") FROM events)
      AND NOT EXISTS (FROM events e WHERE e.bucket = ${bucket} AND e.key_id = r.key_id AND ${MANAGES_KEY}
        AND e."at"."ms" <= r."at"."ms" + r."at"."tolerance_ms" + ${LOG_DELAY_MS}
        AND e."at"."ms" + e."at"."tolerance_ms" >= r."at"."ms" - ${LOG_DELAY_MS})`,
  }),
);
