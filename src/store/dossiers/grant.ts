import { newestFirst, type Order } from './bounded.js';

/** Order of grants: by the date they were granted, or else approved. */
export function grantOrder(row: string): Order {
  return newestFirst(`coalesce(${row}.granted_at."ms", ${row}.approved_at."ms")`, row);
}
