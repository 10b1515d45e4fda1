import { jsonRecord, jsonValue } from '../json-text.js';
import { boundedList, boundedMember } from './bounded.js';
import { documents, documentsMember } from './documents.js';
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
      begun: `SELECT vendor_id AS id, arg_min(k.created, k.created."ms") AS "at" FROM subject s JOIN keys k USING (vendor_id)
        WHERE k.created."state" = 'known' GROUP BY vendor_id`,
      document: documents(context, 'vendor', 'vendor_id'),
    },
    members: [
      ...baseMembers(context, 'vendor', 'v.vendor_id'),
      ['vendor', jsonRecord('vendors', 'v')],
      ['keys', whereSupplied(context, ['keys'], boundedMember('used'))],
      ['routes', whereSupplied(context, ['routes'], boundedMember('served'))],
      ['first_key_created', jsonValue('begun."at"')],
      ['attestations', documentsMember(context, 'document')],
    ],
    from: `subject v LEFT JOIN used ON used.id = v.vendor_id LEFT JOIN served ON served.id = v.vendor_id
      LEFT JOIN begun ON begun.id = v.vendor_id LEFT JOIN document ON document.id = v.vendor_id`,
    id: 'v.vendor_id',
  });
}
