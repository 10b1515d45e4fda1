import { type JsonText, jsonObject, jsonRecord } from '../json-text.js';
import { boundedList, boundedMember, type Order } from './bounded.js';

/** Named sub-queries: the open items of the bank's own register. */
export function register(): { [query: string]: string } {
  return {
    ownerless: items(`i.kind = 'finding' AND i.owner = ''`, earliest('due')),
    open_finding: items(`i.kind = 'finding'`, earliest('due')),
    open_exception: items(`i.kind = 'exception'`, earliest('expires')),
  };
}

/** The `register` member of these, joined. */
export function registerMember(): JsonText {
  return jsonObject([
    ['without_owner', boundedMember('ownerless')],
    ['findings', boundedMember('open_finding')],
    ['exceptions', boundedMember('open_exception')],
  ]);
}

/** An item whose state nobody states is not known to be closed. */
function items(condition: string, order: Order): string {
  return boundedList({
    group: 'i.ordinal * 0',
    record: jsonRecord('register', 'i'),
    order,
    from: `register i WHERE (i.status = 'closed') IS NOT TRUE AND ${condition}`,
  });
}

function earliest(date: string): Order {
  return [`coalesce(i.${date}."ms", -9007199254740991)`, 'i.ordinal'];
}
