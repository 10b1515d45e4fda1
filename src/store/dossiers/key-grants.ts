import { quoteId } from '../../duckdb/sql.js';
import { columnNames } from '../columns.js';
import { jsonConstant, jsonObject, jsonRecord, jsonRecordWith, jsonValue } from '../json-text.js';
import { grantOrder, heldWhenLeft, leaverOrder } from '../terms/grants.js';
import { joinTaken, untilBefore } from '../terms/stated-until.js';
import { linkedChange } from '../terms/summaries.js';
import { isCovered, list } from './dossier.js';

/** The `grants` member of a key: grants on it, those on `*` included, with their holders. */
export const KEY_GRANTS = list(
  { from: ['grants'], beside: ['principals', 'changes'], silence: { grants: 'subject' } },
  (place) => ({
    group: 'g.reached',
    record: jsonRecordWith(
      [
        ['stated_until_ms', jsonValue(untilBefore('own_file.until', place.plan.asOfMs))],
        ['principal', `coalesce(p.json, 'null')`],
        [
          'change',
          place.supplied.has('changes')
            ? linkedChange('g.ticket', isCovered(place, 'changes'))
            : jsonConstant(null),
        ],
        ['reviewer_kind', jsonValue('w."kind"')],
      ],
      'grants',
      'g',
    ),
    order: grantOrder('g'),
    from: `(${reaching(place.bucket, 'star_grants')}) g LEFT JOIN principals p USING (principal_id)
      LEFT JOIN changes c ON c.change_id = g.ticket LEFT JOIN principals w ON w.principal_id = g.reviewer
      ${joinTaken('g')}`,
    more: 'g.star_left',
  }),
);

/** The `leavers` member of a key: leavers who could read or use it when they left. */
export const KEY_LEAVERS = list(
  {
    from: ['grants'],
    beside: ['principals'],
    told: ({ directory }) => directory,
    silence: { grants: 'subject', principals: 'kind' },
  },
  ({ bucket, plan }) => ({
    group: 'g.reached',
    record: jsonObject([
      ['principal', 'p.json'],
      ['grant', jsonRecord('grants', 'g')],
      ['grant_stated_until_ms', jsonValue(untilBefore('t.until', plan.asOfMs))],
    ]),
    order: leaverOrder('g', 'p'),
    from: `(${reaching(bucket, 'star_leavers')}) g JOIN principals p USING (principal_id) LEFT JOIN taken t ON t.file = g.source.file
      WHERE ${heldWhenLeft('g', 'p')}`,
    more: 'g.star_left',
  }),
);

const UNSPREAD = '(SELECT grants FROM unspread)';

/**
 * Returns grants with the key each reaches; `star_left` counts the `*` grants that the bounded table no longer holds, and grants on
 * scopes that were too many to be put in terms of keys: each may reach the key.
 */
function reaching(bucket: number, starTable: string): string {
  const columns = ['ordinal', ...columnNames('grants')].map((name) => `s.${quoteId(name)}`).join(', ');
  return `SELECT s.key_id AS reached, ${UNSPREAD} AS star_left, ${columns} FROM grants s
    WHERE s.bucket = ${bucket} AND s.key_state = 'known'
    UNION ALL SELECT k.key_id, s.star_left + ${UNSPREAD}, ${columns} FROM subject k
    JOIN ${starTable} s ON s.for_environment IS NOT DISTINCT FROM k.environment`;
}
