import { newestFirst, settlingMember } from '../bounded.js';
import { jsonRecordWith } from '../json-text.js';
import { IN_REPOSITORY, IS_DISMISSED, IS_SECRET } from '../terms/conditions.js';
import { type Dossier, dossier, list, ownRecord } from './dossier.js';
import { exposedKeys, SHOWN_OF_EXPOSED } from './exposed-key.js';

/** The dossiers of repositories. */
export const REPOSITORY_DOSSIER: Dossier = dossier('repository', 'r', {
  alsoNamedIn: ['secret_findings'],
  members: {
    repository: ownRecord('repositories', 'r'),
    findings: list({ from: ['secret_findings'], beside: ['keys', ...SHOWN_OF_EXPOSED] }, (place) => ({
      queries: exposedKeys(place, 'exposed', FOUND_KEYS),
      group: 'f.repository_id',
      record: jsonRecordWith([['key', `coalesce(k.json, 'null')`]], 'secret_findings', 'f'),
      order: newestFirst('f.first_seen."ms"', 'f'),
      from: `subject s JOIN secret_findings f USING (repository_id)
        LEFT JOIN exposed k ON k.pair = f.ordinal WHERE ${IS_SECRET} AND ${IN_REPOSITORY}`,
      settled: `(k.pair IS NULL AND ${IS_DISMISSED})`,
      value: settlingMember,
    })),
  },
});

const FOUND_KEYS = `SELECT f.ordinal AS pair, l.key_id, f.first_seen AS moment FROM subject s
  JOIN secret_findings f USING (repository_id) JOIN first_leaked_key l ON l.finding = f.ordinal`;
