import { emptyTable } from '../../duckdb/sql.js';
import type { RecordKind } from '../../model/index.js';

/**
 * Returns the statement that creates `table` (name, id, ambiguous, rule): every name of a thing with the one id it stands
 * for; `id` is null if a name stands for several. An id always stands for itself, whatever else is called so. `rule` is the place of
 * the first SELECT that has the name: 0 for `ids`, 1 for the first of `names`.
 * @param fold `lower` if names are compared without regard to case (people, vendors), `exact` if case counts.
 * @param ids SELECT of (`id`, `name`): ids by which things are known.
 * @param names SELECTs of (`id`, `name`): their other names.
 */
export function createNameTable(
  table: string,
  fold: 'lower' | 'exact',
  ids: string,
  names: readonly string[],
): string {
  const name = fold === 'lower' ? 'lower(name)' : 'name';
  return `CREATE TABLE ${table} AS SELECT name, CASE WHEN first = last THEN first END AS id, first <> last AS ambiguous, rule
    FROM (SELECT ${name} AS name, coalesce(min(id) FILTER (rule = 0), min(id)) AS first,
      coalesce(max(id) FILTER (rule = 0), max(id)) AS last, min(rule) AS rule
      FROM (${namesWithRules([ids, ...names])}) WHERE name <> '' GROUP BY ALL)`;
}

/** Returns the SELECT of (id, name, rule) of several SELECTs of names. */
export function namesWithRules(sources: readonly string[]): string {
  return sources
    .map((source, rule) => `SELECT id, name, ${rule}::UTINYINT AS rule FROM (${source})`)
    .join(' UNION ALL ');
}

/** Returns the statement that creates a name table without names. */
export function createEmptyNameTable(table: string): string {
  return emptyTable(table, {
    name: 'VARCHAR',
    id: 'VARCHAR',
    ambiguous: 'BOOLEAN',
    rule: 'UTINYINT',
  });
}

/** Subjects that records of other kinds name, keys aside. */
export const NAMED_SUBJECTS: readonly RecordKind[] = ['principals', 'repositories', 'vendors'];

/**
 * Returns the statements that create the name tables of principals, repositories and vendors; case does not count in
 * them.
 */
export function createOtherNames(present: ReadonlySet<RecordKind>): string[] {
  return OTHERS.map(({ table, of, ids, names }) =>
    present.has(of) ? createNameTable(table, 'lower', ids, names) : createEmptyNameTable(table),
  );
}

const OTHERS = [
  { table: 'principal_names', of: 'principals', ...idAndAliases('principals', 'principal_id', ['name']) },
  { table: 'repository_names', of: 'repositories', ...idAndAliases('repositories', 'repository_id', []) },
  {
    table: 'vendor_names',
    of: 'vendors',
    ids: 'SELECT vendor_id AS id, vendor_id AS name FROM distinct_vendors',
    names: ['SELECT vendor_id AS id, name FROM distinct_vendors'],
  },
] as const;

function idAndAliases(
  table: string,
  id: string,
  columns: readonly string[],
): { ids: string; names: string[] } {
  const from = `FROM distinct_${table}`;
  return {
    ids: `SELECT ${id} AS id, ${id} AS name ${from}`,
    names: [
      `SELECT ${id} AS id, unnest(aliases) AS name ${from}`,
      ...columns.map((column) => `SELECT ${id} AS id, ${column} AS name ${from}`),
    ],
  };
}

/** Columns of repositories, those that only a finding names included. */
const REPOSITORY_IDS = (['repositories', 'secret_findings'] as const).map(
  (kind) => [kind, 'repository_id'] as const,
);

/** Hosts of repositories compare names without regard to case: returns the statements that give those of one repository one spelling. */
export function spellRepositoriesAlike(): string[] {
  const ids = REPOSITORY_IDS.map(
    ([kind, column]) => `SELECT ${column} AS id, ${kind === 'repositories'} AS first FROM raw_${kind}`,
  );
  return spellAlike('spelled_repositories', ids.join(' UNION ALL '), REPOSITORY_IDS);
}

