import { struct } from '../sql.js';

const MEMBERS = ['key_id', 'environment', 'risk_tier', 'status', 'last_rotated', 'revoked', 'source'];

/** A key of table `keys`, aliased `row`, as other records see it. */
export function keySummary(row: string): string {
  return struct(MEMBERS.map((name) => [name, `${row}."${name}"`]));
}

/** The same where the key was found by a left join, else null. */
export function keySummaryIfFound(row: string): string {
  return `CASE WHEN ${row}.key_id IS NOT NULL THEN ${keySummary(row)} END`;
}
