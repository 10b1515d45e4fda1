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
import { objectInText, textOf } from '../../../fields/json.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { holdsClusterLogs } from '../cluster-logs.js';
import { meaningOf, REGENERATES } from './operations.js';

const AGAIN = 'export the log again.';
const GOES_ON = 'The export ends with a nextLink: the log has more events than it lists. Add the next pages.';
const ITEM =
  /^https:\/\/([a-z0-9-]+\.[a-z.-]+)(?::443)?\/(?:deleted)?(secrets|keys|certificates)\/([a-z0-9-]+)(?:\/(?!recover\b)([a-z0-9]+))?/i;
const RESOURCE =
  /\/providers\/microsoft\.keyvault\/vaults\/([a-z0-9-]+)\/(secrets|keys|certificates)\/([a-z0-9-]+)(?:\/([a-z0-9]+))?/i;
/** Names of the members: of diagnostic settings, of Log Analytics, and of the activity log. */
const OPERATION = ['operationName.value', 'operationName', 'OperationName'];
const TIME = ['time', 'TimeGenerated', 'TimeGenerated [UTC]', 'eventTimestamp'];
const RESOURCE_ID = ['resourceId', 'ResourceId', '_ResourceId'];
const CORRELATION = ['correlationId', 'CorrelationId'];
const ADDRESS = ['callerIpAddress', 'CallerIPAddress', 'CallerIpAddress', 'httpRequest.clientIpAddress'];
const ID = ['properties.id', 'id_s', 'Id'];
const URI = ['properties.requestUri', 'requestUri_s', 'RequestUri'];
const STATUS = ['properties.httpStatusCode', 'httpStatusCode_d', 'httpStatusCode', 'HttpStatusCode'];
const REQUEST_BODY = ['properties.requestbody', 'properties.requestBody'];
const RESULT = ['resultType', 'ResultType', 'status.value', 'status'];

/**
 * Azure Key Vault logs: AuditEvent of diagnostic settings (blob with `records`, or one event a line), the tables of Log
 * Analytics (AzureDiagnostics and AZKVAuditLogs, as CSV or JSON), and events of the activity log about vaults, as diagnostic settings and `az monitor activity-log list` write
 * them. Follows https://learn.microsoft.com/en-us/azure/key-vault/general/logging and
 * https://learn.microsoft.com/en-us/rest/api/monitor/activity-logs/list
 * - The activity log of a subscription is of everything in it: events about no vault are left out and counted, but for assignments of roles, which reach
 *   the vaults below their scope, and keys of other resources that are made anew (`storageAccounts/regenerateKey`).
 * - The activity log has an entry for the beginning of an operation, which is no step.
 * - The key is `properties.id` without the version, or the path of `requestUri` if a failure has none, in lower case.
 * - `SecretSet` makes a new version: `rotated`, also if it is the first, which the log does not tell.
 * - The HTTP status decides over `resultType`, which says Success of a call that was refused.
 * - The actor is the user name of the claims, a person; without one the id of the application. Old logs name claims by
 *   addresses.
 * - An event has no id of its own: the correlation id with the operation and the time stands for it.
 */
export const adapter: Adapter = {
  id: 'azure-key-vault-log',
  title: 'Azure Key Vault audit events and activity log (JSON, NDJSON; JSON or CSV of Log Analytics)',
  recognisedBy:
    '`operationName` and `category` of a resource of Microsoft.KeyVault, `operationName` beside `eventDataId`, or columns `OperationName`, `CallerIPAddress` and `id_s` or `RequestUri`',
  proves: 'who read, set, rotated or deleted which item of a vault, when, from where, with what result',
  cannot: 'events of vaults or days that were not exported, and whether a SecretSet made the first version',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['records', 'operationName', 'category', 'resourceId', 'callerIpAddress', 'resultType'],
  recognise,
  open,
};

