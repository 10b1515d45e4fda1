import type { JsonText } from '../json-text.js';
import { newestFirst, type Order } from './bounded.js';

/** A key of table `keys`, aliased `row`, as other records see it; null where a left join did not find one. */
export function keySummary(row: string): JsonText {
  return `coalesce(${row}.json, 'null')`;
}

/** Order of keys: by their last rotation. */
export function keyOrder(row: string): Order {
  return newestFirst(`${row}.last_rotated."ms"`, row);
}
