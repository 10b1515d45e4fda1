import type { Database } from '../../duckdb/database.js';
import { IS_SECRET } from '../terms/conditions.js';

const VIOLATIONS = `[{"element": "VARCHAR", "facts": "JSON", "records": [{"file": "VARCHAR", "record": "VARCHAR"}]}]`;

/**
 * The set of facts of what each violation is about: the key or log that its facts name, else the keys that the found secrets it
 * cites are, or nothing known if they are none of the inventory. NULL if it is about the subject as a whole.
 */
const ITEMS = `SELECT v.id, v.v.element AS element,
    coalesce(k.fact_set, l.fact_set, f.fact_set) AS "factSet"
  FROM (SELECT id, unnest(from_json(violations, '${VIOLATIONS}')) AS v, generate_subscripts(from_json(violations, '${VIOLATIONS}'), 1) AS place
    FROM observations WHERE outcome = 'fail' AND kind IN ('organisation', 'principal')) v
  LEFT JOIN subjects k ON k.kind = 'key' AND k.id = (v.v.facts->>'key')
  LEFT JOIN scope_items l ON l.kind = 'log' AND l.name = (v.v.facts->>'log')
  LEFT JOIN found f ON f.id = v.id AND f.place = v.place`;

const FOUND = `SELECT DISTINCT c.id, c.place, coalesce(s.fact_set, n.fact_set) AS fact_set
  FROM (SELECT id, place, unnest(v.records) AS record FROM (
    SELECT id, unnest(from_json(violations, '${VIOLATIONS}')) AS v, generate_subscripts(from_json(violations, '${VIOLATIONS}'), 1) AS place
      FROM observations WHERE outcome = 'fail' AND kind = 'organisation')) c
  JOIN secret_findings f ON f.source.file = c.record.file AND f.source.record = c.record.record AND ${IS_SECRET}
  LEFT JOIN leaked_keys x ON x.finding = f.ordinal
  LEFT JOIN subjects s ON s.kind = 'key' AND s.id = x.key_id
  LEFT JOIN scope_items n ON n.kind = 'nothing'`;

/** The same of a store without records: the key that the facts of a violation name, and nothing else. */
const KEYS_NAMED = `SELECT v.id, v.v.element AS element, k.fact_set AS "factSet"
  FROM (SELECT id, unnest(from_json(violations, '${VIOLATIONS}')) AS v FROM observations
    WHERE outcome = 'fail' AND kind IN ('organisation', 'principal')) v
  LEFT JOIN subjects k ON k.kind = 'key' AND k.id = (v.v.facts->>'key')`;

/**
 * Keeps for each failure of the organisation or a person what its violations are about, as JSON text of elements and sets of facts:
 * an item of the organisation, and a right of a person, have the scope of the keys they touch.
 */
export async function nameItems(database: Database): Promise<void> {
  await keepItems(database, `WITH found AS (${FOUND}) ${ITEMS}`);
}

/** Does as `nameItems` for observations whose records are not there: what is about a log or a found secret counts as the whole subject. */
export async function nameKeysOfItems(database: Database): Promise<void> {
  await keepItems(database, KEYS_NAMED);
}

async function keepItems(database: Database, items: string): Promise<void> {
  await database.run(
    `UPDATE observations SET items = i.items FROM (
      SELECT id, to_json(list_sort(list(DISTINCT {'element': element, 'factSet': "factSet"})))::VARCHAR AS items
      FROM (${items}) GROUP BY id) i WHERE i.id = observations.id`,
  );
}
