import { countIf, onlyIf, struct } from '../../duckdb/sql.js';
import { type AuditPlan, DAY_MS } from '../../model/index.js';
import { jsonValue } from '../json-text.js';
import { namesTicket } from '../terms/conditions.js';
import { longestSilences, testedUntil } from '../terms/period.js';

/** Most examples of incomplete events a log is shown with. */
const EXAMPLES = 20;

const WITHOUT_ORIGIN = `coalesce(source_ip, '') = '' AND coalesce(workload, '') = ''`;

/**
 * What an event can lack. A bare day or a time without a zone is no time of an event. A call that was refused before anybody
 * logged in has no actor to state, only an origin.
 */
const LACKS: { readonly [count: string]: string } = {
  without_actor: `coalesce(actor, '') = '' AND ((outcome = 'failure') IS NOT TRUE OR (${WITHOUT_ORIGIN}))`,
  without_action: `coalesce(action, '') = ''`,
  without_time: `coalesce("at"."state" <> 'known' OR "at"."tolerance_ms" >= ${DAY_MS - 1}, true)`,
  without_origin: WITHOUT_ORIGIN,
  without_outcome: 'outcome IS NULL',
};

/** Names of what no event of a log states, NULL between them. */
const UNSTATED = Object.keys(LACKS)
  .map((name) => `CASE WHEN any_value(lacking.${name}) THEN '${name.replace('without_', '')}' END`)
  .join(', ');

/** Key management. */
const MANAGING = `category IN ('create', 'rotate', 'revoke', 'update', 'admin')`;

/** Key management without a ticket; not every log can carry one, so it does not make an event incomplete. */
const WITHOUT_TICKET = `${MANAGING} AND NOT ${namesTicket('ticket')}`;

/**
 * Returns a SELECT of (log, json): the quality of each audit log, which is its system, or its file if none is named. What no
 * event of a log states is `unstated` and makes none incomplete: the format, or the export, has no place for it.
 */
export function logQuality(plan: AuditPlan): string {
  const counts = Object.entries(LACKS).map(([name, condition]): [string, string] => [
    name,
    countIf(condition),
  ]);
  const incomplete = Object.entries(LACKS)
    .map(([name, condition]) => `(${condition} AND NOT lacking.${name})`)
    .join(' OR ');
  const quality = struct([
    ['log', 'name'],
    ['name', 'coalesce(any_value(plain), name)'],
    ['total', 'count(*)'],
    ['first_ms', 'min("at"."ms")'],
    ['last_ms', 'max("at"."ms")'],
    ...counts,
    ['managing', countIf(MANAGING)],
    ['with_route', countIf(`route_id <> ''`)],
    ['unstated', `list_filter([${UNSTATED}], lambda field: field IS NOT NULL)`],
    ['without_ticket', countIf(WITHOUT_TICKET)],
    ['incomplete', countIf(incomplete)],
    ['examples', firstSources(incomplete)],
    ['without_ticket_examples', firstSources(WITHOUT_TICKET)],
    ['categories', 'coalesce(list_sort(list(DISTINCT category) FILTER (category IS NOT NULL)), [])'],
    ['silences', 'coalesce(any_value(silences), [])'],
  ]);
  const named = `(SELECT *, coalesce(nullif(log, ''), source.file) AS name FROM events)`;
  const lacking = Object.entries(LACKS)
    .map(([name, condition]) => `bool_and(${condition}) AS ${name}`)
    .join(', ');
  const ends = plan.period
    ? `UNION ALL SELECT DISTINCT name, unnest([${plan.period.startMs}, ${testedUntil(plan)}]::BIGINT[]) FROM ${named}`
    : '';
  const within = plan.period ? `WHERE "at"."ms" BETWEEN ${plan.period.startMs} AND ${plan.period.endMs}` : '';
  const silences = longestSilences(`SELECT name, "at"."ms" AS ms FROM ${named} ${within} ${ends}`);
  return `SELECT name AS log, ${jsonValue(quality)} AS json FROM ${named}
    LEFT JOIN (SELECT log AS name, any_value(name) AS plain FROM log_names GROUP BY log) USING (name)
    JOIN (SELECT name, ${lacking} FROM ${named} GROUP BY name) AS lacking USING (name)
    LEFT JOIN (${silences}) USING (name) GROUP BY name`;
}

function firstSources(condition: string): string {
  return `coalesce(list_transform(min(${onlyIf(condition, "{'n': ordinal, 'source': source}")}, ${EXAMPLES}),
    lambda example: example.source), [])`;
}
