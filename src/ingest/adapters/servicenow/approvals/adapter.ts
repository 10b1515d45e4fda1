import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { isSysId, shown, unwrapped } from '../fields.js';

const AGAIN = 'export the list again.';
const IDS_ONLY =
  'The ticket or the person is exported as sys_id, which joins to nothing: export with sysparm_display_value=true.';
/** Names of the fields, and their labels in a list saved with those. */
const TICKET = ['sysapproval', 'Approval for'];
const APPROVER = ['approver', 'Approver'];
/** Fields of the ticket and of the person that a query asked for as well (`sysparm_fields`): they tell which ones an id alone means. */
const OF_TICKET = ['sysapproval.number', ...TICKET];
const OF_APPROVER = ['approver.user_name', 'approver.email', 'approver.name', ...APPROVER];
const STATE = ['state', 'State'];
const LEFT_OUT: { readonly [state: string]: string } = {
  rejected: 'approval that was refused',
};

/**
 * ServiceNow approvals: rows of the table `sysapproval_approver`, of the Table API (`result`) or of a list saved as CSV, with names of fields or with
 * labels. Follows
 * https://www.servicenow.com/docs/bundle/yokohama-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html
 * - A row is one person who was asked. Those who approved are the approvers of the ticket, all in one record of it; a refusal and a request without an answer
 *   are left out and counted. Whether the ticket is approved with that is stated by the ticket.
 * - `sys_updated_on` moves with any change of the row, and is no time of an approval.
 */
export const adapter: Adapter = {
  id: 'servicenow-approvals',
  title: 'ServiceNow approvals (JSON of the Table API, CSV of sysapproval_approver)',
  recognisedBy:
    '`approver`, `sysapproval` and `state`, in `result`, alone or as columns; columns `Approver`, `Approval for`, `State`',
  proves: 'who approved which change or request',
  cannot: 'when somebody approved, whether enough did, and approvals that the query left out',
  produces: ['changes'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['result', 'approver', 'sysapproval', 'state', 'source_table', 'group'],
  recognise,
  open,
};

function recognise({ header, keys, head }: FileSample): { version: string | null } | null {
  const names = header ?? keys;
  const has = (places: readonly string[]) => places.some((name) => names.includes(name));
  const labels = [TICKET, APPROVER, STATE].every((places) => names.includes(places[1] ?? ''));
  const fields =
    names.includes('state') &&
    [OF_TICKET, OF_APPROVER].every((places) => has(places.filter((name) => !/[A-Z]/.test(name))));
  if (labels || fields) return { version: null };
  const listed =
    keys.includes('result') &&
    ['sysapproval', 'approver'].every((name) => new RegExp(`"${name}[".]`).test(head));
  return listed ? { version: null } : null;
}

type Ticket = { reading: Reading; id: string; approvers: string[] };

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const tickets = new Map<string, Ticket>();
  return {
    items: ['$.result', '$', ''],
    convert(raw) {
      note(unwrapped(raw), tickets, context);
      return [];
    },
    end: () => [...tickets.values()].flatMap(recordOf),
  };
}

function note(raw: RawRecord, tickets: Map<string, Ticket>, context: AdapterContext): void {
  const r = reading(raw, context, AGAIN);
  const ids = [OF_TICKET, OF_APPROVER].some((places) =>
    isSysId(raw.value[places.find((name) => r.states(name)) ?? '']),
  );
  const id = r.need(
    'sysapproval',
    ids ? null : first(r, OF_TICKET),
    ids ? IDS_ONLY : 'There is no ticket (sysapproval): every approval is for one.',
  );
  const approver = r.need(
    'approver',
    ids ? null : first(r, OF_APPROVER),
    ids ? IDS_ONLY : 'There is no approver: every approval has one.',
  );
  const state = first(r, STATE)?.toLowerCase() ?? null;
  if (r.failed || id === null || approver === null) return;
  if (state !== 'approved') {
    context.skip(LEFT_OUT[state ?? ''] ?? 'approval that is not given');
    return;
  }
  const ticket = tickets.get(id) ?? { reading: r, id, approvers: [] };
  if (!ticket.approvers.includes(approver)) ticket.approvers.push(approver);
  tickets.set(id, ticket);
}

function first(r: Reading, places: readonly string[]): string | null {
  const place = places.find((name) => r.states(name));
  return place === undefined ? null : shown(r, place);
}

function recordOf({ reading: r, id, approvers }: Ticket): Emit[] {
  return r.emit('changes', { change_id: id.replace(/^[A-Za-z ]+: */, ''), approved_by: approvers });
}
