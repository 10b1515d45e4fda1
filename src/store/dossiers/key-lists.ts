import { struct } from '../../duckdb/sql.js';
import { boundedList, newestFirst, settlingMember } from '../bounded.js';
import { jsonRecord, jsonRecordWith, jsonValue } from '../json-text.js';
import { IS_DISMISSED, IS_SECRET, IS_UNTOLD, MANAGES_KEY } from '../terms/conditions.js';
import { list, member } from './dossier.js';
import { foundSecret } from './found-secret.js';

/** A year of weekly rotations in seven steps. */
const MOST_STEPS = 364;

/** The `rotations` member of a key: its rotation steps. */
export const KEY_ROTATIONS = list(
  { from: ['rotations'], beside: ['principals'], silence: { rotations: 'subject' } },
  ({ bucket }) => ({
    group: 'r.key_id',
    record: jsonRecord('rotations', 'r'),
    order: newestFirst('r."at"."ms"', 'r'),
    from: `rotations r WHERE r.bucket = ${bucket}`,
    bound: MOST_STEPS,
  }),
);

/** The `leaks` member of a key: secrets found in repositories that are the key. */
export const KEY_LEAKS = list(
  { from: ['secret_findings'], beside: ['repositories'], silence: { secret_findings: 'kind' } },
  () => ({
    group: 'l.key_id',
    record: foundSecret('f'),
    order: newestFirst('f.first_seen."ms"', 'f'),
    from: `subject k JOIN leaked_keys l USING (key_id) JOIN secret_findings f ON f.ordinal = l.finding AND ${IS_SECRET}`,
    settled: `(f.state = 'resolved' OR ${IS_DISMISSED})`,
    value: settlingMember,
  }),
);

/** Most places of hidden secrets: every dossier of a key has them. */
const PLACES = 25;

/** The `hidden_leaks` member of a key, the same for each: places of secrets that may be any key, those of clients or of no stated place first. */
export const HIDDEN_LEAKS = member({ beside: ['secret_findings'] }, () => ({
  value: `(SELECT ${settlingMember('hidden')} FROM (${boundedList({
    whole: true,
    bound: PLACES,
    record: jsonValue(`{'channel': f.channel, 'path': f.path, 'client_side': f.client_side}`),
    order: [
      `coalesce(f.channel <> 'client' AND f.path <> '' AND NOT coalesce(f.client_side, false), false)::INTEGER`,
      `concat(f.path, chr(0), f.channel, chr(0), f.client_side)`,
    ],
    from: `(SELECT DISTINCT coalesce(f.channel, 'repository') AS channel, f.path, f.client_side FROM secret_findings f WHERE ${IS_UNTOLD}) f`,
  })}) hidden)`,
}));

/** Steps that the audit log of a store shows too. */
const STORE_STEPS = `('created', 'generated', 'stored', 'rotated', 'revoked')`;

/** Time by which two logs may differ on one event, ms. */
const LOG_DELAY_MS = 5 * 60_000;

/** The `unlogged_steps` member of a key: steps in the time that the audit logs cover, without an event of key management beside them. */
export const KEY_UNLOGGED_STEPS = list(
  {
    from: ['rotations', 'events'],
    beside: ['principals'],
    silence: { rotations: 'subject', events: 'subject' },
    provedBy: ['events'],
  },
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

/** Reads of the secret, and what manages the key. */
const AT_THE_KEY = `(e.category = 'read-secret' OR ${MANAGES_KEY}) AND (e.outcome = 'failure') IS NOT TRUE`;

/** The `hand_events` member of a key: what people did with it, and those not stated to be programs. */
export const KEY_HAND_EVENTS = list(
  { from: ['events'], beside: ['principals'], silence: { events: 'subject' } },
  ({ bucket }) => ({
    group: 'e.key_id',
    record: jsonRecord('events', 'e'),
    order: [`(e.actor_type IS NULL)::INTEGER`, ...newestFirst('e."at"."ms"', 'e')],
    from: `events e WHERE e.bucket = ${bucket} AND ${AT_THE_KEY} AND (e.actor_type = 'human' OR e.actor_type IS NULL)`,
  }),
);

/** The `secret_readers` member of a key: what reads its secret, people aside. */
export const KEY_SECRET_READERS = list(
  { from: ['events'], beside: ['principals'], silence: { events: 'subject' } },
  ({ bucket }) => ({
    group: 'r.key_id',
    record: READER,
    order: ['-r."count"', 'r.ordinal'],
    from: `(SELECT *, ${isOnRecord('actor')} OR ${isOnRecord('workload')} AS on_record FROM (
      SELECT e.key_id, nullif(e.actor, '') AS actor, nullif(e.workload, '') AS workload, e.actor_type, count(*) AS "count",
        arg_max(e."at", e."at"."ms") AS "last", arg_min(e.source, e.ordinal) AS source, min(e.ordinal) AS ordinal FROM events e
      WHERE e.bucket = ${bucket} AND e.category = 'read-secret' AND (e.outcome = 'failure') IS NOT TRUE
        AND (e.actor_type = 'human') IS NOT TRUE GROUP BY ALL)) r`,
  }),
);

/** Whether a record of people and programs has a name that a log gives; asked of each reader once, not of each read. */
function isOnRecord(column: string): string {
  return `coalesce(${column} IN (SELECT principal_id FROM principals), false)`;
}

const READER = jsonValue(
  struct(
    ['actor', 'workload', 'actor_type', 'on_record', 'count', 'last', 'source'].map((name) => [
      name,
      `r."${name}"`,
    ]),
  ),
);

/** Time by which the log may have a right later or earlier than the list of rights dates it, ms. */
const GRANT_DELAY_MS = 60 * 60_000;

/** The `unlogged_grants` member of a key: rights given or taken away in the time that the logs cover, without an event beside it. */
export const KEY_UNLOGGED_GRANTS = list(
  {
    from: ['grants', 'events'],
    beside: ['principals'],
    silence: { grants: 'subject', events: 'subject' },
    provedBy: ['events'],
  },
  ({ bucket }) => ({
    group: 'g.key_id',
    record: jsonRecordWith(
      [
        ['change', jsonValue('g.change')],
        ['changed_at', jsonValue('g.changed_at')],
      ],
      'grants',
      'g',
    ),
    order: newestFirst('g.changed_at."ms"', 'g'),
    from: `(${unlogged('given', 'granted_at', bucket)} UNION ALL ${unlogged('taken away', 'removed_at', bucket)}) g`,
  }),
);

function unlogged(change: string, at: string, bucket: number): string {
  return `SELECT s.*, '${change}' AS change, s.${at} AS changed_at FROM grants s
    WHERE s.bucket = ${bucket} AND s.key_state = 'known'
    AND s.${at}."ms" BETWEEN (SELECT min("at"."ms") FROM events) AND (SELECT max("at"."ms") FROM events)
    AND NOT EXISTS (FROM events e WHERE e.bucket = ${bucket} AND e.key_id = s.key_id AND ${MANAGES_KEY}
      AND e."at"."ms" <= s.${at}."ms" + s.${at}."tolerance_ms" + ${GRANT_DELAY_MS}
      AND e."at"."ms" + e."at"."tolerance_ms" >= s.${at}."ms" - ${GRANT_DELAY_MS})`;
}
