import { recordStruct } from '../record-struct.js';
import { baseMembers, type DossierPlan } from './dossier-plan.js';
import { ifFound } from './record-if-found.js';
import { dossierSelect } from './select.js';

/** SELECT of the route dossiers of one bucket. */
export function routeDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: { subject: `SELECT * FROM routes WHERE bucket = ${bucket}` },
    members: [
      ...baseMembers(context, 'route', 'r.route_id'),
      ['route', recordStruct('routes', 'r')],
      ['vendor', ifFound('vendors', 'v')],
    ],
    from: 'subject r LEFT JOIN vendors v USING (vendor_id)',
    order: 'r.route_id',
  });
}
