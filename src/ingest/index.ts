export type { Adapter } from './adapter.js';
export { ADAPTERS } from './adapters/index.js';
export { type IngestResult, ingest, inspect } from './ingest.js';
