import { countIf, onlyIf } from '../../duckdb/sql.js';
import { type AuditPlan, DAY_MS } from '../../model/index.js';
import { BOUND, firstRecords, newestFirst, SHOWN } from '../bounded.js';
import { type JsonMember, type JsonText, jsonObject, jsonRecord, jsonValue } from '../json-text.js';
import { IS_CALL, IS_USE, MANAGES_KEY } from '../terms/conditions.js';
import { testedUntil } from '../terms/period.js';
import { member } from './dossier.js';

/** Days up to the as-of date in which the workloads of a key are told apart if the audit has no period. */
const RECENT_DAYS = 30;

/** A read of the secret by a person, outside break-glass, that is not recorded as failed. */
const HUMAN_READ = `(e.category = 'read-secret' AND e.actor_type = 'human' AND NOT coalesce(e.break_glass, false)
  AND (e.outcome = 'failure') IS NOT TRUE)`;

/** The same, by an actor whose kind is not stated. */
const UNKNOWN_READ = `(e.category = 'read-secret' AND e.actor_type IS NULL AND NOT coalesce(e.break_glass, false)
  AND (e.outcome = 'failure') IS NOT TRUE)`;

/** A use later than the last moment at which the key may have been revoked. */
const AFTER_REVOCATION = `(${IS_USE} AND e."at"."ms" > k.revoked."ms" + k.revoked."tolerance_ms")`;

/** What may be a use by a workload that no log names: of a call the actor is the key itself, of a read it is who read. */
const UNNAMED_USE = `((e.outcome = 'failure') IS NOT TRUE AND (e.category IS NULL OR (coalesce(e.workload, '') = ''
  AND (${IS_CALL} OR (e.category = 'read-secret' AND coalesce(e.actor, '') = '')))))`;

/** The `events` member of a key: its log events, summarised; zeros if the logs do not mention the key. */
export const KEY_EVENTS = member(
  { from: ['events'], beside: ['principals'], silence: { events: 'subject' } },
  ({ plan, bucket }) => ({
    queries: { event: keyEvents(plan, bucket) },
    joined: ['event'],
    value: eventsMember('event'),
    empty: 'event.total IS NULL',
  }),
);

function keyEvents(plan: AuditPlan, bucket: number): string {
  const columns = Object.entries(summary(plan)).map(([name, expression]) => `${expression} AS ${name}`);
  return `SELECT summary.*, human.reads FROM (SELECT e.key_id AS id, ${columns.join(', ')}
      FROM events e JOIN subject k USING (key_id) WHERE e.bucket = ${bucket} GROUP BY e.key_id) summary
    LEFT JOIN (SELECT e.key_id AS id, ${firstRecords(jsonRecord('events', 'e'), newestFirst('e."at"."ms"', 'e'), SHOWN)} AS reads
      FROM events e WHERE e.bucket = ${bucket} AND ${HUMAN_READ} GROUP BY e.key_id) human USING (id)`;
}

function eventsMember(row: string): JsonText {
  const lastUsed = `CASE WHEN ${row}.last_used_ms IS NOT NULL THEN
    {'state': 'known', 'ms': ${row}.last_used_ms, 'tolerance_ms': coalesce(${row}.last_used_tolerance, 0), 'day': ${row}.last_used_day} END`;
  const list = (name: string): JsonMember => [name, jsonValue(`coalesce(${row}.${name}, [])`)];
  const count = (name: string): JsonMember => [name, `coalesce(${row}.${name}, 0)`];
  return jsonObject([
    count('total'),
    count('failures'),
    ['last_used', jsonValue(lastUsed)],
    ...['actors', 'workloads', 'source_ips', 'environments'].map(list),
    ['human_reads', `concat('[', ${row}.reads, ']')`],
    count('unknown_reads'),
    count('after_revocation'),
    ['first_ms', jsonValue(`${row}.first_ms`)],
    ['last_ms', jsonValue(`${row}.last_ms`)],
    count('calls'),
    count('days'),
    count('with_latency'),
    count('with_outcome'),
    count('with_scopes'),
    list('scopes_used'),
    ['scopes_since_ms', jsonValue(`${row}.scopes_since_ms`)],
    count('with_account'),
    count('with_route'),
    list('recent_workloads'),
    count('recent_unnamed'),
    [
      'clients',
      jsonObject(
        ['server', 'browser', 'mobile', 'unknown'].map((client) => [
          client,
          `coalesce(${row}.${client}_uses, 0)`,
        ]),
      ),
    ],
  ]);
}

const summary = (plan: AuditPlan): { readonly [column: string]: string } => ({
  total: 'count(*)',
  failures: countIf(`e.outcome = 'failure'`),
  last_used_ms: `max(${onlyIf(IS_USE, 'e."at"."ms"')})`,
  last_used_tolerance: `arg_max(e."at"."tolerance_ms", ${onlyIf(IS_USE, 'e."at"."ms"')})`,
  last_used_day: `arg_max_null(e."at"."day", ${onlyIf(IS_USE, 'e."at"."ms"')})`,
  actors: distinctSorted('e.actor'),
  workloads: distinctSorted('e.workload'),
  source_ips: distinctSorted('e.source_ip', `NOT ${MANAGES_KEY}`, BOUND),
  environments: distinctSorted('e.environment'),
  unknown_reads: countIf(UNKNOWN_READ),
  after_revocation: countIf(AFTER_REVOCATION),
  first_ms: 'min(e."at"."ms")',
  last_ms: 'max(e."at"."ms")',
  calls: countIf(IS_CALL),
  days: `count(DISTINCT ${onlyIf(IS_CALL, `e."at"."ms" // ${DAY_MS}`)})`,
  with_latency: `count(${onlyIf(IS_CALL, 'e.latency_ms')})`,
  with_outcome: `count(${onlyIf(IS_CALL, 'e.outcome')})`,
  with_scopes: `count(${onlyIf(IS_CALL, 'e.scopes')})`,
  scopes_used: `list_sort(list_distinct(flatten(list(DISTINCT ${onlyIf(`${IS_CALL} AND (e.outcome = 'failure') IS NOT TRUE`, 'e.scopes')}))))[1:${BOUND}]`,
  scopes_since_ms: `min(${onlyIf(`e.scopes IS NOT NULL AND ${IS_CALL}`, 'e."at"."ms"')})`,
  with_account: countIf(`e.account <> '' AND ${IS_CALL}`),
  with_route: countIf(`e.route_id <> '' AND ${IS_CALL}`),
  recent_workloads: distinctSorted('e.workload', `${IS_USE} AND ${isRecent(plan)}`),
  recent_unnamed: countIf(`${UNNAMED_USE} AND ${isRecent(plan)}`),
  server_uses: callsBy(`= 'server'`),
  browser_uses: countIf(`${IS_USE} AND e.client = 'browser'`),
  mobile_uses: countIf(`${IS_USE} AND e.client = 'mobile'`),
  unknown_uses: callsBy('IS NULL'),
});

function isRecent(plan: AuditPlan): string {
  return `e."at"."ms" BETWEEN ${plan.period?.startMs ?? plan.asOfMs - RECENT_DAYS * DAY_MS} AND ${testedUntil(plan)}`;
}

function callsBy(client: string): string {
  return countIf(`${IS_CALL} AND (e.outcome = 'failure') IS NOT TRUE AND e.client ${client}`);
}

/** The first different values of a key in their order: holds no more than it keeps, however many events the key has. */
function distinctSorted(column: string, condition = 'true', bound = SHOWN): string {
  return `min(DISTINCT ${onlyIf(`${column} <> '' AND ${condition}`, column)}, ${bound})`;
}
