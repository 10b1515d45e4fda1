export type { Adapter } from './adapter.js';
export { type IngestResult, ingest, inspect } from './ingest.js';
