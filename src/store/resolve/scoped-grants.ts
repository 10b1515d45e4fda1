/** Condition that a grant is on a scope: a pattern of ids such as `arn:aws:secretsmanager:*:111122223333:secret:prod/*`. */
const IS_SCOPE = `(${isPattern('key_id')}) AND key_id <> '*'`;

/**
 * Returns the condition that a column holds a pattern of ids. One `?` is not enough for one: addresses have it, too.
 */
export function isPattern(column: string): string {
  return `${column} LIKE '%*%' OR ${column} LIKE '%??%'`;
}

/**
 * Returns the statements that put grants on a scope in terms of keys: one grant for each key of the inventory whose id or
 * other name the pattern fits (`*` any text, `?` one character). A grant whose pattern fits none stays as it is.
 */
export function spreadScopedGrants(): string[] {
  return [
    `CREATE TEMP TABLE scope_names AS SELECT DISTINCT key_id, unnest(list_concat([key_id], coalesce(aliases, []))) AS name
      FROM raw_keys`,
    `CREATE TEMP TABLE scope_keys AS SELECT DISTINCT s.key_id AS scope, n.key_id
      FROM (SELECT DISTINCT key_id FROM raw_grants WHERE ${IS_SCOPE}) s
      JOIN scope_names n ON n.name GLOB replace(s.key_id, '[', '[[]')`,
    `CREATE TEMP TABLE scoped_grants AS SELECT g.* REPLACE (k.key_id AS key_id)
      FROM (SELECT rowid AS place, * FROM raw_grants) g JOIN scope_keys k ON k.scope = g.key_id ORDER BY g.place, k.key_id`,
    `DELETE FROM raw_grants WHERE key_id IN (SELECT scope FROM scope_keys)`,
    `INSERT INTO raw_grants BY NAME SELECT * EXCLUDE (place) FROM scoped_grants`,
    'DROP TABLE scope_names',
    'DROP TABLE scope_keys',
    'DROP TABLE scoped_grants',
  ];
}
