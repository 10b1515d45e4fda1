import type { AuditEventRecord } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { lifeEvent, type Meaning } from '../../../fields/life-events.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { type IsRepeated, repeatedIds } from '../../../fields/repeated-ids.js';
import { auditOfRow, isPortalRow } from './portal-row.js';

const AGAIN = 'export the directory audits again.';
const GOES_ON = 'The export ends with a nextLink: the log has more events than it lists. Add the next pages.';
const MEMBERS = ['activityDisplayName', 'activityDateTime', 'initiatedBy', 'targetResources'];
/** What may hold the credentials of an application, by the end of the name of the activity, whose dash differs. */
const CREDENTIALS = /certificates and secrets management|service principal credentials/i;
/** Activities that give or take rights, on applications or in the directory. */
const RIGHTS =
  /^(?:add|remove) (?:eligible )?(?:member|scoped member) (?:to|from) role|app role assignment|consent to application|owner (?:to|from) (?:application|service principal)|delegated permission grant/i;
const KEY_ID = /KeyIdentifier=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;

/**
 * Microsoft Entra ID audit log: directory audits of Microsoft Graph (`{value}`), and AuditLogs of diagnostic settings, where they are in
 * `properties`, and the CSV that the admin center downloads. Follows https://learn.microsoft.com/en-us/graph/api/resources/directoryaudit and
 * https://learn.microsoft.com/en-us/entra/identity/monitoring-health/reference-audit-activities
 * - Changes of client secrets and certificates of applications, and of who has which role or permission, are kept; the rest is counted and left out.
 * - `KeyDescription` lists the credentials before and after: one that is new was made, one that is gone was removed. The id is the `keyId` of
 *   the list of applications.
 * - A change of which the list of credentials cannot be read concerns a credential that is not known.
 */
export const adapter: Adapter = {
  id: 'entra-audit-log',
  title:
    'Microsoft Entra ID audit log (JSON, NDJSON: Microsoft Graph, diagnostic settings; CSV of the admin center)',
  recognisedBy:
    '`activityDisplayName` and `activityDateTime` beside `initiatedBy` and `targetResources`; columns `Date (UTC)`, `Activity`, `ActorUserPrincipalName`',
  proves:
    'who added or removed which client secret or certificate of an application, and who granted roles and permissions, with the result',
  cannot: 'events older than Entra keeps (30 days, 7 without a licence), and that a credential was used',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['activityDisplayName', 'activityDateTime', 'initiatedBy', 'targetResources', 'category'],
  recognise,
  open,
};

function recognise({ keys, header, head }: FileSample): { version: string | null } | null {
  if (header !== null) return isPortalRow(header) ? { version: 'portal' } : null;
  const wrapped = keys.includes('value') || keys.includes('properties') || keys.includes('records');
  const has = (name: string) => keys.includes(name) || (wrapped && head.includes(`"${name}"`));
  return MEMBERS.every(has) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const isRepeated = repeatedIds();
  return {
    items: ['$.value', '$.records', '$', ''],
    convert: (raw) => convert(raw, isRepeated, context),
    envelope: (value) => warnOfNextPage(value, ['@odata.nextLink'], GOES_ON, context),
  };
}

function convert(raw: RawRecord, isRepeated: IsRepeated, context: AdapterContext): Emit[] {
  const value = auditOf(raw.value);
  const r = reading({ ...raw, value }, context, AGAIN);
  const activity =
    r.need(
      'activityDisplayName',
      r.text(['activityDisplayName', 'operationName']),
      'There is no activity: every event has one.',
    ) ?? '';
  const changes = CREDENTIALS.test(activity) ? changedKeys(value['targetResources']) : null;
  if (changes === null && !RIGHTS.test(activity)) {
    if (!r.failed) context.skip('event about no credential');
    return [];
  }
  const id = r.text('id');
  if (isRepeated(id)) {
    context.skip('event delivered twice');
    return [];
  }
  const at = r.need(TIME, r.date(TIME), 'There is no time (activityDateTime): every event has one.');
  if (r.failed) return [];
  if (changes !== null && !areLists(value['targetResources']))
    context.unreadable(raw.record, 'events', 'key_id', `what was changed is not in lists; ${AGAIN}`);
  const event = { ...common(r), at, action: activity };
  return (changes ?? [ADMIN]).flatMap(({ key, meaning }) =>
    lifeEvent(r, meaning, { ...event, event_id: eventId(id, key), key_id: key }),
  );
}

function auditOf(value: Record<string, unknown>): Record<string, unknown> {
  if (isPortalRow(Object.keys(value))) return auditOfRow(value);
  const inner = value['properties'];
  return isObject(inner) ? { ...value, ...inner } : value;
}

const TIME = ['activityDateTime', 'time', 'Date (UTC)'];
const ADMIN: Change = { key: null, meaning: { category: 'admin' } };

type Change = { key: string | null; meaning: Meaning };

/** Returns what became of which credential: made, removed, or, if the lists do not tell, something of one that is not known. */
function changedKeys(targets: unknown): Change[] {
  const lists = (Array.isArray(targets) ? targets : [])
    .filter(isObject)
    .flatMap(({ modifiedProperties }) => (Array.isArray(modifiedProperties) ? modifiedProperties : []))
    .filter(isObject)
    .filter((property) => property['displayName'] === 'KeyDescription');
  const before = new Set(lists.flatMap((list) => idsIn(list['oldValue'])));
  const after = new Set(lists.flatMap((list) => idsIn(list['newValue'])));
  const made = [...after].filter((key) => !before.has(key));
  const gone = [...before].filter((key) => !after.has(key));
  const changes: Change[] = [
    ...made.map((key): Change => ({ key, meaning: { category: 'create', step: 'created' } })),
    ...gone.map((key): Change => ({ key, meaning: { category: 'revoke', step: 'revoked' } })),
  ];
  return changes.length > 0 ? changes : [{ key: null, meaning: { category: 'update' } }];
}

/** Returns whether the targets and what was modified of each are lists, or not stated. */
function areLists(targets: unknown): boolean {
  if (targets === undefined || targets === null) return true;
  if (!Array.isArray(targets)) return false;
  return targets.every((target) => Array.isArray(objectOf(target)['modifiedProperties'] ?? []));
}

function idsIn(list: unknown): string[] {
  return [...(textOf(list) ?? '').matchAll(KEY_ID)].map(([, id = '']) => id.toLowerCase());
}

function eventId(id: string | null, key: string | null): string | null {
  return id === null || key === null ? id : `${id} ${key}`;
}

const USER = ['initiatedBy.user.userPrincipalName', 'initiatedBy.user.id'];
const APP = ['initiatedBy.app.displayName', 'initiatedBy.app.appId', 'initiatedBy.app.servicePrincipalId'];

function common(r: Reading): Draft<'events'> {
  return {
    actor: () => r.text(USER) ?? r.text(APP),
    actor_type: () => (r.states(USER) ? 'human' : r.states(APP) ? 'automation' : null),
    outcome: () => outcomeOf(r),
    source_ip: () => r.text(['initiatedBy.user.ipAddress', 'callerIpAddress']),
    log: 'entra-audit',
  };
}

function outcomeOf(r: Reading): AuditEventRecord['outcome'] {
  const result = r.text(['result', 'resultType'])?.toLowerCase() ?? null;
  if (result === 'success') return 'success';
  return result === 'failure' ? 'failure' : null;
}
