import { columnNames } from '../columns.js';
import { recordMembers } from '../record-struct.js';
import { quoteId, struct } from '../sql.js';
import { boundedList } from './bounded.js';
import { heldWhenLeft, leaverOrder, leaverStruct } from './leaver.js';
import { grantOrder } from './orders.js';
import { ifFound } from './record-if-found.js';

/** Grants on the keys of one bucket, those on `*` included, with their holders. */
export function keyGrants(bucket: number): string {
  return boundedList({
    group: 'g.reached',
    record: heldGrant('g', 'p'),
    order: grantOrder('g'),
    from: `(${reaching(bucket, 'star_grants')}) g LEFT JOIN principals p USING (principal_id)`,
    more: 'g.star_left',
  });
}

/** Leavers who could read or use a key of the bucket when they left. */
export function keyLeavers(bucket: number): string {
  return boundedList({
    group: 'g.reached',
    record: leaverStruct('g', 'p'),
    order: leaverOrder('g', 'p'),
    from: `(${reaching(bucket, 'star_leavers')}) g JOIN principals p USING (principal_id)
      WHERE ${heldWhenLeft('g', 'p')}`,
    more: 'g.star_left',
  });
}

/** One grant with its holder. */
function heldGrant(g: string, p: string): string {
  return struct([...recordMembers('grants', g), ['principal', ifFound('principals', p)]]);
}

/** Grants with the key each reaches; `star_left` counts the `*` grants that the bounded table no longer holds. */
function reaching(bucket: number, starTable: string): string {
  const columns = ['ordinal', ...columnNames('grants')].map((name) => `s.${quoteId(name)}`).join(', ');
  return `SELECT s.key_id AS reached, 0 AS star_left, ${columns} FROM grants s
    WHERE s.bucket = ${bucket} AND s.key_state = 'known'
    UNION ALL SELECT k.key_id, s.star_left, ${columns} FROM subject_key k
    JOIN ${starTable} s ON s.for_environment IS NOT DISTINCT FROM k.environment`;
}
