import type { ChangeRecord, Instant } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { parseInstant } from '../../../fields/instants.js';
import { entryOf } from '../../../fields/json.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { isSysId, placeOf, shown, unwrapped } from '../fields.js';

const AGAIN = 'export the list again.';
const IDS_ONLY =
  'People are exported as sys_id, which joins to nobody: export with sysparm_display_value=true.';
const NUMBER = /^(CHG|CTASK|RITM|REQ|SCTASK|INC|PRB|TASK)\d+$/i;

/** States of a change by value and label, in lower case. */
const STATES: { readonly [state: string]: ChangeRecord['status'] } = {
  '-5': 'open',
  '-4': 'open',
  '-3': 'open',
  '-2': 'approved',
  '-1': 'approved',
  '0': 'implemented',
  '3': 'closed',
  '4': 'rejected',
  new: 'open',
  assess: 'open',
  authorize: 'open',
  scheduled: 'approved',
  implement: 'approved',
  review: 'implemented',
  closed: 'closed',
  canceled: 'rejected',
};

/**
 * ServiceNow: changes and requests of the Table API (`result`) or of a list saved as CSV with field names, or with labels. Follows
 * https://www.servicenow.com/docs/bundle/yokohama-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html and
 * https://www.servicenow.com/docs/bundle/yokohama-it-service-management/page/product/change-management/concept/c_ChangeStateModel.html
 * - `result` is a list, or the one record that was asked for (`GET /api/now/table/change_request/{sys_id}`, `/api/sn_chg_rest/change/{sys_id}`).
 * - A field is a text, or `{display_value, value}` with `sysparm_display_value=all`; a person as `{link, value}` is an id that joins to
 *   nobody, and is not read.
 * - The state counts for changes only, because other tables give its numbers another meaning; a change that was canceled is
 *   `rejected`: nothing may rest on it. An approval that was rejected is `rejected` in any table.
 * - Approvers are rows of another table (`sysapproval_approver`), which servicenow/approvals reads. Incidents and problems are left out.
 */
export const adapter: Adapter = {
  id: 'servicenow-tickets',
  title: 'ServiceNow changes and requests (JSON of the Table API, CSV)',
  recognisedBy:
    '`number` beside `sys_id`, in `result` or alone; columns `number`, `short_description` and `approval` or `state`, or their labels beside a number such as CHG0030012',
  proves:
    'which changes and requests exist, who asked for them, whether they were approved and when, and their state',
  cannot:
    'who approved (sysapproval_approver does), that what was done is what was approved, and tickets that the query left out',
  produces: ['changes'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['result', 'number', 'sys_id', 'short_description', 'approval', 'state', 'requested_by'],
  recognise,
  open,
};

function recognise({ kind, keys, header, head }: FileSample): { version: string | null } | null {
  if (kind === 'csv') {
    if (isLabelled(header ?? []) && OWN_NUMBER.test(head)) return { version: 'labels' };
    const has = (name: string) => header?.includes(name) ?? false;
    return has('number') && has('short_description') && (has('approval') || has('state'))
      ? { version: null }
      : null;
  }
  const bare = keys.includes('number') && keys.includes('sys_id');
  const listed = keys.includes('result') && /"sys_id"\s*:/.test(head) && /"number"\s*:/.test(head);
  return bare || listed ? { version: null } : null;
}

/** Labels of columns, which a list has instead of names if it is saved as Excel, or as CSV when labels are switched on. */
const LABELS: { readonly [label: string]: string } = {
  Number: 'number',
  'Short description': 'short_description',
  State: 'state',
  Approval: 'approval',
  'Requested by': 'requested_by',
  'Requested for': 'requested_for',
  'Opened by': 'opened_by',
  'Approval set': 'approval_set',
  'Actual end': 'work_end',
  'Actual end date': 'work_end',
};
/** A number of a change or request of ServiceNow in a cell. */
const OWN_NUMBER = /(?:^|[,;\t"])(?:CHG|CTASK|RITM|REQ|SCTASK)\d{5,}/m;

function isLabelled(header: readonly string[]): boolean {
  const has = (name: string) => header.includes(name);
  return has('Number') && has('Short description') && (has('Approval') || has('State'));
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const labelled = isLabelled(file.header ?? []);
  return {
    items: ['$.result', '$', ''],
    convert: (raw) => convert(labelled ? byName(raw) : unwrapped(raw), context),
    mayLack: (columns) => !columns.some((column) => /^number$/i.test(column)),
  };
}

/** Returns a row with the names of its fields beside the labels that it has. */
function byName(raw: RawRecord): RawRecord {
  const named = Object.entries(LABELS)
    .filter(([label]) => Object.hasOwn(raw.value, label))
    .map(([label, name]) => [name, raw.value[label]]);
  return { ...raw, value: { ...raw.value, ...Object.fromEntries(named) } };
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const number = r.need('number', shown(r, 'number'), 'There is no number: every ticket has one.');
  const table = NUMBER.exec(number ?? '')?.[1]?.toUpperCase();
  if (table === 'INC' || table === 'PRB') {
    context.skip('incident or problem: no change and no request');
    return [];
  }
  if (isSysId(raw.value['requested_by'])) context.warn(IDS_ONLY);
  const isChange = table === 'CHG';
  return r.emit('changes', {
    change_id: number,
    kind: isChange ? 'change' : 'other',
    title: () => shown(r, 'short_description'),
    requested_by: () => personIn(r, ['requested_by', 'requested_for', 'opened_by']),
    status: () => statusOf(r, isChange),
    approved_at: () => (approvalOf(r) === 'approved' ? timeIn(r, 'approval_set', context) : null),
    implemented_at: () => timeIn(r, 'work_end', context),
  });
}

/** Returns a time; `sysparm_display_value=all` states it in UTC too, a plain field in UTC or in the zone of who exported it. */
function timeIn(r: Reading, name: string, context: AdapterContext): Instant | null {
  const place = placeOf(r, name);
  if (place === name) return r.date(name);
  return r.read(place, (value) => parseInstant(value, { ...context.datesOf(undefined), timezone: 'Z' }));
}

function personIn(r: Reading, names: readonly string[]): string | null {
  const name = names.find((candidate) => r.states(candidate));
  return name === undefined ? null : shown(r, name);
}

function approvalOf(r: Reading): string | null {
  return r.cell(placeOf(r, 'approval'))?.toLowerCase() ?? null;
}

function statusOf(r: Reading, isChange: boolean): ChangeRecord['status'] {
  const approval = approvalOf(r);
  if (approval === 'rejected') return 'rejected';
  const state = isChange ? r.cell(placeOf(r, 'state'))?.toLowerCase() : undefined;
  const known = state === undefined ? null : (entryOf(STATES, state) ?? null);
  return known === null || known === 'open' ? (approval === 'approved' ? 'approved' : known) : known;
}
