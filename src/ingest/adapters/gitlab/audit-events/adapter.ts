import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { warnOfFullPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { type IsRepeated, repeatedIds } from '../../../fields/repeated-ids.js';
import { tokenMessage, typeMeaning } from './messages.js';

const AGAIN = 'export the audit events again (GET /audit_events, or Export as CSV).';
const MAY_GO_ON =
  'The list has as many events as a page of GitLab: more may exist. Export all pages (glab api --paginate).';
const PAGES = [20, 100];

const MEMBERS = ['id', 'author_id', 'entity_id', 'entity_type', 'details', 'created_at'];
const COLUMNS = ['Author ID', 'Entity ID', 'Entity Type', 'Entity Path', 'Target Details', 'Action'];
const TIME = ['created_at', 'Created At (UTC)', 'Created At'];
const MESSAGE = ['details.custom_message', 'Action'];
const TYPE = ['event_type', 'details.event_name', 'details.event_type'];

/**
 * GitLab audit events: `GET /audit_events` of an instance, a group or a project, streamed events, and the CSV of the page. Follows
 * https://docs.gitlab.com/api/audit_events/ and https://docs.gitlab.com/user/compliance/audit_event_schema/
 * - What happened is a sentence (`custom_message`, `Action`): those about tokens name the token's id, by which they join the list of tokens.
 *   Deploy tokens and CI variables are named by the type of the event, which older versions do not state, and join no key.
 * - GitLab writes a rotation as a revocation of the old token and a creation of the new one.
 * - The author is its e-mail, else its name, else its id: whether it is a person is not stated, because projects have users too.
 */
export const adapter: Adapter = {
  id: 'gitlab-audit-events',
  title: 'GitLab audit events (JSON of the API or streamed, CSV of the page)',
  recognisedBy:
    '`author_id`, `entity_id`, `entity_type` and `details`, or columns `Author ID`, `Entity Path`, `Target Details`, `Action`',
  proves:
    'who made or revoked which token of a person, project or group, when, from where, and attempts that failed',
  cannot:
    'what a token was used for, who read a CI variable, and events of versions and tiers that record none',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson', 'csv'],
  signature: MEMBERS,
  recognise,
  open,
};

function recognise({ kind, keys, header }: FileSample): { version: string | null } | null {
  if (kind === 'csv') return COLUMNS.every((name) => header?.includes(name)) ? { version: 'page' } : null;
  return MEMBERS.every((name) => keys.includes(name)) ? { version: null } : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const isRepeated = repeatedIds();
  const reader: AdapterReader = {
    items: ['$', ''],
    convert(raw) {
      return convert(raw, isRepeated, context);
    },
  };
  return file.kind === 'json' ? warnOfFullPage(reader, PAGES, MAY_GO_ON, context) : reader;
}

function convert(raw: RawRecord, isRepeated: IsRepeated, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const [message, type] = [r.text(MESSAGE), r.text(TYPE)];
  const found = tokenMessage(message ?? '') ?? typeMeaning(type ?? '');
  const id = r.text(['id', 'ID']);
  if (r.failed) return [];
  if (found === null || isRepeated(id)) {
    context.skip(found === null ? 'event about no credential' : 'event delivered twice');
    return [];
  }
  return lifeEvent(r, found.meaning, {
    event_id: id,
    at: r.need(TIME, r.date(TIME), 'There is no time: every event has one.'),
    action: type ?? actionOf(message ?? ''),
    key_id: found.token === null ? null : `gitlab-token:${found.token}`,
    actor: authorOf(r),
    outcome: found.outcome,
    source_ip: () => r.text(['ip_address', 'details.ip_address', 'IP Address']),
    log: 'gitlab-audit',
  });
}

/** Returns a message without what it says of one token, so that alike events are named alike. */
function actionOf(message: string): string {
  return message.replace(/ (?:with (?:token_)?id\b|but failed).*$/s, '');
}

function authorOf(r: Reading): string | null {
  return r.text([
    'details.author_email',
    'author_name',
    'details.author_name',
    'Author Name',
    'author_id',
    'Author ID',
  ]);
}
