import { jsonRecord } from '../json-text.js';
import { boundedList, boundedMember } from './bounded.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { keyOrder, keySummary } from './key-summary.js';
import { dossierSelect } from './select.js';

/** SELECT of the vendor dossiers of one bucket. */
export function vendorDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: {
      subject: `SELECT * FROM vendors WHERE bucket = ${bucket}`,
      used: boundedList({
        group: 'k.vendor_id',
        record: keySummary('k'),
        order: [`((k.status = 'active') IS NOT TRUE)::INTEGER`, ...keyOrder('k')],
        from: 'subject s JOIN keys k USING (vendor_id)',
      }),
      served: boundedList({
        group: 'r.vendor_id',
        record: jsonRecord('routes', 'r'),
        order: ['r.ordinal'],
        from: 'subject s JOIN routes r USING (vendor_id)',
      }),
    },
    members: [
      ...baseMembers(context, 'vendor', 'v.vendor_id'),
      ['vendor', jsonRecord('vendors', 'v')],
      ['keys', whereSupplied(context, ['keys'], boundedMember('used'))],
      ['routes', whereSupplied(context, ['routes'], boundedMember('served'))],
    ],
    from: 'subject v LEFT JOIN used ON used.id = v.vendor_id LEFT JOIN served ON served.id = v.vendor_id',
    id: 'v.vendor_id',
  });
}
