import { boundedList, boundedMember } from '../bounded.js';
import { jsonObject, jsonWith } from '../json-text.js';
import { inForce, isDenied } from '../terms/grants.js';
import { member, type Queries } from './dossier.js';

/** People of the security team a production key needs who may revoke it, and who may audit it. */
const NEEDED = { revoke: 2, audit: 1 };

const SECURITY = `list_contains(p.roles, 'security')`;

const OF_TEAM = `coalesce(p.kind = 'human' AND NOT coalesce(p."group", false) AND ${SECURITY}, false)`;

/** Holders of whom the records do not tell: not on record, of unknown kind or roles, or a group whose members no source lists. */
const MAY_BE_OF_TEAM = `(p.principal_id IS NULL OR p."group" OR p.kind = 'human' AND p.roles IS NULL
  OR p.kind IS NULL AND (p.roles IS NULL OR ${SECURITY}))`;

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
      ['rights_unknown', 'production.rights_unknown'],
      ['audit_unknown', 'production.audit_unknown'],
    ]),
  }),
);

/** Ends in `production`, `few` and `unaudited`: active production keys, and those that too few may revoke or audit at most. */
function keyRevokers(asOfMs: number): Queries {
  return {
    live: `SELECT key_id, json, ordinal FROM keys WHERE status = 'active' AND environment = 'production'`,
    revoker: teamOn(['revoke', 'admin'], asOfMs),
    auditor: teamOn(['audit', 'read', 'admin'], asOfMs),
    may_revoke: peopleByKey('revoker'),
    may_audit: peopleByKey('auditor'),
    production: `SELECT count(*) AS keys, count(*) FILTER (r.known < ${NEEDED.revoke} AND r.at_most >= ${NEEDED.revoke}) AS rights_unknown,
        count(*) FILTER (a.known < ${NEEDED.audit} AND a.at_most >= ${NEEDED.audit}) AS audit_unknown
      FROM live LEFT JOIN may_revoke r USING (key_id) LEFT JOIN may_audit a USING (key_id)`,
    few: boundedList({
      whole: true,
      record: jsonWith('k.json', [
        ['revokers', 'm.known'],
        ['at_most', 'm.at_most'],
      ]),
      order: ['m.known', 'k.key_id'],
      from: `live k JOIN may_revoke m USING (key_id) WHERE m.at_most < ${NEEDED.revoke}`,
    }),
    unaudited: boundedList({
      whole: true,
      record: 'k.json',
      order: ['k.key_id'],
      from: `live k JOIN may_audit m USING (key_id) WHERE m.at_most < ${NEEDED.audit}`,
    }),
  };
}

/** Returns who of the security team has or may have a right to one of the actions, on which key: `people` is how many a holder may stand for. */
function teamOn(actions: readonly string[], asOfMs: number): string {
  const certain = `${OF_TEAM} AND g.action IS NOT NULL AND len(coalesce(g.over_approximation, [])) = 0`;
  return `SELECT g.key_id, g.principal_id, bool_or(${certain}) AS certain,
      max(CASE WHEN p."group" THEN ${NEEDED.revoke} ELSE 1 END) AS people
    FROM grants g LEFT JOIN principals p USING (principal_id)
    WHERE (g.action IS NULL OR g.action IN (${actions.map((action) => `'${action}'`).join(', ')}))
      AND ${inForce('g', asOfMs)} AND NOT ${isDenied('g', asOfMs)} AND (${OF_TEAM} OR ${MAY_BE_OF_TEAM})
      AND (g.key_id <> '*' OR g.environment IS NULL OR g.environment = 'production')
    GROUP BY ALL`;
}

/** Returns how many of them each production key has: those known, and at most. Grants that could not be put in terms of keys may be on any. */
function peopleByKey(team: string): string {
  return `SELECT live.key_id, count(DISTINCT t.principal_id) FILTER (t.certain) AS known,
      coalesce(sum(t.people), 0) + ${NEEDED.revoke} * (SELECT grants FROM unspread) AS at_most
    FROM live LEFT JOIN (
      SELECT key_id, principal_id, bool_or(certain) AS certain, max(people) AS people FROM (
        SELECT * FROM ${team} WHERE key_id <> '*'
        UNION ALL SELECT live.key_id, s.principal_id, s.certain, s.people FROM live, ${team} s WHERE s.key_id = '*')
      GROUP BY ALL) t USING (key_id)
    GROUP BY live.key_id`;
}
