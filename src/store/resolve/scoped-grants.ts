/** Most comparisons of a scope with a name of a key; about ten seconds of a core. */
const MOST_COMPARED = 1_000_000_000;

/** Most grants that grants on scopes become. */
const MOST_SPREAD = 5_000_000;

/** Condition that a grant is on a scope: a pattern of ids such as `arn:aws:secretsmanager:*:111122223333:secret:prod/*`. */
const IS_SCOPE = `(${isPattern('key_id')}) AND key_id <> '*'`;

/**
 * Returns the condition that a column holds a pattern of ids. One `?` is not enough for one: addresses have it, too.
 */
export function isPattern(column: string): string {
  return `${column} LIKE '%*%' OR ${column} LIKE '%??%'`;
}

/** How much spreading grants may cost. */
export type SpreadBounds = {
  /** Most comparisons of a scope with a name of a key. */
  compared: number;
  /** Most grants made. */
  spread: number;
};

/**
 * Returns the statements that put grants on a scope in terms of keys: one grant for each key of the inventory whose id or
 * other name the pattern fits (`*` any text, `?` one character) and none of the patterns left out does; `via` gains the scope. A
 * grant whose pattern fits none stays as it is. So do those past a bound, the scopes with the most keys first: `unspread` has their
 * number.
 */
export function spreadScopedGrants(
  { compared, spread }: SpreadBounds = { compared: MOST_COMPARED, spread: MOST_SPREAD },
): string[] {
  return [
    `CREATE TEMP TABLE scope_names AS SELECT DISTINCT i.key_id, unnest(list_concat([r.key_id], coalesce(r.aliases, []))) AS name
      FROM raw_keys r JOIN inventory i ON i.rowid = r.rowid`,
    `CREATE TEMP TABLE scopes AS SELECT key_id AS scope, count(*) AS grants FROM raw_grants WHERE ${IS_SCOPE} GROUP BY key_id`,
    `CREATE TEMP TABLE compared_scopes AS FROM scopes QUALIFY row_number() OVER (ORDER BY grants DESC, scope)
      <= ${compared} // greatest((SELECT count(*) FROM scope_names), 1)`,
    `CREATE TEMP TABLE scope_keys AS SELECT DISTINCT s.scope, s.grants, n.key_id
      FROM compared_scopes s JOIN scope_names n ON n.name GLOB ${glob('s.scope')}`,
    `CREATE TEMP TABLE reach AS SELECT scope, any_value(grants) * count(*) AS made FROM scope_keys GROUP BY scope`,
    `CREATE TEMP TABLE spread_scopes AS SELECT scope FROM (
      SELECT scope, sum(made) OVER (ORDER BY made, scope) AS total FROM reach) WHERE total <= ${spread}`,
    `CREATE TABLE unspread AS SELECT coalesce(sum(grants), 0)::BIGINT AS grants FROM scopes
      WHERE scope NOT IN (SELECT scope FROM compared_scopes)
        OR scope IN (SELECT scope FROM reach EXCEPT SELECT scope FROM spread_scopes)`,
    `CREATE TEMP TABLE scoped_grants AS
      SELECT g.* REPLACE (k.key_id AS key_id, list_append(coalesce(g.via, []), concat('scope ', g.key_id)) AS via)
      FROM (SELECT rowid AS place, * FROM raw_grants) g
      JOIN (FROM scope_keys WHERE scope IN (SELECT scope FROM spread_scopes)) k ON k.scope = g.key_id
      WHERE NOT ${isExcept('g', 'k.key_id')} ORDER BY g.place, k.key_id`,
    `DELETE FROM raw_grants WHERE key_id IN (SELECT scope FROM spread_scopes)`,
    `INSERT INTO raw_grants BY NAME SELECT * EXCLUDE (place) FROM scoped_grants`,
    ...[
      'scope_names',
      'scopes',
      'compared_scopes',
      'scope_keys',
      'reach',
      'spread_scopes',
      'scoped_grants',
    ].map((table) => `DROP TABLE ${table}`),
  ];
}

/** Statement that creates `unspread` for evidence without grants or keys. */
export const NOTHING_UNSPREAD = 'CREATE TABLE unspread AS SELECT 0::BIGINT AS grants';

/** Returns the condition that a key is among those that a grant leaves out, by its id or another name. */
function isExcept(grant: string, key: string): string {
  return `(${grant}.except_keys IS NOT NULL AND EXISTS (FROM scope_names n, (SELECT unnest(${grant}.except_keys) AS pattern) e
    WHERE n.key_id = ${key} AND n.name GLOB ${glob('e.pattern')}))`;
}

function glob(pattern: string): string {
  return `replace(${pattern}, '[', '[[]')`;
}
