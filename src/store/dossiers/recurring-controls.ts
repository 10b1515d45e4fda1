import { struct } from '../../duckdb/sql.js';
import type { AuditPlan } from '../../model/index.js';
import { boundedList, boundedMember, newestFirst } from '../bounded.js';
import { jsonRecord, jsonValue, jsonWith } from '../json-text.js';
import { longestSilences, testedUntil } from '../terms/period.js';

/** Returns a SELECT of (records): every control that runs again and again, as JSON, sorted by name. */
export function recurringControls(plan: AuditPlan): string {
  const end = testedUntil(plan);
  const ends = plan.period ? `[${plan.period.startMs}, ${end}]` : `[${end}]`;
  return `WITH summary AS (SELECT control AS name, ${struct(SUMMARY)} AS members, arg_min(source, ordinal) AS source FROM control_runs GROUP BY control),
    silence AS (${longestSilences(`SELECT control AS name, "at"."ms" AS ms FROM control_runs
      WHERE status = 'success' AND "at"."ms" BETWEEN ${plan.period?.startMs ?? 0} AND ${end}
      UNION ALL SELECT DISTINCT control, unnest(${ends}::BIGINT[]) FROM control_runs`)}),
    unalerted AS (${boundedList({
      group: 'r.control',
      record: jsonRecord('control_runs', 'r'),
      order: newestFirst('r."at"."ms"', 'r'),
      from: `control_runs r WHERE r.status = 'failure' AND (r.alerted_at."state" = 'known') IS NOT TRUE`,
    })})
    SELECT string_agg(${CONTROL}, ',' ORDER BY s.name) AS records FROM summary s LEFT JOIN silence g USING (name) LEFT JOIN unalerted u ON u.id = s.name`;
}

const CONTROL = jsonWith(jsonValue('s.members'), [
  ['silences', jsonValue('coalesce(g.silences, [])')],
  ['unalerted', boundedMember('u')],
  ['source', jsonValue('s.source')],
]);

const SUMMARY = [
  ['control', 'control'],
  ['channels', 'coalesce(list_sort(list(DISTINCT channel) FILTER (channel IS NOT NULL)), [])'],
  ['total', 'count(*)'],
  ['failures', `count(*) FILTER (status = 'failure')`],
  ['without_time', `count(*) FILTER (("at"."state" = 'known') IS NOT TRUE)`],
  ['first_ms', `min("at"."ms") FILTER (status = 'success')`],
  ['last_ms', `max("at"."ms") FILTER (status = 'success')`],
] as const;
