import { jsonRecord } from '../json-text.js';
import { boundedList, boundedMember } from './bounded.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { keyOrder, keySummary } from './key-summary.js';
import { dossierSelect } from './select.js';

/** SELECT of the incident dossiers of one bucket. */
export function incidentDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: {
      subject: `SELECT * FROM incidents WHERE bucket = ${bucket}`,
      named: boundedList({
        group: 'i.incident_id',
        record: keySummary('k'),
        order: keyOrder('k'),
        from: `(SELECT incident_id, unnest(list_distinct(key_ids)) AS key_id FROM subject) i JOIN keys k USING (key_id)`,
      }),
    },
    members: [
      ...baseMembers(context, 'incident', 'i.incident_id'),
      ['incident', jsonRecord('incidents', 'i')],
      ['keys', whereSupplied(context, ['keys'], boundedMember('named'))],
    ],
    from: 'subject i LEFT JOIN named ON named.id = i.incident_id',
    id: 'i.incident_id',
  });
}
