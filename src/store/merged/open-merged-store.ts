import { openDatabase } from '../../duckdb/database.js';
import { writeParquet } from '../../duckdb/write-parquet.js';
import type { JoinCount, PopulationRow } from '../../model/index.js';
import { CREATE_FOUND, foundIn } from '../found-in.js';
import { kindsOf, withLogs } from '../kinds-behind.js';
import { loadObservations } from '../observations/load-observations.js';
import { nameKeysOfItems } from '../observations/name-items.js';
import type { Store } from '../store.js';
import { createMergedSubjects, MERGED_SUBJECTS, type PackSubjects } from './merge-subjects.js';

/** What a store of merged packs is made of. */
export type MergedTables = {
  /** Subjects of each pack. */
  packs: readonly PackSubjects[];
  /** NDJSON file of the merged observations. */
  observations: string;
  /** Population of all packs. */
  population: readonly PopulationRow[];
  /** How all packs joined records to keys. */
  joins: readonly JoinCount[];
};

/**
 * Opens a store of what several packs found, with its files in a folder of its own inside `workDir` until it is closed. Any record
 * may have told which key another means, so that gaps of logs weaken what rests on keys.
 */
export async function openMergedStore(workDir: string, tables: MergedTables): Promise<Store> {
  const database = await openDatabase(workDir, {});
  await database.run(...CREATE_FOUND, ...createMergedSubjects(tables.packs));
  await loadObservations(database, [tables.observations]);
  await nameKeysOfItems(database);
  return {
    ...foundIn(database),
    joins: async () => [...tables.joins],
    population: async () => [...tables.population],
    kindsBehind: async () => (subject, paths) => withLogs(kindsOf(subject, paths)),
    exportSubjects: (path) => writeParquet(database, MERGED_SUBJECTS, path),
  };
}
