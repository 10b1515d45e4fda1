import { createNameTable } from './name-table.js';

/** Statements that create the name tables of principals, repositories and vendors; case does not count in them. */
export function createOtherNames(): string[] {
  return [
    createNameTable('principal_names', 'lower', ...idAndAliases('principals', 'principal_id', ['name'])),
    createNameTable('repository_names', 'lower', ...idAndAliases('repositories', 'repository_id', [])),
    createNameTable(
      'vendor_names',
      'lower',
      'SELECT vendor_id AS id, vendor_id AS name FROM distinct_vendors',
      ['SELECT vendor_id AS id, name FROM distinct_vendors'],
    ),
  ];
}

function idAndAliases(table: string, id: string, columns: readonly string[]): [ids: string, names: string[]] {
  const from = `FROM distinct_${table}`;
  return [
    `SELECT ${id} AS id, ${id} AS name ${from}`,
    [
      `SELECT ${id} AS id, unnest(aliases) AS name ${from}`,
      ...columns.map((column) => `SELECT ${id} AS id, ${column} AS name ${from}`),
    ],
  ];
}
