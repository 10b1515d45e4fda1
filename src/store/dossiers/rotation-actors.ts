import { DAY_MS } from '../../model/index.js';
import { type JsonText, jsonObject, jsonRecord } from '../json-text.js';
import { boundedList, boundedMember, newestFirst } from './bounded.js';
import type { DossierPlan } from './dossier-plan.js';

/** Days before the as-of date that count where the audit has no period. */
const WITHOUT_PERIOD_DAYS = 365;

/** Named sub-queries that end in `rotation` and `untraced`: who carried out the rotations of production keys. */
export function rotationActors({ plan }: DossierPlan): { [query: string]: string } {
  const from = plan.period?.startMs ?? plan.asOfMs - WITHOUT_PERIOD_DAYS * DAY_MS;
  const to = Math.min(plan.asOfMs, plan.period?.endMs ?? plan.asOfMs);
  return {
    rotated: `SELECT key_id, max(r.ordinal) AS ordinal, bool_or(s.actor_type = 'human') AS manual,
        bool_and(s.actor_type IS NOT NULL) AS told, bool_or(coalesce(s.ticket, '') <> '') AS ticketed
      FROM replacements r JOIN keys k USING (key_id)
      JOIN rotations s ON s.key_id = r.key_id AND (s.ordinal = r.ordinal OR s.rotation_id = r.rotation_id)
      WHERE k.environment = 'production' AND r.step IN ('rotated', 'verified') AND r."at"."ms" BETWEEN ${from} AND ${to}
        AND s.step IN ('generated', 'stored', 'deployed', 'verified', 'rotated')
      GROUP BY key_id, coalesce(r.rotation_id, r.ordinal::VARCHAR)`,
    untraced: boundedList({
      group: 'x.ordinal * 0',
      record: jsonRecord('rotations', 's'),
      order: newestFirst('s."at"."ms"', 's'),
      from: 'rotated x JOIN rotations s ON s.ordinal = x.ordinal WHERE x.manual AND NOT x.ticketed',
    }),
    actors: `SELECT 0 AS id, count(*) AS total, count(*) FILTER (manual) AS manual,
      count(*) FILTER (told AND NOT manual) AS automated, count(*) FILTER (NOT told AND NOT coalesce(manual, false)) AS unknown FROM rotated`,
  };
}

/** The `rotation_actors` member, of `actors` and `untraced` joined. */
export function rotationActorsMember(): JsonText {
  return jsonObject([
    ...['total', 'automated', 'manual', 'unknown'].map((name) => [name, `actors.${name}`] as const),
    ['without_ticket', boundedMember('untraced')],
  ]);
}
