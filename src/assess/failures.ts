import type { Action } from '../model/index.js';
import { SEVERITIES } from '../model/index.js';
import type { Store } from '../store/index.js';
import { groupBy } from '../text/group-by.js';

/** Most failures that an action names. */
export const NAMED_FAILURES = 1000;

/** The failures of each policy, counted and named by the database. */
export type Failures = {
  /** Returns the failures of a policy by owner, most first, without an owner last. */
  ownersOf(ruleId: string): Action['owners'];
  /** Returns the ids of the failures of a policy, worst first, at most 1,000. */
  idsOf(ruleId: string): string[];
};

type OwnerRow = { ruleId: string; owner: string | null; failed: number };

const OWNERS = `SELECT o."ruleId" AS "ruleId", s.owner AS owner, count(*) AS failed
  FROM observations o LEFT JOIN subjects s ON s.kind = o.kind AND s.id = o."subjectId"
  WHERE o.outcome = 'fail' GROUP BY o."ruleId", s.owner ORDER BY o."ruleId", s.owner IS NULL, failed DESC, s.owner`;

const RANK = `list_position([${SEVERITIES.map((severity) => `'${severity}'`).join(', ')}], severity)`;

const IDS = `SELECT "ruleId", id FROM observations WHERE outcome = 'fail'
  QUALIFY row_number() OVER (PARTITION BY "ruleId" ORDER BY ${RANK}, "subjectId", id) <= ${NAMED_FAILURES}
  ORDER BY "ruleId", ${RANK}, "subjectId", id`;

/** Reads the failures of every policy. */
export async function readFailures(store: Store): Promise<Failures> {
  const owners = groupBy(await store.query<OwnerRow>(OWNERS), ({ ruleId }) => ruleId);
  const ids = groupBy(await store.query<{ ruleId: string; id: string }>(IDS), ({ ruleId }) => ruleId);
  return {
    ownersOf: (ruleId) => (owners.get(ruleId) ?? []).map(({ owner, failed }) => ({ owner, failed })),
    idsOf: (ruleId) => (ids.get(ruleId) ?? []).map(({ id }) => id),
  };
}