/** Returns the statements that give the ids of one person one spelling: e-mail addresses, user principal names and GUIDs. */
export function spellPeopleAlike(): string[] {
  const ids = `SELECT principal_id AS id, coalesce(directory, false) AS first FROM raw_principals
    WHERE contains(principal_id, '@') OR regexp_matches(principal_id, '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$')`;
  return spellAlike('spelled_people', ids, [['principals', 'principal_id']]);
}

/**
 * Returns the statements that give ids that differ only by case one spelling.
 * @param ids SELECT of (`id`, `first`): ids, and whether their spelling goes before that of others.
 */
function spellAlike(
  table: string,
  ids: string,
  columns: readonly (readonly [RecordKind, string])[],
): string[] {
  return [
    `CREATE TEMP TABLE ${table} AS SELECT lower(id) AS name, coalesce(max(id) FILTER (first), max(id)) AS id FROM (${ids})
      WHERE id <> '' GROUP BY ALL HAVING min(id) <> max(id)`,
    ...columns.map(
      ([kind, column]) =>
        `UPDATE raw_${kind} SET ${column} = s.id FROM ${table} s WHERE lower(raw_${kind}.${column}) = s.name AND raw_${kind}.${column} <> s.id`,
    ),
  ];
}

/**
 * Returns the statements that give a principal which some export mentions by another name (an access review by e-mail, or by
 * the name that people read) the id that the directory gives the person, so that one person is one principal. A name two people share is left
 * alone.
 */
export function nameAsDirectoryDoes(): string[] {
  return [
    `CREATE TEMP TABLE staff AS SELECT name, min(id) AS id FROM (
      SELECT lower(principal_id) AS name, principal_id AS id FROM raw_principals WHERE directory
      UNION ALL SELECT lower(unnest(aliases)), principal_id FROM raw_principals WHERE directory
      UNION ALL SELECT lower(name), principal_id FROM raw_principals WHERE directory AND name <> '')
      GROUP BY name HAVING min(id) = max(id)`,
    `UPDATE raw_principals SET aliases = list_append(coalesce(aliases, []), principal_id), principal_id = staff.id
      FROM staff WHERE NOT coalesce(directory, false) AND lower(principal_id) = staff.name AND principal_id <> staff.id`,
  ];
}

/**
 * Returns the statements that give two records of principals one id if one of them has the id of the other among its
 * aliases: the one that has it, unless only the other is of a directory. An id that would become several, or that
 * itself becomes another, is left alone; of two that name each other, the first in the order of names is the one.
 */
export function nameAsAliasesDo(): string[] {
  return [
    `CREATE TEMP TABLE one_person AS WITH link AS (
      SELECT x.principal_id AS holder, coalesce(x.directory, false) AS listed, p.principal_id AS named, coalesce(p.directory, false) AS named_listed
      FROM (SELECT principal_id, directory, unnest(aliases) AS alias FROM raw_principals) x
      JOIN raw_principals p ON lower(p.principal_id) = lower(x.alias) AND p.principal_id <> x.principal_id),
    renamed AS (SELECT DISTINCT CASE WHEN named_listed AND NOT listed THEN holder ELSE named END AS id,
      CASE WHEN named_listed AND NOT listed THEN named ELSE holder END AS becomes FROM link l
      WHERE listed <> named_listed OR holder < named OR NOT EXISTS (FROM link o WHERE o.holder = l.named AND o.named = l.holder))
    SELECT id, min(becomes) AS becomes FROM renamed GROUP BY id
      HAVING min(becomes) = max(becomes) AND min(becomes) NOT IN (SELECT id FROM renamed)`,
    `UPDATE raw_principals SET aliases = list_append(coalesce(aliases, []), principal_id), principal_id = o.becomes
      FROM one_person o WHERE raw_principals.principal_id = o.id`,
  ];
}
