import { jsonRecord, jsonRecordWith } from '../json-text.js';
import { boundedList, boundedMember } from './bounded.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { grantOrder } from './grant.js';
import { keyOrder, keySummary } from './key-summary.js';
import { dossierSelect } from './select.js';

/** SELECT of the principal dossiers of one bucket. */
export function principalDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: {
      subject: `SELECT * FROM principals WHERE bucket = ${bucket}`,
      held: boundedList({
        group: 'g.principal_id',
        record: jsonRecordWith(['key', keySummary('k')], 'grants', 'g'),
        order: grantOrder('g'),
        from: `held_grants g LEFT JOIN keys k ON k.key_id = g.key_id WHERE g.holder_bucket = ${bucket}`,
      }),
      owned: boundedList({
        group: 'k.owner_id',
        record: keySummary('k'),
        order: keyOrder('k'),
        from: 'subject s JOIN keys k ON k.owner_id = s.principal_id',
      }),
    },
    members: [
      ...baseMembers(context, 'principal', 'p.principal_id'),
      ['principal', jsonRecord('principals', 'p')],
      ['grants', whereSupplied(context, ['grants'], boundedMember('held'))],
      ['owned_keys', whereSupplied(context, ['keys'], boundedMember('owned'))],
    ],
    from: `subject p LEFT JOIN held ON held.id = p.principal_id LEFT JOIN owned ON owned.id = p.principal_id`,
    id: 'p.principal_id',
  });
}
