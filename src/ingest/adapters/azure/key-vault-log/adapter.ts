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
import { lifeEvent } from '../../../fields/life-events.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { meaningOf } from './operations.js';

const AGAIN = 'export the log again.';
const GOES_ON = 'The export ends with a nextLink: the log has more events than it lists. Add the next pages.';
const ITEM =
  /^https:\/\/([a-z0-9-]+\.[a-z.-]+)(?::443)?\/(secrets|keys|certificates)\/([a-z0-9-]+)(?:\/([a-z0-9]+))?/i;
const RESOURCE =
  /\/providers\/microsoft\.keyvault\/vaults\/([a-z0-9-]+)\/(secrets|keys|certificates)\/([a-z0-9-]+)(?:\/([a-z0-9]+))?/i;
const OPERATION = ['operationName', 'OperationName'];
const TIME = ['time', 'TimeGenerated', 'TimeGenerated [UTC]', 'eventTimestamp'];
const ID = ['properties.id', 'id_s'];
const URI = ['properties.requestUri', 'requestUri_s'];
const STATUS = ['properties.httpStatusCode', 'httpStatusCode_d', 'httpStatusCode'];
const RESULT = ['resultType', 'ResultType'];

/**
 * Azure Key Vault logs: AuditEvent of diagnostic settings (blob with `records`, or one event a line), the columns of Log
 * Analytics (CSV), and events of the activity log about vaults. Follows
 * https://learn.microsoft.com/en-us/azure/key-vault/general/logging
 * - The key is `properties.id` without the version, or the path of `requestUri` if a failure has none, in lower case.
 * - `SecretSet` makes a new version: `rotated`, also if it is the first, which the log does not tell.
 * - The HTTP status decides over `resultType`, which says Success of a call that was refused.
 * - The actor is the user name of the claims, a person; without one the id of the application. Old logs name claims by
 *   addresses.
 * - An event has no id of its own: the correlation id with the operation and the time stands for it.
 */
export const adapter: Adapter = {
  id: 'azure-key-vault-log',
  title: 'Azure Key Vault audit events and activity log (JSON, NDJSON, CSV of Log Analytics)',
  recognisedBy:
    '`operationName` and `category` of a resource of Microsoft.KeyVault, or columns `OperationName`, `id_s`',
  proves: 'who read, set, rotated or deleted which item of a vault, when, from where, with what result',
  cannot: 'events of vaults or days that were not exported, and whether a SecretSet made the first version',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['records', 'operationName', 'category', 'resourceId', 'callerIpAddress', 'resultType'],
  recognise,
  open,
};

function recognise({ kind, keys, header, head }: FileSample): { version: string | null } | null {
  if (kind === 'csv') {
    const has = ['OperationName', 'id_s', 'CallerIPAddress'].every((name) => header?.includes(name));
    return has ? { version: 'log-analytics' } : null;
  }
  const shaped =
    keys.includes('records') ||
    ['operationName', 'category', 'resourceId'].every((name) => keys.includes(name));
  const isVault = /"resourceId"\s*:\s*"[^"]*\/providers\/microsoft\.keyvault\//i.test(head);
  return shaped && isVault && /"operationName"/.test(head) ? { version: null } : null;
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
    r.need(OPERATION, r.text(OPERATION), 'There is no operationName: every event has one.') ?? '';
  const at = r.need(TIME, r.date(TIME), 'There is no time: every event has one.');
  const item = itemOf(r);
  const meaning = meaningOf(operation);
  const { actor, isPerson } = actorOf(r);
  const event = {
    event_id: eventId(r, operation),
    at,
    action: operation,
    key_id: item?.key ?? null,
    actor,
    actor_type: actor === null ? null : isPerson ? ('human' as const) : ('automation' as const),
    outcome: () => outcomeOf(r),
    http_status: () => r.number(STATUS),
    source_ip: () => r.text(['callerIpAddress', 'CallerIPAddress']),
    log: 'azure-key-vault',
  };
  return r.failed
    ? []
    : lifeEvent(r, meaning, event, meaning.step === 'revoked' ? null : (item?.version ?? null));
}

function eventId(r: Reading, operation: string): string | null {
  const correlation = r.text(['correlationId', 'CorrelationId']);
  return correlation === null ? null : `${correlation} ${operation}`;
}

type Item = { key: string; version: string | null };

function itemOf(r: Reading): Item | null {
  for (const place of [ID, URI]) {
    const [, host, collection, name, version] = ITEM.exec(r.text(place) ?? '') ?? [];
    if (host !== undefined)
      return { key: `https://${host}/${collection}/${name}`.toLowerCase(), version: version ?? null };
  }
  const [, vault, collection, name, version] =
    RESOURCE.exec(r.text(['resourceId', 'ResourceId']) ?? '') ?? [];
  if (vault === undefined) return null;
  return {
    key: `https://${vault}.vault.azure.net/${collection}/${name}`.toLowerCase(),
    version: version ?? null,
  };
}

function outcomeOf(r: Reading): AuditEventRecord['outcome'] {
  const status = r.number(STATUS);
  if (status !== null) return status < 400 ? 'success' : 'failure';
  const result = r.text(RESULT)?.toLowerCase() ?? null;
  if (result === null || result === 'started' || result === 'accepted') return null;
  return result === 'success' || result === 'succeeded' ? 'success' : 'failure';
}

/** Claims that name a person, by the end of their name, best first. */
const PERSON = ['upn', 'unique_name', 'preferred_username', 'emailaddress'];

function actorOf(r: Reading): { actor: string | null; isPerson: boolean } {
  const claims = r.value(['identity.claim', 'identity.claims']);
  const named = isObject(claims) ? Object.entries(claims) : [];
  const claim = (name: string) =>
    named.find(([key, value]) => key.split('/').at(-1) === name && typeof value === 'string')?.[1];
  if (
    named.some(([key, value]) => PERSON.includes(key.split('/').at(-1) ?? '') && typeof value !== 'string')
  ) {
    return { actor: null, isPerson: false };
  }
  const person = PERSON.map(claim).find((value) => value !== undefined) ?? r.text('identity_claim_upn_s');
  if (typeof person === 'string') return { actor: person.replace(/^live\.com#/, ''), isPerson: true };
  const application =
    claim('appid') ?? claim('objectidentifier') ?? claim('oid') ?? r.text('identity_claim_appid_g');
  return { actor: typeof application === 'string' ? application : null, isPerson: false };
}
