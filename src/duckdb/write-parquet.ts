import type { Database } from './database.js';
import { quoteText } from './sql.js';

/** Rows of a row group: what a reader has to hold at a time. */
const ROW_GROUP = 122_880;

/** How rows are written. */
export type ParquetOptions = {
  /** Rows of a row group; fewer if a row is large, because a group is collected in memory. Default 122,880. */
  rowGroup?: number;
};

/**
 * Writes the rows of sorted SELECTs, one after another, as Parquet (Snappy): the same bytes for the same rows.
 * @param selects one, or several whose rows follow each other, so that none has to have all of them in memory.
 */
export async function writeParquet(
  database: Database,
  selects: string | readonly [string, ...string[]],
  path: string,
  { rowGroup = ROW_GROUP }: ParquetOptions = {},
): Promise<void> {
  const [first, ...further] = typeof selects === 'string' ? [selects] : selects;
  // The sort uses every thread; the file is written by one, so that row groups fall at the same rows on every machine.
  await database.run(
    `CREATE TEMP TABLE sorted AS ${first}`,
    ...further.map((select) => `INSERT INTO sorted ${select}`),
    'SET threads = 1',
  );
  try {
    await database.run(`COPY sorted TO ${quoteText(path)}
      (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${rowGroup})`);
  } finally {
    await database.run(`SET threads = ${database.threads}`, 'DROP TABLE sorted');
  }
}