function recognise({ kind, keys, header, head }: FileSample): { version: string | null } | null {
  if (isLogAnalytics(header ?? keys, head)) return { version: 'log-analytics' };
  if (kind === 'csv' || holdsClusterLogs(head)) return null;
  if (isActivity(keys, head)) return { version: null };
  const shaped =
    keys.includes('records') ||
    ['operationName', 'category', 'resourceId'].every((name) => keys.includes(name));
  const isVault = /"resourceId"\s*:\s*"[^"]*\/providers\/microsoft\.keyvault\//i.test(head);
  return shaped && isVault && /"operationName"/.test(head) ? { version: null } : null;
}

/** Columns of Log Analytics that only events of vaults have. */
const OF_VAULTS = ['id_s', 'requestUri_s', 'RequestUri'];

/** Returns whether these are rows of Log Analytics; a selection of columns may leave the id out, and says what resource it is of. */
function isLogAnalytics(names: readonly string[], head: string): boolean {
  if (!['OperationName', 'CallerIPAddress'].every((name) => names.includes(name))) return false;
  return OF_VAULTS.some((name) => names.includes(name)) || /\/providers\/microsoft\.keyvault\//i.test(head);
}

/** Returns whether a sample is of an activity log, in which an event about a vault may come later. */
function isActivity(keys: readonly string[], head: string): boolean {
  const has = (...wanted: string[]) => wanted.every((name) => keys.includes(name));
  if (has('operationName', 'eventDataId', 'eventTimestamp')) return true;
  const listed = has('value') && /"eventDataId"\s*:/.test(head) && /"operationName"\s*:/.test(head);
  const administrative = /"category"\s*:\s*"Administrative"/i.test(head);
  return listed || (has('operationName', 'category', 'resourceId', 'identity') && administrative);
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$.records', '$.value', '$', ''],
    convert: (raw) => convert(raw, context),
    envelope: (value) => warnOfNextPage(value, ['nextLink'], GOES_ON, context),
  };
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const operation =
    r.need('operationName', r.text(OPERATION), 'There is no operationName: every event has one.') ?? '';
  const at = r.need(TIME, r.date(TIME), 'There is no time: every event has one.');
  if (!r.failed && !isAboutVault(r, operation)) {
    context.skip('event about no vault');
    return [];
  }
  const item = regeneratedKey(r, operation) ?? itemOf(r);
  const meaning = isBeginning(r) ? { category: meaningOf(operation).category } : meaningOf(operation);
  const { actor, isPerson } = actorOf(r);
  const event = {
    event_id: eventId(r, operation),
    at,
    action: operation,
    key_id: item?.key ?? null,
    actor,
    actor_type: actor === null ? null : isPerson ? ('human' as const) : ('automation' as const),
    outcome: () => outcomeOf(r, operation),
    http_status: () => r.number(STATUS),
    source_ip: () => r.text(ADDRESS),
    log: 'azure-key-vault',
  };
  return r.failed
    ? []
    : lifeEvent(r, meaning, event, meaning.step === 'revoked' ? null : (item?.version ?? null));
}

/** The activity log has a second entry on how an operation ended. */
function isBeginning(r: Reading): boolean {
  return ['started', 'start', 'accepted', 'accept'].includes(r.text(RESULT)?.toLowerCase() ?? '');
}

/** Returns the key of a resource that was made anew: of a storage account, a database, a namespace; the resource if the request does not name the key. */
function regeneratedKey(r: Reading, operation: string): Item | null {
  const resource = r.text(RESOURCE_ID)?.toLowerCase() ?? null;
  if (!REGENERATES.test(operation) || resource === null) return null;
  const stated = r.value(REQUEST_BODY) ?? null;
  const body = objectInText(stated);
  const names = ['keyName', 'keyKind', 'keyType'].map((member) => textOf(body[member]));
  const name = names.find((text) => text !== null);
  if (name) return { key: `${resource}/keys/${name.toLowerCase()}`, version: null };
  return stated === null ? { key: resource, version: null } : null;
}

