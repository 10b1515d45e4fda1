import type { AuditPlan, RecordKind } from '../../model/index.js';
import { type JsonText, jsonRecordWith, jsonValue } from '../json-text.js';
import { untilBefore } from '../terms/stated-until.js';

/** Returns a record with the last moment that its file speaks for; the file is joined as `own_file`. */
export function jsonDated(kind: RecordKind, row: string, { asOfMs }: Pick<AuditPlan, 'asOfMs'>): JsonText {
  return jsonRecordWith([['stated_until_ms', jsonValue(untilBefore('own_file.until', asOfMs))]], kind, row);
}
