import { struct } from '../../duckdb/sql.js';
import { DAY_MS } from '../../model/index.js';
import { newestFirst } from '../bounded.js';
import { type JsonText, jsonValue } from '../json-text.js';
import { IS_CALL, IS_USE } from '../terms/conditions.js';
import { list } from './dossier.js';

/** The `anomalies` member of a key: what its log shows that should have been looked at. */
export const KEY_ANOMALIES = list(
  {
    from: ['events', 'incidents'],
    silence: { events: 'subject', incidents: 'kind' },
    provedBy: ['incidents'],
  },
  ({ bucket }) => {
    const events = `events e JOIN subject k USING (key_id) WHERE e.bucket = ${bucket} AND e."at"."state" = 'known'`;
    return {
      group: 'a.key_id',
      record: ANOMALY,
      order: ['(a.incident IS NOT NULL)::INTEGER', ...newestFirst('a."at"."ms"', 'a')],
      from: `(WITH hit AS (${repeatedFailures(events)} UNION ALL ${volumeSpikes(events)} UNION ALL ${usesAfterRevocation(events)}
        ${BROAD.map((detector) => `UNION ALL ${broadDays(events, detector)}`).join(' ')})
      SELECT hit.*, arg_min(${struct(INCIDENT.map((name) => [name, `i."${name}"`]))}, i.detected_at."ms")
        FILTER (i.incident_id IS NOT NULL) AS incident
      FROM hit LEFT JOIN (SELECT *, unnest(key_ids) AS named FROM incidents) i ON i.named = hit.key_id
        AND i.detected_at."ms" + i.detected_at."tolerance_ms" >= hit."at"."ms" GROUP BY ALL) a`,
    };
  },
);

const INCIDENT = ['incident_id', 'severity', 'detected_at', 'triaged_at', 'source'];

const ANOMALY: JsonText = jsonValue(
  struct([
    ...['detector', 'at', 'count', 'source', 'incident'].map((name): [string, string] => [
      name,
      `a."${name}"`,
    ]),
    ['answered', 'a.incident IS NOT NULL'],
  ]),
);

/** Failures that make a burst, and the time they fall into, ms. */
const BURST = 5;
const BURST_MS = 10 * 60_000;

/** Bursts of failures; one that goes on counts once. */
function repeatedFailures(events: string): string {
  return `SELECT key_id, ordinal, 'repeated-failures' AS detector, "at", failures AS "count", source FROM (
    SELECT key_id, ordinal, "at", failures, source, lag("at"."ms") OVER w AS before FROM (
      SELECT e.key_id, e.ordinal, e."at", e.source, count(*) OVER (PARTITION BY e.key_id ORDER BY e."at"."ms"
        RANGE BETWEEN CURRENT ROW AND ${BURST_MS} FOLLOWING) AS failures FROM ${events} AND e.outcome = 'failure')
    WHERE failures >= ${BURST} WINDOW w AS (PARTITION BY key_id ORDER BY "at"."ms", ordinal))
    WHERE before IS NULL OR "at"."ms" - before > ${BURST_MS}`;
}

/** Events that make a busy day, how many times busier than before, and the days before it that are looked at. */
const BUSY = 20;
const TIMES = 3;
const BASELINE_DAYS = 14;

/** Days busier than the busiest of the days before by far, of keys that have been in use for as long. */
function volumeSpikes(events: string): string {
  return `SELECT key_id, ordinal, 'volume-spike' AS detector, "at", events AS "count", source FROM (
    SELECT *, max(events) OVER (PARTITION BY key_id ORDER BY day RANGE BETWEEN ${BASELINE_DAYS} PRECEDING AND 1 PRECEDING) AS busiest,
      min(day) OVER (PARTITION BY key_id) AS begun FROM (
      SELECT e.key_id, e."at"."ms" // ${DAY_MS} AS day, count(*) AS events, min(e.ordinal) AS ordinal,
        arg_min(e."at", e."at"."ms") AS "at", arg_min(e.source, e."at"."ms") AS source FROM ${events} GROUP BY ALL))
    WHERE events >= ${BUSY} AND events > ${TIMES} * busiest AND day - begun >= ${BASELINE_DAYS}`;
}

/** What calls of one day can touch many of, and how many are many. */
const BROAD = [
  { name: 'many-accounts', column: 'account', many: 20 },
  { name: 'many-routes', column: 'route_id', many: 10 },
] as const;

/** Days on which the calls touched far more of something than on any of the days before; refused calls count, as guesses fail. */
function broadDays(events: string, { name, column, many }: (typeof BROAD)[number]): string {
  return `SELECT key_id, ordinal, '${name}' AS detector, "at", touched AS "count", source FROM (
    SELECT *, max(touched) OVER (PARTITION BY key_id ORDER BY day RANGE BETWEEN ${BASELINE_DAYS} PRECEDING AND 1 PRECEDING) AS most,
      min(day) OVER (PARTITION BY key_id) AS begun FROM (
      SELECT e.key_id, e."at"."ms" // ${DAY_MS} AS day, count(DISTINCT e.${column}) AS touched, min(e.ordinal) AS ordinal,
        arg_min(e."at", e."at"."ms") AS "at", arg_min(e.source, e."at"."ms") AS source
        FROM ${events} AND ${IS_CALL} AND e.${column} <> '' GROUP BY ALL))
    WHERE touched >= ${many} AND touched > ${TIMES} * most AND day - begun >= ${BASELINE_DAYS}`;
}

function usesAfterRevocation(events: string): string {
  return `SELECT e.key_id, min(e.ordinal), 'use-after-revocation', arg_min(e."at", e."at"."ms"), count(*),
    arg_min(e.source, e."at"."ms") FROM ${events} AND ${IS_USE}
    AND e."at"."ms" > k.revoked."ms" + k.revoked."tolerance_ms" GROUP BY e.key_id`;
}
