import { newestFirst, type Order, settlingMember } from '../bounded.js';
import { IN_REPOSITORY, IS_DISMISSED, IS_SECRET } from '../terms/conditions.js';
import { contradictions } from './contradictions.js';
import { type Dossier, dossier, list, ownRecord } from './dossier.js';
import { exposedKeys, SHOWN_OF_EXPOSED } from './exposed-key.js';
import { foundSecret } from './found-secret.js';
import { statedUntil } from './stated-until.js';

/** Findings that nobody dismissed, then those whose key may still work, so that a list is cut where nothing would decide. */
const OBJECTED_FIRST: Order = [
  `CASE WHEN ${IS_DISMISSED} THEN 1 ELSE 0 END`,
  'coalesce(-k.safe_ms, -9223372036854775807)',
  ...newestFirst('f.first_seen."ms"', 'f'),
];

/** The dossiers of repositories. */
export const REPOSITORY_DOSSIER: Dossier = dossier('repository', 'r', {
  alsoNamedIn: ['secret_findings'],
  named: { secret_findings: 'coalesce(findings_list.total, 0) > 0' },
  members: {
    repository: ownRecord('repositories', 'r'),
    findings: list(
      {
        from: ['secret_findings'],
        beside: ['keys', ...SHOWN_OF_EXPOSED],
        silence: { secret_findings: 'subject' },
      },
      (place) => ({
        queries: exposedKeys(place, 'exposed', FOUND_KEYS),
        group: 'f.repository_id',
        record: foundSecret('f', [['key', `coalesce(k.json, 'null')`]]),
        order: OBJECTED_FIRST,
        from: `subject s JOIN secret_findings f USING (repository_id)
        LEFT JOIN exposed k ON k.pair = f.ordinal WHERE ${IS_SECRET} AND ${IN_REPOSITORY}`,
        settled: `(k.pair IS NULL AND ${IS_DISMISSED})`,
        value: settlingMember,
      }),
    ),
    stated_until: statedUntil('repository', 'r'),
    contradictions: contradictions('repository'),
  },
});

const FOUND_KEYS = `SELECT f.ordinal AS pair, l.key_id, f.first_seen AS moment FROM subject s
  JOIN secret_findings f USING (repository_id) JOIN first_leaked_key l ON l.finding = f.ordinal`;
