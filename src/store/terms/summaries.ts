import { struct } from '../../duckdb/sql.js';
import { newestFirst, type Order } from '../bounded.js';
import { type JsonText, jsonRecord, jsonValue } from '../json-text.js';
import { STATED_UNTIL } from './stated-until.js';

const KEY_MEMBERS = [
  'key_id',
  'environment',
  'risk_tier',
  'status',
  'storage',
  'created',
  'last_rotated',
  'revoked',
  'unclear',
  'source',
];

/** Until when the inventory speaks of its state and last rotation: the earlier of the two. */
const STATED_UNTIL_MS = (row: string) =>
  `least(${row}.${STATED_UNTIL}."status", ${row}.${STATED_UNTIL}."last_rotated")`;

/** Returns a key, aliased `row`, as other records see it (`KeySummary`): what table `keys` keeps as `json`. */
export function summariseKey(row: string): JsonText {
  const members = KEY_MEMBERS.map((name): [string, string] => [name, `${row}."${name}"`]);
  return jsonValue(struct([...members, ['stated_until_ms', STATED_UNTIL_MS(row)]]));
}

/** Returns the summary of a row of table `keys`; null if a left join did not find one. */
export function keySummary(row: string): JsonText {
  return `coalesce(${row}.json, 'null')`;
}

/** Returns the order of keys: by their last rotation. */
export function keyOrder(row: string): Order {
  return newestFirst(`${row}.last_rotated."ms"`, row);
}

/**
 * Returns the `LinkedChange` of a ticket: an expression over `c`, the row of `changes` that was joined by it.
 * @param covered whether the changes supplied cover all there are: only then is a ticket they lack not found, and not unknown.
 */
export function linkedChange(ticket: string, covered: boolean): JsonText {
  const lacking = covered ? `'{"found":false,"change":null}'` : `'null'`;
  return `CASE WHEN coalesce(${ticket}, '') = '' THEN 'null' WHEN c.change_id IS NULL THEN ${lacking}
    ELSE concat('{"found":true,"change":', ${jsonRecord('changes', 'c')}, '}') END`;
}
