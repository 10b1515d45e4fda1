import { stat } from 'node:fs/promises';
import type { DatabaseOptions } from '../duckdb/database.js';
import type { RecordPart } from '../model/index.js';

/** Bytes of canonical records up to which a second thread and a file cost more time than they save. */
const SMALL = 4_000_000;

/**
 * Returns how to keep the records of these parts: few of them in memory and on one thread, which takes half the time, more of
 * them in a file and on several. Neither changes what the store answers.
 */
export async function optionsFor(parts: readonly Pick<RecordPart, 'path'>[]): Promise<DatabaseOptions> {
  const sizes = await Promise.all(parts.map(async ({ path }) => (await stat(path)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return bytes <= SMALL ? { inMemory: true, keepFreed: true, threads: 1 } : {};
}
