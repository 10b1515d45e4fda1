import { boundedList, boundedMember } from '../bounded.js';
import { jsonObject, jsonWith } from '../json-text.js';
import { inForce, isDenied } from '../terms/grants.js';
import { member, type Queries } from './dossier.js';

/** People of the security team a production key needs who may revoke it. */
const NEEDED = 2;

const SECURITY = `list_contains(p.roles, 'security')`;

/** The `revocation` member of the organisation. */
export const REVOCATION = member(
  {
    from: ['keys', 'grants', 'principals'],
    beside: ['rotations'],
    silence: { keys: 'kind', grants: 'kind', principals: 'kind' },
    provedBy: ['grants', 'principals'],
  },
  ({ plan }) => ({
    queries: keyRevokers(plan.asOfMs),
    joined: ['production', 'few', 'unaudited'],
    value: jsonObject([
      ['keys', 'production.keys'],
      ['short', boundedMember('few')],
      ['unaudited', boundedMember('unaudited')],
    ]),
  }),
);

/** Ends in `production` and `few`: active production keys, and those that too few may revoke. */
function keyRevokers(asOfMs: number): Queries {
  const ofSecurity = `${inForce('g', asOfMs)} AND NOT ${isDenied('g', asOfMs)} AND p.kind = 'human' AND ${SECURITY}`;
  const onProduction = `(g.key_id <> '*' OR g.environment IS NULL OR g.environment = 'production')`;
  return {
    live: `SELECT key_id, json, ordinal FROM keys WHERE status = 'active' AND environment = 'production'`,
    revoker: `SELECT g.key_id, g.principal_id FROM grants g JOIN principals p USING (principal_id)
      WHERE g.action IN ('revoke', 'admin') AND ${ofSecurity} AND ${onProduction}`,
    may_revoke: `SELECT key_id, count(DISTINCT principal_id) AS revokers FROM (
      SELECT key_id, principal_id FROM live JOIN revoker USING (key_id)
      UNION ALL SELECT live.key_id, s.principal_id FROM live, (SELECT DISTINCT principal_id FROM revoker WHERE key_id = '*') s)
      GROUP BY key_id`,
    production: 'SELECT count(*) AS keys FROM live',
    few: boundedList({
      whole: true,
      record: jsonWith('k.json', [['revokers', 'coalesce(m.revokers, 0)']]),
      order: ['coalesce(m.revokers, 0)', 'k.key_id'],
      from: `live k LEFT JOIN may_revoke m USING (key_id) WHERE coalesce(m.revokers, 0) < ${NEEDED}`,
    }),
    auditor: `SELECT DISTINCT g.key_id FROM grants g JOIN principals p USING (principal_id)
      WHERE g.action IN ('audit', 'read', 'admin') AND ${ofSecurity} AND ${onProduction}`,
    unaudited: boundedList({
      whole: true,
      record: 'k.json',
      order: ['k.key_id'],
      from: `live k WHERE NOT EXISTS (FROM auditor a WHERE a.key_id = k.key_id OR a.key_id = '*')`,
    }),
  };
}
