export type { Adapter } from './adapter.js';
export { type IngestResult, ingest, inspect } from './ingest.js';
export { containerOf } from './inside-sources.js';
export { limitsOf } from './limits-of.js';
export { type Proposal, type ProposedFile, proposeSources } from './proposal/propose-source.js';
