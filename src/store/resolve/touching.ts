import type { AuditPlan } from '../../model/index.js';
import { IS_CALL, IS_SECRET } from '../terms/conditions.js';

/**
 * Returns the statements that create `touching` (kind, name, key_id): what touches which key; `key_id` is null, or in no inventory, if it is
 * not known which. A person touches the keys of the grants held in the audited time and the keys owned; a repository those it names and
 * those found in it; a log those of its events; a route its credentials and the keys of the calls that it did not refuse; a vendor its own
 * keys and those of its routes; an incident those it names.
 */
export function createTouching(plan: AuditPlan): string[] {
  return [
    `CREATE TEMP TABLE route_keys AS ${ROUTE_KEYS.join(' UNION ')}`,
    `CREATE TEMP TABLE touching AS ${[...ofPeople(plan), ...OF_THINGS].join(' UNION ')}`,
    'DROP TABLE route_keys',
  ];
}

function ofPeople({ period, asOfMs }: AuditPlan): string[] {
  const held = `(g.effect = 'deny') IS NOT TRUE AND (g.removed_at."ms" < ${period?.startMs ?? asOfMs}) IS NOT TRUE`;
  return [
    `SELECT 'principal' AS kind, g.principal_id AS name, g.key_id FROM grants g JOIN principals USING (principal_id)
      WHERE ${held} AND g.key_state = 'known'`,
    `SELECT 'principal', g.principal_id, k.key_id FROM grants g JOIN principals USING (principal_id)
      JOIN star_keys k ON g.environment IS NULL OR g.environment = k.environment WHERE ${held} AND g.key_id = '*'`,
    `SELECT 'principal', owner_id, key_id FROM keys WHERE owner_id IS NOT NULL`,
  ];
}

const OF_THINGS: readonly string[] = [
  `SELECT 'repository', coalesce(n.id, named.name), named.key_id FROM (SELECT unnest(repositories) AS name, key_id FROM keys) named
    LEFT JOIN repository_names n ON n.name = lower(named.name)`,
  `SELECT 'repository', f.repository_id, l.key_id FROM secret_findings f JOIN leaked_keys l ON l.finding = f.ordinal
    WHERE ${IS_SECRET} AND f.repository_id <> ''`,
  `SELECT DISTINCT 'log', log, key_id FROM events WHERE key_state = 'known' AND log IS NOT NULL`,
  `SELECT 'route', route_id, key_id FROM route_keys`,
  `SELECT 'vendor', vendor_id, key_id FROM keys WHERE vendor_id IS NOT NULL`,
  `SELECT 'vendor', r.vendor_id, k.key_id FROM route_keys k JOIN routes r USING (route_id) WHERE r.vendor_id IS NOT NULL`,
  `SELECT 'incident', incident_id, unnest(key_ids) FROM incidents`,
];

const ROUTE_KEYS: readonly string[] = [
  `SELECT DISTINCT route_id, CASE WHEN key_state = 'known' THEN key_id END AS key_id FROM events e
    WHERE route_id <> '' AND ${IS_CALL} AND (outcome = 'failure') IS NOT TRUE`,
  ...['client_credential', 'upstream_credential'].map(
    (column) =>
      `SELECT route_id, n.id FROM routes LEFT JOIN key_names n ON n.name = ${column} WHERE ${column} <> ''`,
  ),
];
