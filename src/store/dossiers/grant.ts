import { newestFirst, type Order } from './bounded.js';

/** Order of grants: by the date they were granted, or else approved. */
export function grantOrder(row: string): Order {
  return newestFirst(`coalesce(${row}.granted_at."ms", ${row}.approved_at."ms")`, row);
}

/** Condition: grant `row` allows something at a moment (epoch ms). A listed grant is in force unless its record says otherwise. */
export function inForce(row: string, ms: number): string {
  const removed = `${row}.removed_at`;
  return `((${row}.effect = 'deny') IS NOT TRUE AND (${removed}."ms" + ${removed}."tolerance_ms" <= ${ms}) IS NOT TRUE
    AND (${row}.granted_at."ms" > ${ms}) IS NOT TRUE)`;
}
