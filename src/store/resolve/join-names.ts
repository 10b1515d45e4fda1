import { quoteId } from '../../duckdb/sql.js';

/** A table that knows the ids of names. */
export type NameTable = 'key_names' | 'principal_names' | 'repository_names' | 'vendor_names';

/** Returns a LEFT JOIN of `<column>_name` (id, ambiguous) to a column of `r`. */
export function joinNames(column: string, names: NameTable): string {
  const joined = quoteId(`${column}_name`);
  return `LEFT JOIN ${names} ${joined} ON ${joined}.name = ${folded(names, `r.${quoteId(column)}`)}`;
}

/**
 * Returns a LEFT JOIN of `<column>_ids` (ids) to a column of `r` that holds a list of names; each different list is
 * done once.
 */
export function listOfIds(table: string, column: string, names: NameTable): string {
  const joined = quoteId(`${column}_ids`);
  return `LEFT JOIN (SELECT names, [one.id FOR one IN list_sort(list({'place': place, 'id': coalesce(n.id, spelling)}))] AS ids FROM (
      SELECT names, unnest(names) AS spelling, generate_subscripts(names, 1) AS place
      FROM (SELECT DISTINCT ${quoteId(column)} AS names FROM ${table}))
    LEFT JOIN ${names} n ON n.name = ${folded(names, 'spelling')} GROUP BY names) ${joined}
    ON ${joined}.names = r.${quoteId(column)}`;
}

function folded(names: NameTable, name: string): string {
  return names === 'key_names' ? name : `lower(${name})`;
}
