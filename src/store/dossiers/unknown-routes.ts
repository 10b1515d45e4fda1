import { jsonValue } from '../json-text.js';
import { list } from './dossier.js';

/** The `unknown_routes` member of the organisation: routes that logs name and the list of routes lacks. */
export const UNKNOWN_ROUTES = list(
  {
    from: ['routes', 'events'],
    silence: { routes: 'kind', events: 'kind' },
    provedBy: ['routes'],
  },
  () => ({
    whole: true,
    record: jsonValue(`{'route_id': u.route_id, 'count': u."count", 'source': u.source}`),
    order: ['u.ordinal'],
    from: `(SELECT e.route_id, count(*) AS "count", arg_min(e.source, e.ordinal) AS source, min(e.ordinal) AS ordinal
      FROM events e LEFT JOIN routes r USING (route_id)
      WHERE e.route_id <> '' AND r.route_id IS NULL AND (e.outcome = 'failure') IS NOT TRUE GROUP BY e.route_id) u`,
  }),
);
