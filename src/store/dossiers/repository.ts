import { jsonRecord, jsonRecordWith } from '../json-text.js';
import { boundedList, boundedMember, newestFirst } from './bounded.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { keySummary } from './key-summary.js';
import { dossierSelect } from './select.js';

/** SELECT of the repository dossiers of one bucket. */
export function repositoryDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: {
      subject: `SELECT * FROM repositories WHERE bucket = ${bucket}`,
      finding: boundedList({
        group: 'f.repository_id',
        record: jsonRecordWith(['key', keySummary('k')], 'secret_findings', 'f'),
        order: newestFirst('f.first_seen."ms"', 'f'),
        from: `subject s JOIN secret_findings f USING (repository_id)
          LEFT JOIN first_leaked_key l ON l.finding = f.ordinal LEFT JOIN keys k ON k.key_id = l.key_id`,
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
