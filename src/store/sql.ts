export * from '../duckdb/sql.js';
