import { jsonRecord } from '../json-text.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { linkedChange } from './linked-change.js';
import { requestsMember, routeRequests } from './route-requests.js';
import { dossierSelect } from './select.js';

/** SELECT of the route dossiers of one bucket. */
export function routeDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: { subject: `SELECT * FROM routes WHERE bucket = ${bucket}`, ...routeRequests() },
    members: [
      ...baseMembers(context, 'route', 'r.route_id'),
      ['route', jsonRecord('routes', 'r')],
      ['vendor', `coalesce(v.json, 'null')`],
      ['requests', whereSupplied(context, ['events'], requestsMember())],
      ['change', linkedChange(context, 'r.ticket')],
    ],
    from: `subject r LEFT JOIN vendors v USING (vendor_id) LEFT JOIN request USING (route_id)
      LEFT JOIN silence ON silence.name = r.route_id LEFT JOIN changes c ON c.change_id = r.ticket`,
    id: 'r.route_id',
  });
}
