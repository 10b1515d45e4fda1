import type { Database, QueryParam } from '../duckdb/database.js';
import { comparePrevious } from './observations/compare-previous.js';
import { exportObservations } from './observations/core-tables.js';
import { CREATE_COUNTED_CONTROLS, keepControls } from './observations/counted-controls.js';
import { CREATE_OBSERVATIONS } from './observations/load-observations.js';
import type { Store } from './store.js';

/** Statements that create the tables of what was found, wherever it comes from. */
export const CREATE_FOUND: readonly string[] = [CREATE_OBSERVATIONS, CREATE_COUNTED_CONTROLS];

/** Returns the part of a store that asks of a database what was found; the rest depends on where that comes from. */
export function foundIn(
  database: Database,
): Omit<Store, 'population' | 'joins' | 'kindsBehind' | 'exportSubjects'> {
  return {
    comparePrevious: (previous, plan) => comparePrevious(database, previous, plan),
    keepControls: (counted) => keepControls(database, counted),
    query: async <T>(sql: string, params?: readonly QueryParam[]) =>
      // The caller states the shape of its own SELECT.
      (await database.rows(sql, params)) as T[],
    exportObservations: (path) => exportObservations(database, path),
    close: () => database.close(),
  };
}
