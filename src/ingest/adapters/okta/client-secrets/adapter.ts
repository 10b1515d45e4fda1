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
import { objectOf, textOf } from '../../../fields/json.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const STATUSES = ['active', 'inactive'] as const;
const AGAIN = 'export again with GET /api/v1/apps/<app>/credentials/secrets.';
const HOLDS_SECRETS =
  'The export holds client secrets (client_secret); only their fingerprints were kept: remove it.';

/**
 * Client secrets of an application in Okta: the list of `GET /api/v1/apps/{appId}/credentials/secrets`, or of an API service integration
 * (`/integrations/api/v1/api-services/{id}/credentials/secrets`), or one of them. Follows
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApplicationSSOCredentialOAuth2ClientAuth/
 * - The list holds the values, an integration's masked (`***DhOW`). Of a value that is whole the fingerprint is kept, of any other nothing.
 *   `secret_hash` is Okta's own and no SHA-256 of the value.
 * - A secret does not name its application; its links do.
 * - A new value is a new secret: `last_rotated` is when it was created. `lastUpdated` moves with its status. Use is in the System Log.
 */
export const adapter: Adapter = {
  id: 'okta-client-secrets',
  title: 'Okta client secrets of an application (JSON)',
  recognisedBy: '`client_secret` and `secret_hash` beside `status` and `created`',
  proves: 'which client secrets an application has, since when, and whether they are active',
  cannot: 'who holds or used a secret, what the application may do, and applications that were not asked for',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['id', 'status', 'client_secret', 'secret_hash', 'created', 'lastUpdated'],
  recognise: ({ keys }: FileSample) =>
    ['secret_hash', 'status', 'created', '_links'].every((name) => keys.includes(name))
      ? { version: null }
      : null,
  open: (_file, context): AdapterReader => ({
    items: ['$', ''],
    convert: (raw) => convert(raw, context),
  }),
};

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const id = r.need('id', r.text('id'), 'There is no id: every client secret has one.');
  const application = applicationOf(r);
  const secret = wholeSecret(r);
  if (secret !== null) context.warn(HOLDS_SECRETS);
  return r.emit('keys', {
    key_id: `okta-client-secret:${id}`,
    aliases: id === null ? [] : [id],
    name: application === null ? id : `${application} ${id}`,
    store: 'okta',
    type: 'oauth-client-secret',
    auth_type: 'static-key',
    account_kind: 'application',
    status: () => r.oneOf('status', STATUSES),
    created: () => r.date('created'),
    last_rotated: () => r.date('created'),
    last_used: statedInstant('not-tracked'),
    rotation_enabled: false,
    ...(secret === null ? {} : { fingerprint: fingerprint(secret) }),
  });
}

/** Returns the value if it is shown as a whole: a mask has stars or dots. */
function wholeSecret(r: Reading): string | null {
  const secret = r.value('client_secret');
  return typeof secret === 'string' && /^[^\s*.…]{16,}$/.test(secret) ? secret : null;
}

function applicationOf(r: Reading): string | null {
  const links = Object.values(objectOf(r.value('_links'))).map((link) => textOf(objectOf(link)['href']));
  const named = links.map((link) => /\/(?:apps|api-services)\/(\w+)\/credentials\//.exec(link ?? '')?.[1]);
  return named.find((id) => id !== undefined) ?? null;
}
