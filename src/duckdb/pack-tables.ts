import { quotePath } from './sql.js';

/**
 * Columns of later packs, null in an earlier one; and those whose type a pack without any value of them has otherwise, as one has
 * of which every export is gone.
 */
const LATER = {
  observations: 'NULL::VARCHAR AS waiver, NULL::VARCHAR AS first_seen',
  subjects:
    'NULL::VARCHAR AS label, NULL::VARCHAR AS owner, NULL::STRUCT("member" VARCHAR, hash VARCHAR)[] AS evidence, NULL::STRUCT(fact VARCHAR, "by" VARCHAR, "key" VARCHAR, "rule" INTEGER)[] AS scope',
} as const;

/** Returns a table function over a table of a pack, in brackets, whatever version of the pack wrote it. */
export function packTable(table: keyof typeof LATER, path: string): string {
  return `(SELECT * FROM read_parquet(${quotePath(path)}) UNION ALL BY NAME SELECT ${LATER[table]} WHERE false)`;
}
