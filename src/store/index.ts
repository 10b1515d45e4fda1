export type { RecordPart } from './record-part.js';
export type { Bucket, FindingText, QueryParam, Store } from './store.js';
