import { DAY_MS } from '../../model/index.js';
import { type JsonText, jsonObject, jsonValue } from '../json-text.js';
import { struct } from '../sql.js';
import { boundedList, boundedMember } from './bounded.js';
import type { DossierPlan } from './dossier-plan.js';
import { inForce } from './grant.js';

const PERSON = ['principal_id', 'name', 'trained_at', 'source'];

/** Named sub-queries that end in `trained` and `untrained`: people who hold a right on a key, and their last training. */
export function training({ plan }: DossierPlan): { [query: string]: string } {
  const moment = 'p.trained_at."ms" + p.trained_at."tolerance_ms"';
  return {
    person: `SELECT p.* FROM principals p WHERE p.kind = 'human' AND (p.status = 'left') IS NOT TRUE
      AND p.principal_id IN (SELECT g.principal_id FROM grants g WHERE ${inForce('g', plan.asOfMs)})`,
    age: `SELECT greatest(${plan.asOfMs} - (${moment}), 0) // ${DAY_MS} AS days, count(*) AS people FROM person p
      WHERE p.trained_at."ms" <= ${plan.asOfMs} GROUP BY days`,
    trained: `SELECT 0 AS id, (SELECT count(*) FROM person) AS people,
      list({'days': days, 'people': people} ORDER BY days) AS by_age FROM age`,
    untrained: boundedList({
      group: 'p.ordinal * 0',
      record: jsonValue(struct(PERSON.map((name) => [name, `p."${name}"`]))),
      order: [`coalesce(p.trained_at."ms", -9007199254740991)`, 'p.principal_id'],
      from: 'person p',
    }),
  };
}

/** The `training` member, of `trained` and `untrained` joined. */
export function trainingMember(): JsonText {
  return jsonObject([
    ['people', 'trained.people'],
    ['by_age', jsonValue('coalesce(trained.by_age, [])')],
    ['longest_ago', boundedMember('untrained')],
  ]);
}
