import type { RecordKind } from '../../model/index.js';
import { recordStruct } from '../record-struct.js';
import { identityOf } from '../resolve/distinct-records.js';

/** The record of a left join, or null where there is none. */
export function ifFound(kind: RecordKind, row: string): string {
  return `CASE WHEN ${row}.${identityOf(kind)[0]} IS NOT NULL THEN ${recordStruct(kind, row)} END`;
}
