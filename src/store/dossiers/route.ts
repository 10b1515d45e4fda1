import { countIf, onlyIf } from '../../duckdb/sql.js';
import { type JsonText, jsonObject, jsonValue } from '../json-text.js';
import { longestSilences } from '../terms/period.js';
import { linkedChange } from '../terms/summaries.js';
import { contradictions } from './contradictions.js';
import { type Dossier, dossier, isCovered, member, ownRecord, type Queries } from './dossier.js';
import { statedUntil } from './stated-until.js';

/** The dossiers of routes. */
export const ROUTE_DOSSIER: Dossier = dossier('route', 'r', {
  named: { events: 'request.total IS NOT NULL' },
  members: {
    route: ownRecord('routes', 'r'),
    vendor: member({ beside: ['vendors'] }, () => ({
      joins: ['LEFT JOIN vendors v USING (vendor_id)'],
      value: `coalesce(v.json, 'null')`,
    })),
    requests: member({ from: ['events'], silence: { events: 'subject' } }, () => ({
      queries: requests(),
      joined: ['silence', 'request'],
      value: requestsMember(),
      empty: 'request.total IS NULL',
    })),
    change: member({ from: ['changes'], beside: ['principals'] }, (place) => ({
      joins: ['LEFT JOIN changes c ON c.change_id = r.ticket'],
      value: linkedChange('r.ticket', isCovered(place, 'changes')),
    })),
    stated_until: statedUntil('route', 'r'),
    contradictions: contradictions('route'),
  },
});

/** Returns log events of calls by route, summarised, of the routes in `subject`. */
function requests(): Queries {
  return {
    call: `SELECT s.route_id, s.calls_from, s.calls_to, e."at", e.outcome, e.credential_in_url, e.http_status, e.source, e.ordinal
      FROM subject s JOIN events e USING (route_id)`,
    silence: `SELECT name AS id, silences FROM (${longestSilences(`SELECT route_id AS name, "at"."ms" AS ms FROM call WHERE ${IN_WINDOW}
      UNION ALL SELECT route_id, unnest([calls_from."ms", ${WINDOW_END}]) FROM subject WHERE ${HAS_WINDOW}`)})`,
    request: `SELECT route_id AS id, ${Object.entries(SUMMARY)
      .map(([name, expression]) => `${expression} AS ${name}`)
      .join(', ')} FROM call GROUP BY route_id`,
  };
}

/** Returns the value for a route `r` joined with `request` and `silence`. */
function requestsMember(): JsonText {
  const count = (name: string) => [name, `coalesce(request.${name}, 0)`] as const;
  return jsonObject([
    ...['total', 'successes', 'failures', 'credential_in_url', 'url_examined'].map(count),
    ['in_window', jsonValue(`CASE WHEN ${HAS_WINDOW} THEN coalesce(request.in_window, 0) END`)],
    ['longest_silence', jsonValue('silence.silences[1]')],
    ['example', jsonValue('request.example')],
    ...['with_status', 'refused'].map(count),
    ['refused_example', jsonValue('request.refused_example')],
  ]);
}

const WINDOW_END = `calls_to."ms" + calls_to."tolerance_ms"`;

const IN_WINDOW = `"at"."ms" BETWEEN calls_from."ms" AND ${WINDOW_END}`;

const HAS_WINDOW = `(calls_from."state" = 'known' AND calls_to."state" = 'known')`;

const SUMMARY: { readonly [column: string]: string } = {
  total: 'count(*)',
  successes: countIf(`outcome = 'success'`),
  failures: countIf(`outcome = 'failure'`),
  credential_in_url: countIf('credential_in_url'),
  url_examined: 'count(credential_in_url)',
  in_window: countIf(IN_WINDOW),
  example: `arg_min(source, ${onlyIf('credential_in_url', 'ordinal')})`,
  with_status: 'count(http_status)',
  refused: countIf('http_status = 429'),
  refused_example: `arg_min(source, ${onlyIf('http_status = 429', 'ordinal')})`,
};