/**
 * The operations of a vault itself (`SecretGet`) have no provider in their name; those of the activity log have. A table of Log
 * Analytics has events of other resources beside them.
 */
function isAboutVault(r: Reading, operation: string): boolean {
  if (/^microsoft\.authorization\/roleassignments\/(?:write|delete)$/i.test(operation)) return true;
  if (REGENERATES.test(operation)) return true;
  const resource = r.text(RESOURCE_ID);
  if (/microsoft\.keyvault/i.test(`${operation} ${resource ?? ''}`)) return true;
  return resource === null && !operation.includes('/');
}

function eventId(r: Reading, operation: string): string | null {
  const own = r.text('eventDataId');
  if (own !== null) return own;
  const correlation = r.text(CORRELATION);
  return correlation === null ? null : `${correlation} ${operation}`;
}

type Item = { key: string; version: string | null };

function itemOf(r: Reading): Item | null {
  for (const place of [ID, URI]) {
    const [, host, collection, name, version] = ITEM.exec(r.text(place) ?? '') ?? [];
    if (host !== undefined)
      return { key: `https://${host}/${collection}/${name}`.toLowerCase(), version: version ?? null };
  }
  const [, vault, collection, name, version] = RESOURCE.exec(r.text(RESOURCE_ID) ?? '') ?? [];
  if (vault === undefined) return null;
  return {
    key: `https://${vault}.vault.azure.net/${collection}/${name}`.toLowerCase(),
    version: version ?? null,
  };
}

/** A call of a vault that was refused has `Success` as its result: the status decides. The activity log has none. */
function outcomeOf(r: Reading, operation: string): AuditEventRecord['outcome'] {
  const status = r.number(STATUS);
  if (status !== null) return status < 400 ? 'success' : 'failure';
  const result = r.text(RESULT)?.toLowerCase() ?? null;
  if (result === null || result === 'started' || result === 'accepted') return null;
  if (result !== 'success' && result !== 'succeeded') return 'failure';
  return operation.includes('/') ? 'success' : null;
}

/** Claims that name a person, by the end of their name, best first. */
const PERSON = ['upn', 'unique_name', 'preferred_username', 'emailaddress'];

/** Columns of AzureDiagnostics with a claim, which is named by an address in some. */
const PERSON_COLUMNS = [
  'identity_claim_upn_s',
  'identity_claim_http_schemas_xmlsoap_org_ws_2005_05_identity_claims_upn_s',
];

function claimsOf(r: Reading): unknown {
  const identity = objectInText(r.value('Identity'));
  return (
    identity['claim'] ??
    identity['claims'] ??
    r.value(['identity.claim', 'identity.claims', 'claims.Content', 'claims'])
  );
}

function actorOf(r: Reading): { actor: string | null; isPerson: boolean } {
  const claims = claimsOf(r);
  const named = isObject(claims) ? Object.entries(claims) : [];
  const claim = (name: string) =>
    named.find(([key, value]) => key.split('/').at(-1) === name && typeof value === 'string')?.[1];
  if (
    named.some(([key, value]) => PERSON.includes(key.split('/').at(-1) ?? '') && typeof value !== 'string')
  ) {
    return { actor: null, isPerson: false };
  }
  const caller = r.text('caller');
  const stated = PERSON.map(claim).find((value) => value !== undefined) ?? r.text(PERSON_COLUMNS);
  const person = stated ?? (caller?.includes('@') ? caller : null);
  if (typeof person === 'string') return { actor: person.replace(/^live\.com#/, ''), isPerson: true };
  const application =
    claim('appid') ?? claim('objectidentifier') ?? claim('oid') ?? r.text('identity_claim_appid_g') ?? caller;
  return { actor: typeof application === 'string' ? application : null, isPerson: false };
}
