import { jsonRecord, jsonRecordWith } from '../json-text.js';
import { boundedList, boundedMember, newestFirst } from './bounded.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { exposedKeys } from './exposed-key.js';
import { IN_REPOSITORY, IS_SECRET } from './secret-finding.js';
import { dossierSelect } from './select.js';

/** SELECT of the repository dossiers of one bucket. */
export function repositoryDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: {
      subject: `SELECT * FROM repositories WHERE bucket = ${bucket}`,
      ...exposedKeys(
        context,
        'exposed',
        `SELECT f.ordinal AS pair, l.key_id, f.first_seen AS moment FROM subject s JOIN secret_findings f USING (repository_id)
          JOIN first_leaked_key l ON l.finding = f.ordinal`,
      ),
      finding: boundedList({
        group: 'f.repository_id',
        record: jsonRecordWith(['key', `coalesce(k.json, 'null')`], 'secret_findings', 'f'),
        order: newestFirst('f.first_seen."ms"', 'f'),
        from: `subject s JOIN secret_findings f USING (repository_id)
          LEFT JOIN exposed k ON k.pair = f.ordinal WHERE ${IS_SECRET} AND ${IN_REPOSITORY}`,
      }),
    },
    members: [
      ...baseMembers(context, 'repository', 'r.repository_id'),
      ['repository', jsonRecord('repositories', 'r')],
      ['findings', whereSupplied(context, ['secret_findings'], boundedMember('finding'))],
    ],
    from: 'subject r LEFT JOIN finding ON finding.id = r.repository_id',
    id: 'r.repository_id',
  });
}
