import type { Instant, KeyRecord } from '../../../../model/index.js';
import { fingerprint } from '../../../../secrets/fingerprint.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { entryOf } from '../../../fields/json.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const ID =
  /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ApiManagement\/service\/[^/]+)\/(?:products\/[^/]+\/|users\/[^/]+\/)?subscriptions\/([^/]+)$/i;
const ID_FORM =
  'the id of a subscription of API Management, /subscriptions/.../service/<name>/subscriptions/<id>';
const IN_HEAD =
  /\/providers\/Microsoft\.ApiManagement\/service\/[^"/]+\/(?:(?:products|users)\/[^"/]+\/)?subscriptions\/[^"/]+"/i;
const AGAIN = 'export the subscriptions again.';
const GOES_ON =
  'The export ends with a nextLink: more subscriptions exist than it lists. Add the next pages.';
const HOLDS_KEYS =
  'The export holds the keys themselves (primaryKey, secondaryKey); only a fingerprint of the first was kept: remove it, and list the subscriptions without their keys.';
const NOT_ENDED =
  'API Management does not end a subscription on its expirationDate, by its documentation: it works until its state is changed, so that its keys count as never expiring.';

/**
 * Subscriptions of Azure API Management, each with a primary and a secondary key: the REST API (`{value, nextLink}`, also by `az rest`) and
 * PowerShell (`Get-AzApiManagementSubscription | ConvertTo-Json`, `Export-Csv`). Follows
 * https://learn.microsoft.com/en-us/rest/api/apimanagement/subscription/list
 * - A subscription is one record: which of its two keys is used, the list does not say, and both open the same.
 * - Either key can be made anew at any time, which only the activity log states: `last_rotated` is not tracked.
 * - `expirationDate` and `endDate` are for audit purposes and end nothing, as the documentation says: its keys never expire, unless the state is
 *   `expired`, which says that they did.
 * - Keys of a subscription that was submitted, rejected or suspended do not work: inactive; cancelled: revoked.
 * - `ownerId` is the account of a developer at the portal, and no owner in the bank.
 * - The scope is a product or an API; that of the service itself, and `/apis`, is every API (`*`).
 * - `master` is the built-in subscription of every service: it is no other name of one.
 */
export const adapter: Adapter = {
  id: 'azure-api-management',
  title: 'Azure API Management subscriptions (JSON, CSV of PowerShell)',
  recognisedBy: 'ids of subscriptions of a service of `Microsoft.ApiManagement`, beside a scope and a state',
  proves:
    'which subscriptions a service has, since when, their state, and the product or API that their keys open',
  cannot:
    'when a key of one was made anew or used, which of its two keys is in use, who in the bank answers for it',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['value', 'properties', 'ownerId', 'scope', 'state', 'createdDate'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const isItem = keys.includes('properties') || (keys.includes('scope') && keys.includes('createdDate'));
  return (isItem || keys.includes('value')) && IN_HEAD.test(head) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$.value', '$', ''],
    convert: (raw) => subscription(reading(raw, context, AGAIN), context),
    envelope: (value) => warnOfNextPage(value, ['nextLink'], GOES_ON, context),
  };
}

const STATES: { readonly [state: string]: NonNullable<KeyRecord['status']> } = {
  active: 'active',
  suspended: 'inactive',
  submitted: 'inactive',
  rejected: 'inactive',
  cancelled: 'revoked',
  expired: 'expired',
};

/** Returns the places of a property: REST has them in an object of their own, PowerShell beside the id. */
function of(name: string): readonly string[] {
  return [`properties.${name}`, name];
}

function subscription(r: Reading, context: AdapterContext): Emit[] {
  const [id = '', service = '', own = ''] = r.match(['id', 'Id'], ID, ID_FORM) ?? [];
  const key = r.value(of('primaryKey'));
  const shown = typeof key === 'string' && key !== '';
  if (shown) context.warn(HOLDS_KEYS);
  if (r.states(of('expirationDate')) && stateOf(r) !== 'expired') context.warn(NOT_ENDED);
  return r.emit('keys', {
    key_id: id.toLowerCase(),
    aliases: own === 'master' ? [id] : [id, own],
    name: () => r.text(of('displayName')) ?? (r.states('properties') ? own : (r.text('name') ?? own)),
    store: 'azure-apim',
    type: 'api-key',
    auth_type: 'static-key',
    account_kind: 'application',
    status: () => entryOf(STATES, stateOf(r) ?? '') ?? null,
    created: () => r.date(of('createdDate')),
    last_rotated: statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => end(r),
    rotation_enabled: false,
    scopes: () => scopeOf(r, service),
    ...(shown ? { fingerprint: fingerprint(key) } : {}),
  });
}

const stateOf = (r: Reading): string | null => r.text(of('state'))?.toLowerCase() ?? null;

/** Returns when the keys ended if the state says that they did; by any other state they never do, and without one that is not known. */
function end(r: Reading): Instant | null {
  const state = stateOf(r);
  if (state === null) return null;
  if (state !== 'expired') return statedInstant('never');
  return r.date(of('expirationDate')) ?? statedInstant('not-tracked');
}

/** Returns what the keys open, without the path of the service; unknown if it is not stated. */
function scopeOf(r: Reading, service: string): string[] | null {
  const scope = r.text(of('scope'));
  if (scope === null) return null;
  const own = scope.toLowerCase().startsWith(service.toLowerCase()) ? scope.slice(service.length) : scope;
  const path = own.replace(/^\/|\/$/g, '');
  return [path === '' || path === 'apis' ? '*' : path];
}
