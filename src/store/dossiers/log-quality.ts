import { struct } from '../../duckdb/sql.js';
import { type AuditPlan, DAY_MS } from '../../model/index.js';
import { jsonValue } from '../json-text.js';
import { namesTicket } from '../terms/conditions.js';
import { longestSilences, testedUntil } from '../terms/period.js';

/** Most examples of incomplete events a log is shown with. */
const EXAMPLES = 20;

/** What an event can lack. A bare day or a time without a zone is no time of an event. */
const LACKS: { readonly [count: string]: string } = {
  without_actor: `coalesce(actor, '') = ''`,
  without_action: `coalesce(action, '') = ''`,
  without_time: `coalesce("at"."state" <> 'known' OR "at"."tolerance_ms" >= ${DAY_MS - 1}, true)`,
  without_origin: `coalesce(source_ip, '') = '' AND coalesce(workload, '') = ''`,
  without_outcome: 'outcome IS NULL',
};

/** Key management. */
const MANAGING = `category IN ('create', 'rotate', 'revoke', 'update', 'admin')`;

/** Key management without a ticket; not every log can carry one, so it does not make an event incomplete. */
const WITHOUT_TICKET = `${MANAGING} AND NOT ${namesTicket('ticket')}`;

/**
 * Returns a SELECT of (log, json): the quality of each audit log, which is its system, or its file if none is named.
 */
export function logQuality(plan: AuditPlan): string {
  const counts = Object.entries(LACKS).map(([name, condition]): [string, string] => [
    name,
    `count(*) FILTER (${condition})`,
  ]);
  const incomplete = Object.values(LACKS)
    .map((condition) => `(${condition})`)
    .join(' OR ');
  const quality = struct([
    ['log', 'name'],
    ['total', 'count(*)'],
    ['first_ms', 'min("at"."ms")'],
    ['last_ms', 'max("at"."ms")'],
    ...counts,
    ['managing', `count(*) FILTER (${MANAGING})`],
    ['with_route', `count(*) FILTER (route_id <> '')`],
    ['without_ticket', `count(*) FILTER (${WITHOUT_TICKET})`],
    ['incomplete', `count(*) FILTER (${incomplete})`],
    ['examples', firstSources(incomplete)],
    ['without_ticket_examples', firstSources(WITHOUT_TICKET)],
    ['categories', 'coalesce(list_sort(list(DISTINCT category) FILTER (category IS NOT NULL)), [])'],
    ['silences', 'coalesce(any_value(silences), [])'],
  ]);
  const named = `(SELECT *, coalesce(nullif(log, ''), source.file) AS name FROM events)`;
  const ends = plan.period
    ? `UNION ALL SELECT DISTINCT name, unnest([${plan.period.startMs}, ${testedUntil(plan)}]::BIGINT[]) FROM ${named}`
    : '';
  const within = plan.period ? `WHERE "at"."ms" BETWEEN ${plan.period.startMs} AND ${plan.period.endMs}` : '';
  const silences = longestSilences(`SELECT name, "at"."ms" AS ms FROM ${named} ${within} ${ends}`);
  return `SELECT name AS log, ${jsonValue(quality)} AS json FROM ${named} LEFT JOIN (${silences}) USING (name) GROUP BY name`;
}

function firstSources(condition: string): string {
  return `coalesce(list_transform(min({'n': ordinal, 'source': source}, ${EXAMPLES}) FILTER (${condition}),
    lambda example: example.source), [])`;
}
