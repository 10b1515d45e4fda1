import type { Database } from '../../duckdb/database.js';

/** States which relations of records were too many to be worked out, a sentence each. */
export async function boundsPassed(database: Database): Promise<string[]> {
  const [row] = await database.rows('SELECT grants FROM unspread');
  const grants = Number(row?.['grants'] ?? 0);
  if (grants === 0) return [];
  return [
    `access rights: ${grants.toLocaleString('en-US')} on patterns of keys fit more keys than can be worked out, so who has access to a key is undecided; export the rights of fewer accounts at once, or audit them apart and merge the packs.`,
  ];
}
