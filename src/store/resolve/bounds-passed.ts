import type { Database } from '../../duckdb/database.js';
import { formatCount } from '../../text/format.js';

const SENTENCES: { readonly [column: string]: (grants: string) => string } = {
  unspread: (grants) =>
    `access rights: ${grants} on patterns of keys fit more keys than can be worked out, so who has access to a key is undecided; export the rights of fewer accounts at once, or audit them apart and merge the packs.`,
  beyond: (grants) =>
    `access rights: ${grants} are too many to be listed for each key, so the lists of who has access to a key lack them; policies still judge them. State the keys, or audit them apart and merge the packs.`,
};

/** States which relations of records were too many to be worked out, a sentence each. */
export async function boundsPassed(database: Database): Promise<string[]> {
  const [row] = await database.rows(
    'SELECT unspread.grants AS unspread, beyond.grants AS beyond FROM unspread, beyond',
  );
  return Object.entries(SENTENCES).flatMap(([name, sentence]) => {
    const grants = Number(row?.[name] ?? 0);
    return grants === 0 ? [] : [sentence(formatCount(grants))];
  });
}
