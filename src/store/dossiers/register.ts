import type { AuditPlan } from '../../model/index.js';
import { boundedList, boundedMember, type Order } from '../bounded.js';
import { jsonObject } from '../json-text.js';
import { joinTaken } from '../terms/stated-until.js';
import { jsonDated } from './dated-record.js';
import { member } from './dossier.js';

/** The `register` member of the organisation: the open items of the bank's own register. */
export const REGISTER = member(
  { from: ['register'], beside: ['principals'], silence: { register: 'kind' } },
  ({ plan }) => ({
    queries: {
      ownerless: items(plan, `i.kind = 'finding' AND coalesce(i.owner, '') = ''`, [
        'i.owner IS NULL',
        ...earliest('due'),
      ]),
      open_finding: items(plan, `i.kind = 'finding'`, earliest('due')),
      open_exception: items(plan, `i.kind = 'exception'`, earliest('expires')),
    },
    joined: ['ownerless', 'open_finding', 'open_exception'],
    value: jsonObject([
      ['without_owner', boundedMember('ownerless')],
      ['findings', boundedMember('open_finding')],
      ['exceptions', boundedMember('open_exception')],
    ]),
  }),
);

/** Returns the items. An item whose state is not stated is not known to be closed. */
function items(plan: Pick<AuditPlan, 'asOfMs'>, condition: string, order: Order): string {
  return boundedList({
    whole: true,
    record: jsonDated('register', 'i', plan),
    order,
    from: `register i ${joinTaken('i')} WHERE (i.status = 'closed') IS NOT TRUE AND ${condition}`,
  });
}

function earliest(date: string): Order {
  return [`coalesce(i.${date}."ms", -9007199254740991)`, 'i.ordinal'];
}
