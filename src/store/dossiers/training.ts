import { struct } from '../../duckdb/sql.js';
import { DAY_MS } from '../../model/index.js';
import { boundedList, boundedMember } from '../bounded.js';
import { jsonObject, jsonValue } from '../json-text.js';
import { inForce } from '../terms/grants.js';
import { STATED_UNTIL } from '../terms/stated-until.js';
import { member, type Queries } from './dossier.js';

const PERSON = ['principal_id', 'name', 'trained_at', 'source'];

/** The `training` member of the organisation: people who hold a right on a key, and their last training. */
export const TRAINING = member(
  { from: ['grants', 'principals'], silence: { grants: 'kind', principals: 'kind' } },
  ({ plan }) => ({
    queries: training(plan.asOfMs),
    joined: ['trained', 'untrained', 'others'],
    empty: 'trained.people = 0',
    value: jsonObject([
      ['people', 'trained.people'],
      ['by_age', jsonValue('coalesce(trained.by_age, [])')],
      ['longest_ago', boundedMember('untrained')],
      ['unknown_holders', 'others.unknown_holders'],
      ['unlisted_groups', 'others.unlisted_groups'],
    ]),
  }),
);

function training(asOfMs: number): Queries {
  const holders = `(SELECT g.principal_id FROM grants g WHERE ${inForce('g', asOfMs)})`;
  const moment = 'p.trained_at."ms" + p.trained_at."tolerance_ms"';
  const until = `p.${STATED_UNTIL}.trained_at`;
  const daysTo = (end: string) => `greatest(${end} - (${moment}), 0) // ${DAY_MS}`;
  return {
    person: `SELECT p.* FROM principals p WHERE p.kind = 'human' AND (p.status = 'left') IS NOT TRUE
      AND p.principal_id IN ${holders}`,
    others: `SELECT count(DISTINCT h.principal_id) FILTER (NOT coalesce(p."group", false)) AS unknown_holders,
        count(DISTINCT h.principal_id) FILTER (p."group") AS unlisted_groups
      FROM ${holders} h LEFT JOIN principals p USING (principal_id)
      WHERE (p.kind IS NULL OR p."group") AND (p.status = 'left') IS NOT TRUE`,
    age: `SELECT ${daysTo(String(asOfMs))} AS days, CASE WHEN ${until} IS NOT NULL THEN ${daysTo(until)} END AS stated_days, count(*) AS people FROM person p
      WHERE p.trained_at."ms" <= ${asOfMs} GROUP BY days, stated_days`,
    trained: `SELECT (SELECT count(*) FROM person) AS people,
      list({'days': days, 'stated_days': stated_days, 'people': people} ORDER BY days, stated_days NULLS FIRST) AS by_age FROM age`,
    untrained: boundedList({
      whole: true,
      record: jsonValue(
        struct([
          ...PERSON.map((name): [string, string] => [name, `p."${name}"`]),
          ['stated_until_ms', until],
        ]),
      ),
      order: [`coalesce(p.trained_at."ms", -9007199254740991)`, 'p.principal_id'],
      from: 'person p',
    }),
  };
}
