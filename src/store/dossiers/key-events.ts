import { recordStruct } from '../record-struct.js';
import { IS_USE } from '../resolve/key-times.js';
import { struct } from '../sql.js';
import { BOUND } from './bounded.js';
import type { Member } from './dossier-plan.js';
import { newestFirst } from './orders.js';

/** A read of the secret by a person, outside break-glass, that nothing says failed. */
const HUMAN_READ = `(e.category = 'read-secret' AND e.actor_type = 'human' AND e.break_glass IS DISTINCT FROM true
  AND e.outcome IS DISTINCT FROM 'failure')`;

/** A use later than the last moment at which the key may have been revoked. */
const AFTER_REVOCATION = `(${IS_USE} AND e."at"."ms" > k.revoked."ms" + k.revoked."tolerance_ms")`;

/** Log events by key, summarised, of the keys in one bucket. */
export function keyEvents(bucket: number): string {
  return `SELECT summary.*, human.reads FROM (SELECT e.key_id AS id, ${columns(summary())}
      FROM events e JOIN subject_key k USING (key_id) WHERE e.bucket = ${bucket} GROUP BY e.key_id) summary
    LEFT JOIN (SELECT id, list(read ORDER BY place) AS reads FROM (
      SELECT e.key_id AS id, ${recordStruct('events', 'e')} AS read,
        row_number() OVER (PARTITION BY e.key_id ORDER BY ${newestFirst('e."at"."ms"', 'e')}) AS place
      FROM events e WHERE e.bucket = ${bucket} AND ${HUMAN_READ} QUALIFY place <= ${BOUND}) GROUP BY id) human USING (id)`;
}

/** The `events` member of a key joined with its summary; zeros where the logs say nothing about the key. */
export function eventsMember(row: string): string {
  const used = `${row}.last_used_ms`;
  return struct([
    ...['total', 'failures'].map((name): Member => [name, `coalesce(${row}.${name}, 0)`]),
    [
      'last_used',
      `CASE WHEN ${used} IS NOT NULL THEN
      {'state': 'known', 'ms': ${used}, 'tolerance_ms': coalesce(${row}.last_used_tolerance, 0)} END`,
    ],
    ...['actors', 'workloads', 'source_ips', 'environments'].map(
      (name): Member => [name, `coalesce(${row}.${name}, [])`],
    ),
    ['human_reads', `coalesce(${row}.reads, [])`],
    ['after_revocation', `coalesce(${row}.after_revocation, 0)`],
  ]);
}

function summary(): Member[] {
  return [
    ['total', 'count(*)'],
    ['failures', `count(*) FILTER (e.outcome = 'failure')`],
    ['last_used_ms', `max(e."at"."ms") FILTER (${IS_USE})`],
    ['last_used_tolerance', `arg_max(e."at"."tolerance_ms", e."at"."ms") FILTER (${IS_USE})`],
    ['actors', distinctSorted('e.actor')],
    ['workloads', distinctSorted('e.workload')],
    ['source_ips', distinctSorted('e.source_ip')],
    ['environments', distinctSorted('e.environment')],
    ['after_revocation', `count(*) FILTER (${AFTER_REVOCATION})`],
  ];
}

function distinctSorted(column: string): string {
  return `list_sort(list_distinct(list(${column}) FILTER (${column} <> '')))[1:${BOUND}]`;
}

function columns(members: readonly Member[]): string {
  return members.map(([name, expression]) => `${expression} AS ${name}`).join(', ');
}
