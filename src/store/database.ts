export type { Database, DatabaseOptions as StoreOptions, QueryParam } from '../duckdb/database.js';
export { openDatabase } from '../duckdb/database.js';
