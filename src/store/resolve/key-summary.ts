import { type JsonText, jsonValue } from '../json-text.js';
import { struct } from '../sql.js';

const MEMBERS = [
  'key_id',
  'environment',
  'risk_tier',
  'status',
  'storage',
  'created',
  'last_rotated',
  'revoked',
  'source',
];

/** A key, aliased `row`, as other records see it (`KeySummary`). */
export function jsonSummary(row: string): JsonText {
  return jsonValue(struct(MEMBERS.map((name) => [name, `${row}."${name}"`])));
}
