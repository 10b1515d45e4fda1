import type { ChangeRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { type Place, type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export the issues again.';
const MORE = 'The search found more issues than the export lists: export all pages.';
const KEY: Place = ['key', 'Issue key'];
const TYPE: Place = ['fields.issuetype.name', 'Issue Type'];
const STATUS: Place = ['fields.status.name', 'Status'];
const CATEGORY: Place = ['fields.status.statusCategory.key', 'Status Category'];
const RESOLUTION: Place = ['fields.resolution.name', 'Resolution'];
const REFUSED = /^(?:declined|rejected|cancell?ed|won'?t do|won'?t fix|withdrawn)$/i;

/**
 * Jira: issues of a search (`issues` with `fields`) or of the CSV of a filter. Follows
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 * - An issue whose type names a change is a change; one whose type names access is an access request; others are `other`.
 * - `rejected` is a status or resolution such as Declined; `approved` and `implemented` are statuses of that name; of the rest,
 *   those whose category is done are `closed`, the others `open`. Banks name statuses as they like: map what differs with `values`.
 * - Approvals, environments and when something was carried out are fields that each site defines for itself, and are not read.
 */
export const adapter: Adapter = {
  id: 'jira-issues',
  title: 'Jira issues (JSON of a search, CSV)',
  recognisedBy: '`issues` with `key` and `fields`, or columns `Issue key`, `Issue id`',
  proves: 'which tickets exist, who reported them, and their state when they were exported',
  cannot: 'who approved and when, when something was carried out, and issues that the filter left out',
  produces: ['changes'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['issues', 'key', 'fields', 'startAt', 'maxResults', 'Issue key', 'Issue id', 'Issue Type'],
  recognise,
  open: (_file, context) => open(context),
};

function recognise({ kind, keys, header, head }: FileSample): { version: string | null } | null {
  if (kind === 'csv') {
    return ['Issue key', 'Issue id'].every((name) => header?.includes(name)) ? { version: null } : null;
  }
  const bare = ['key', 'fields', 'self'].every((name) => keys.includes(name));
  const page = ['startAt', 'maxResults', 'isLast', 'nextPageToken', 'expand'].some((name) =>
    keys.includes(name),
  );
  const listed =
    keys.includes('issues') && page && (/"fields"\s*:/.test(head) || /"issues"\s*:\s*\[\s*\]/.test(head));
  return bare || listed ? { version: null } : null;
}

function open(context: AdapterContext): AdapterReader {
  let records = 0;
  let total = 0;
  return {
    items: ['$.issues', '$', ''],
    convert(raw) {
      records += 1;
      return convert(raw, context);
    },
    mayLack: (columns) => !columns.includes('Issue key'),
    envelope(page) {
      if (page['isLast'] === false) context.truncated(MORE);
      total = typeof page['total'] === 'number' ? page['total'] : 0;
    },
    end() {
      if (total > records) context.truncated(MORE);
      return [];
    },
  };
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  return r.emit('changes', {
    change_id: r.need(KEY, r.text(KEY), 'There is no key: every issue has one.'),
    kind: () => kindOf(r),
    title: () => r.text(['fields.summary', 'Summary']),
    requested_by: () => r.text(['fields.reporter.emailAddress', 'fields.reporter.displayName', 'Reporter']),
    status: () => statusOf(r),
  });
}

function kindOf(r: Reading): ChangeRecord['kind'] {
  const type = r.text(TYPE);
  if (type === null) return null;
  if (/\bchange\b/i.test(type)) return 'change';
  return /\baccess\b/i.test(type) ? 'access-request' : 'other';
}

function statusOf(r: Reading): ChangeRecord['status'] {
  const [status, resolution] = [r.text(STATUS), r.text(RESOLUTION)];
  if ([status, resolution].some((word) => word !== null && REFUSED.test(word))) return 'rejected';
  if (/^approved$/i.test(status ?? '')) return 'approved';
  if (/^(?:implemented|deployed)$/i.test(status ?? '')) return 'implemented';
  const category = r.text(CATEGORY)?.toLowerCase() ?? null;
  if (category === null) return null;
  return category === 'done' ? 'closed' : 'open';
}
