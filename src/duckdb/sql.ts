/** Returns a quoted SQL identifier. */
export function quoteId(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Returns a quoted SQL string. */
export function quoteText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Returns a SQL string list. */
export function quoteTexts(values: readonly string[]): string {
  return `[${values.map(quoteText).join(', ')}]`;
}

/** Returns the path of one file for a table function that would otherwise read `*`, `?` and `[` as a pattern. */
export function quotePath(path: string): string {
  return quoteText(path.replaceAll(/[*?[]/g, '[$&]'));
}

/** Returns a struct of named expressions, in their order. */
export function struct(members: readonly (readonly [name: string, expression: string])[]): string {
  return `struct_pack(${members.map(([name, expression]) => `${quoteId(name)} := ${expression}`).join(', ')})`;
}

/**
 * Returns a value if a condition holds, else null, which aggregates leave out. DuckDB takes room for every column of a statement
 * once for each FILTER: of a statement with many of them, on few records, that is most of the time.
 */
export function onlyIf(condition: string, value: string): string {
  return `CASE WHEN ${condition} THEN ${value} END`;
}

/** Returns how many records of a group a condition holds for. */
export function countIf(condition: string): string {
  return `count(${onlyIf(condition, 'true')})`;
}

/** Returns the statement that creates a table without rows. */
export function emptyTable(name: string, types: { readonly [column: string]: string }): string {
  const columns = Object.entries(types).map(([column, type]) => `${quoteId(column)} ${type}`);
  return `CREATE TABLE ${name} (${columns.join(', ')})`;
}
