import { fingerprint } from '../../../../secrets/fingerprint.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again from https://graph.microsoft.com/v1.0/applications.';
const GOES_ON = 'The export ends with a nextLink: more applications exist than it lists. Add the next pages.';
const NO_APPLICATION =
  'The list does not say whose credentials they are (az ad app credential list): they are known by keyId only. Export the applications to have the names (az ad app list --all).';
const HOLDS_VALUES =
  'The export holds client secrets (secretText); only their fingerprints were kept: remove it.';

/** Lists of credentials of an application, with what they hold. */
const LISTS = { passwordCredentials: 'oauth-client-secret', keyCredentials: 'certificate' } as const;

/**
 * Microsoft Entra ID: applications or service principals with their credentials, from Microsoft Graph (`{value}`), `az ad app
 * list`, `az ad sp list` (bare arrays) and `az ad app credential list` (credentials alone). Follows
 * https://learn.microsoft.com/en-us/graph/api/resources/application and passwordcredential
 * - One application gives a key for each client secret and certificate. The id is `<appId>/<keyId>`.
 * - A credential cannot be replaced in place: `last_rotated` is `startDateTime`, which whoever made it could choose.
 *   The private key of a certificate may be older: `last_rotated` of it is any time until then.
 * - `endDateTime` 2299-12-31, as old portals wrote it, is "never expires".
 * - `hint` has the first three characters of a secret and is not kept. Last use is in the sign-in logs: `not-tracked`.
 * - `owners`, if they were expanded, are the owner; an empty list states that there is none.
 */
export const adapter: Adapter = {
  id: 'entra-applications',
  title: 'Microsoft Entra ID applications and their credentials (JSON: Microsoft Graph, az)',
  recognisedBy: '`passwordCredentials` and `keyCredentials`, or credentials with `keyId` and `endDateTime`',
  proves:
    'which client secrets and certificates an application has, since when and until when, and its owners if they were expanded',
  cannot:
    'who holds or used a credential, when the private key of a certificate was made, what the application may do, and federated credentials, which have no secret',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['value', 'appId', 'passwordCredentials', 'keyCredentials', 'keyId', 'endDateTime'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const has = (name: string) => keys.includes(name);
  const listed = (has('value') || has('appId')) && /"passwordCredentials"\s*:/.test(head);
  const alone = has('keyId') && (has('endDateTime') || has('endDate')) && has('customKeyIdentifier');
  return listed || alone ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$.value', '$', ''],
    convert: (raw) => convert(raw, context),
    envelope: (value) =>
      warnOfNextPage(value, ['@odata.nextLink', 'odata.nextLink', 'nextLink'], GOES_ON, context),
  };
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  if (r.states('keyId')) {
    context.warn(NO_APPLICATION);
    const type = r.states('usage') || r.states('type') ? 'certificate' : LISTS.passwordCredentials;
    return credential(r, null, type, context);
  }
  const app = r.need('appId', r.text('appId'), 'There is no appId: every application has one.');
  const emits = Object.entries(LISTS).flatMap(([list, type]) =>
    r.each(list).flatMap(({ reading: entry }) => credential(entry, { id: app ?? '', r }, type, context)),
  );
  if (emits.length === 0 && !r.failed) context.skip('application without credentials');
  return r.failed ? [] : emits;
}

type Application = { id: string; r: Reading };

function credential(entry: Reading, app: Application | null, type: string, context: AdapterContext): Emit[] {
  const secret = entry.value('secretText');
  const held = typeof secret === 'string' && secret !== '';
  if (held) context.warn(HOLDS_VALUES);
  const id = entry.need('keyId', entry.text('keyId'), 'There is no keyId: every credential has one.') ?? '';
  return entry.emit('keys', life(entry, type), {
    key_id: app === null ? id : `${app.id}/${id}`,
    aliases: app === null ? [] : [id],
    name: () => nameOf(entry, app, id),
    store: 'entra-app',
    type,
    account_kind: 'application',
    owner: app === null ? null : () => ownerOf(app.r),
    ...(held ? { fingerprint: fingerprint(secret) } : {}),
  });
}

function nameOf(entry: Reading, app: Application | null, id: string): string {
  const own = entry.text('displayName') ?? id;
  const name = app?.r.text('displayName') ?? null;
  return name === null ? own : `${name} ${own}`;
}

function life(entry: Reading, type: string): Draft<'keys'> {
  const from = () => entry.date(['startDateTime', 'startDate']);
  return {
    status: 'active',
    created: from,
    last_rotated: () =>
      (type === 'certificate' ? noLaterThan(from()) : from()) ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => entry.date(['endDateTime', 'endDate']),
    rotation_enabled: false,
  };
}

/** Returns the owners of an application; `""` if it has none, null if they were not exported. */
function ownerOf(app: Reading): string | null {
  if (!Array.isArray(app.value('owners'))) return null;
  const owners = app
    .each('owners')
    .map(({ reading: owner }) => owner.text(['userPrincipalName', 'mail', 'displayName', 'id']));
  return owners.filter((owner) => owner !== null).join(', ');
}
