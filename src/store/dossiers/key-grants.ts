import { columnNames } from '../columns.js';
import { jsonRecordWith } from '../json-text.js';
import { quoteId } from '../sql.js';
import { boundedList } from './bounded.js';
import type { DossierPlan } from './dossier-plan.js';
import { grantOrder } from './grant.js';
import { heldWhenLeft, leaverMember, leaverOrder } from './leaver.js';
import { linkedChange } from './linked-change.js';

/** Grants on the keys of one bucket, those on `*` included, with their holders. */
export function keyGrants(context: DossierPlan, bucket: number): string {
  return boundedList({
    group: 'g.reached',
    record: jsonRecordWith(
      ['principal', `coalesce(p.json, 'null'), ',"change":', ${linkedChange(context, 'g.ticket')}`],
      'grants',
      'g',
    ),
    order: grantOrder('g'),
    from: `(${reaching(bucket, 'star_grants')}) g LEFT JOIN principals p USING (principal_id)
      LEFT JOIN changes c ON c.change_id = g.ticket`,
    more: 'g.star_left',
  });
}

/** Leavers who could read or use a key of the bucket when they left. */
export function keyLeavers(bucket: number): string {
  return boundedList({
    group: 'g.reached',
    record: leaverMember('g', 'p'),
    order: leaverOrder('g', 'p'),
    from: `(${reaching(bucket, 'star_leavers')}) g JOIN principals p USING (principal_id)
      WHERE ${heldWhenLeft('g', 'p')}`,
    more: 'g.star_left',
  });
}

/** Grants with the key each reaches; `star_left` counts the `*` grants that the bounded table no longer holds. */
function reaching(bucket: number, starTable: string): string {
  const columns = ['ordinal', ...columnNames('grants')].map((name) => `s.${quoteId(name)}`).join(', ');
  return `SELECT s.key_id AS reached, 0 AS star_left, ${columns} FROM grants s
    WHERE s.bucket = ${bucket} AND s.key_state = 'known'
    UNION ALL SELECT k.key_id, s.star_left, ${columns} FROM subject k
    JOIN ${starTable} s ON s.for_environment IS NOT DISTINCT FROM k.environment`;
}
