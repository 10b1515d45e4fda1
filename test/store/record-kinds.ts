import { TABLES } from '../../src/store/columns.js';

/** Every record kind, in the order of the schema. */
export const RECORD_KINDS = [...TABLES.keys()];
