import { jsonRecord } from '../json-text.js';
import { baseMembers, type DossierPlan } from './dossier-plan.js';
import { dossierSelect } from './select.js';

/** SELECT of the route dossiers of one bucket. */
export function routeDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: { subject: `SELECT * FROM routes WHERE bucket = ${bucket}` },
    members: [
      ...baseMembers(context, 'route', 'r.route_id'),
      ['route', jsonRecord('routes', 'r')],
      ['vendor', `coalesce(v.json, 'null')`],
    ],
    from: 'subject r LEFT JOIN vendors v USING (vendor_id)',
    id: 'r.route_id',
  });
}
