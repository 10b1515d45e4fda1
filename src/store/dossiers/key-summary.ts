import { type JsonText, jsonValue } from '../json-text.js';
import { struct } from '../sql.js';
import { newestFirst, type Order } from './bounded.js';

const MEMBERS = ['key_id', 'environment', 'risk_tier', 'status', 'last_rotated', 'revoked', 'source'];

/** A key of table `keys`, aliased `row`, as other records see it; null where a left join did not find one. */
export function keySummary(row: string): JsonText {
  const summary = struct(MEMBERS.map((name) => [name, `${row}."${name}"`]));
  return jsonValue(`CASE WHEN ${row}.key_id IS NOT NULL THEN ${summary} END`);
}

/** Order of keys: by their last rotation. */
export function keyOrder(row: string): Order {
  return newestFirst(`${row}.last_rotated."ms"`, row);
}
