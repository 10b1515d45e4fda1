import type { KeyRecord } from '../../../../model/index.js';
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
import { type KeyFacts, keyLabelReader } from '../../../fields/key-labels.js';
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { hasMember } from '../../../fields/whole-record.js';

const AGAIN = 'export again with expand=true.';
const HOLDS_VALUES =
  'The export holds keys and secrets of apps (consumerKey, consumerSecret); only fingerprints of the keys were kept: remove it.';

/**
 * Apigee developer apps: `{app: [...]}`, a bare array or one app, from the API of Apigee X, hybrid and Edge or `gcloud apigee
 * applications describe`. Follows https://cloud.google.com/apigee/docs/reference/apis/apigee/rest/v1/organizations.apps
 * - One app gives a key for each of its credentials. `consumerKey` is the API key itself: the id is `apigee:` and its
 *   fingerprint. `consumerSecret` is not read.
 * - A credential cannot be replaced in place: `last_rotated` is when it was issued. `expiresAt: "-1"` never expires.
 * - A key works if app and credential are approved. It reaches the API products that are approved for it.
 * - Attributes of the credential win over those of the app; with attributes and none for it, owner and purpose are known
 *   to be none. Use is in Apigee's analytics only: `not-tracked`.
 */
export const adapter: Adapter = {
  id: 'apigee-apps',
  title: 'Apigee developer apps (JSON)',
  recognisedBy: '`app`, `appId` or `developerId` with `credentials` that have a `consumerKey`',
  proves: 'which keys an app has, their age, expiry, state and API products',
  cannot: 'who uses a key, from where, and who else holds it',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['app', 'appId', 'credentials', 'consumerKey', 'developerId', 'apiProducts'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const isApp = ['appId', 'developerId', 'appGroup'].some((name) => keys.includes(name));
  const shaped = keys.includes('app') || (isApp && keys.includes('credentials'));
  return shaped && /"(?:consumerKey|developerId|appGroup|companyName)"\s*:/.test(head)
    ? { version: null }
    : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  return { items: ['$.app', '$', ''], convert: (raw) => convert(raw, factsOf, context) };
}

function convert(raw: RawRecord, factsOf: KeyFacts, context: AdapterContext): Emit[] {
  const app = reading(raw, context, AGAIN);
  const credentials = app.each('credentials');
  if (credentials.length === 0) context.skip('app without credentials');
  return credentials.flatMap(({ reading: r }) => {
    const key = consumerKey(r);
    const kept = key === null ? null : fingerprint(key);
    if (kept !== null) context.warn(HOLDS_VALUES);
    return r.emit('keys', () => factsOf(labelsOf(app, r), r.raw.record), life(r), {
      key_id: kept === null ? null : `apigee:${kept}`,
      name: () => app.text('name'),
      store: 'apigee',
      type: 'api-key',
      auth_type: 'static-key',
      account_kind: 'application',
      fingerprint: kept,
      status: () => statusOf(app, r),
      scopes: () => scopesOf(r),
    });
  });
}

/** Returns the key; what stands in its place is never shown. */
function consumerKey(r: Reading): string | null {
  const key = r.value('consumerKey');
  const text = typeof key === 'string' && key.trim() !== '' ? key.trim() : null;
  return r.need(
    'consumerKey',
    text,
    'There is no consumerKey: every credential has one; export again with expand=true.',
  );
}

function life(r: Reading): Draft<'keys'> {
  const issued = () => r.date('issuedAt');
  return {
    created: issued,
    last_rotated: () => issued() ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => r.date('expiresAt'),
    rotation_enabled: false,
  };
}

const STATES = ['approved', 'revoked', 'pending'] as const;

function statusOf(app: Reading, r: Reading): KeyRecord['status'] {
  const own = r.oneOf('status', STATES);
  const all = oneOfApp(app, r);
  if (own === 'revoked') return 'revoked';
  if (own === 'pending' || all === 'revoked' || all === 'pending') return 'inactive';
  return own === null || all === null ? null : 'active';
}

/** Returns the state of the app; one that cannot be read is a fault of the credential's field. */
function oneOfApp(app: Reading, r: Reading): (typeof STATES)[number] | null {
  const state = app.text('status')?.toLowerCase() ?? null;
  const known = STATES.find((each) => each === state) ?? null;
  if (state !== null && known === null)
    r.reject('status', `the status of the app is none of ${STATES.join(', ')}`);
  return known;
}

/** Returns approved products and scopes; null if a product, or the list of them, lacks what each has. */
function scopesOf(r: Reading): string[] | null {
  if (!hasMember(r, 'apiProducts')) return null;
  const listed = r.each('apiProducts').map(({ reading: product }) => product);
  if (listed.some((product) => !product.states('status') || !product.states('apiproduct'))) return null;
  const products = listed.flatMap((product) => {
    const approved = product.oneOf('status', STATES) === 'approved';
    return approved ? [product.text('apiproduct') ?? ''] : [];
  });
  return [...products, ...(r.list('scopes') ?? [])].filter((scope) => scope !== '');
}

function labelsOf(app: Reading, r: Reading): Labels | null {
  const [shared, own] = [app.read('attributes', parseLabels), r.read('attributes', parseLabels)];
  return shared === null && own === null ? null : new Map([...(shared ?? []), ...(own ?? [])]);
}
