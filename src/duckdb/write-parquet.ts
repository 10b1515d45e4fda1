import type { Database } from './database.js';
import { quoteText } from './sql.js';

/** Rows of a row group: what a reader has to hold at a time. */
const ROW_GROUP = 122_880;

/** Writes the rows of a sorted SELECT as Parquet (Snappy): the same bytes for the same rows. */
export async function writeParquet(database: Database, select: string, path: string): Promise<void> {
  // The sort uses every thread; the file is written by one, so that row groups fall at the same rows on every machine.
  await database.run(`CREATE TEMP TABLE sorted AS ${select}`, 'SET threads = 1');
  try {
    await database.run(`COPY sorted TO ${quoteText(path)}
      (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${ROW_GROUP})`);
  } finally {
    await database.run(`SET threads = ${database.threads}`, 'DROP TABLE sorted');
  }
}
