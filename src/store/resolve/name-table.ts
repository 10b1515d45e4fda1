/** Where a name comes from: a SELECT of (`id`, `name`). */
export type NameSource = string;

/**
 * Statement that creates `table` (name, id, ambiguous): every name of a thing with the one id it stands for; `id` is
 * null where a name stands for several. An id always stands for itself, whatever else is called so.
 * @param fold `lower` where names are compared without regard to case (people, vendors), `exact` where case counts.
 */
export function createNameTable(
  table: string,
  fold: 'lower' | 'exact',
  ids: NameSource,
  names: readonly NameSource[],
): string {
  const folded = fold === 'lower' ? 'lower(name)' : 'name';
  const sources = [
    `SELECT id, name, 0 AS rank FROM (${ids})`,
    ...names.map((source) => `SELECT id, name, 1 FROM (${source})`),
  ];
  return `CREATE TABLE ${table} AS
    WITH candidate AS (SELECT id, ${folded} AS name, rank FROM (${sources.join(' UNION ALL ')}) WHERE name <> ''),
    best AS (SELECT name, id, rank, min(rank) OVER (PARTITION BY name) AS best FROM (SELECT DISTINCT id, name, rank FROM candidate))
    SELECT name, CASE WHEN min(id) = max(id) THEN min(id) END AS id, min(id) <> max(id) AS ambiguous
    FROM best WHERE rank = best GROUP BY name`;
}
