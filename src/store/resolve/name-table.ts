/**
 * Statement that creates `table` (name, id, ambiguous): every name of a thing with the one id it stands for; `id` is
 * null where a name stands for several. An id always stands for itself, whatever else is called so.
 * @param fold `lower` where names are compared without regard to case (people, vendors), `exact` where case counts.
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
  const sources = [`SELECT id, name, true AS own FROM (${ids})`].concat(
    names.map((source) => `SELECT id, name, false FROM (${source})`),
  );
  return `CREATE TABLE ${table} AS SELECT name, CASE WHEN first = last THEN first END AS id, first <> last AS ambiguous
    FROM (SELECT ${name} AS name, coalesce(min(id) FILTER (own), min(id)) AS first,
      coalesce(max(id) FILTER (own), max(id)) AS last
      FROM (${sources.join(' UNION ALL ')}) WHERE name <> '' GROUP BY ALL)`;
}
