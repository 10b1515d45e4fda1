import { type AuditPlan, DAY_MS } from '../../model/index.js';
import { boundedList, boundedMember, newestFirst } from '../bounded.js';
import { jsonObject, jsonRecord } from '../json-text.js';
import { namesTicket } from '../terms/conditions.js';
import { testedUntil } from '../terms/period.js';
import { member, type Queries } from './dossier.js';

/** Days before the as-of date that count if the audit has no period. */
const WITHOUT_PERIOD_DAYS = 365;

/** The `rotation_actors` member of the organisation: who carried out the rotations of production keys. */
export const ROTATION_ACTORS = member(
  { from: ['rotations'], beside: ['keys', 'principals'], silence: { rotations: 'logs' } },
  ({ plan }) => ({
    queries: rotationActors(plan),
    joined: ['actors', 'untraced', 'by_hand'],
    empty: 'actors.total = 0',
    value: jsonObject([
      ...['total', 'automated', 'manual', 'unknown'].map((name) => [name, `actors.${name}`] as const),
      ['by_hand', boundedMember('by_hand')],
      ['without_ticket', boundedMember('untraced')],
    ]),
  }),
);

function rotationActors(plan: AuditPlan): Queries {
  const from = plan.period?.startMs ?? plan.asOfMs - WITHOUT_PERIOD_DAYS * DAY_MS;
  return {
    rotated: `SELECT key_id, max(r.ordinal) AS ordinal, bool_or(s.actor_type = 'human') AS manual,
        bool_and(s.actor_type IS NOT NULL) AS told, bool_or(${namesTicket('s.ticket')}) AS ticketed
      FROM replacements r JOIN keys k USING (key_id)
      JOIN rotations s ON s.key_id = r.key_id AND (s.ordinal = r.ordinal OR s.rotation_id = r.rotation_id)
      WHERE k.environment = 'production' AND r.step IN ('rotated', 'verified') AND r."at"."ms" BETWEEN ${from} AND ${testedUntil(plan)}
        AND s.step IN ('generated', 'stored', 'deployed', 'verified', 'rotated')
      GROUP BY key_id, coalesce(r.rotation_id, r.ordinal::VARCHAR)`,
    by_hand: shown('x.manual'),
    untraced: shown('x.manual AND NOT x.ticketed'),
    actors: `SELECT count(*) AS total, count(*) FILTER (manual) AS manual,
      count(*) FILTER (told AND NOT manual) AS automated, count(*) FILTER (NOT told AND NOT coalesce(manual, false)) AS unknown FROM rotated`,
  };
}

function shown(condition: string): string {
  return boundedList({
    whole: true,
    record: jsonRecord('rotations', 's'),
    order: newestFirst('s."at"."ms"', 's'),
    from: `rotated x JOIN rotations s ON s.ordinal = x.ordinal WHERE ${condition}`,
  });
}
