import { isObject } from '../../../../text/is-object.js';
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
import { type KeyFacts, keyLabelReader } from '../../../fields/key-labels.js';
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Parsed, parsed, unparsable } from '../../../fields/parsed.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { type AclPlugins, aclPlugins, groupsOf } from './acl.js';
import { addGroup, type ConsumerGroups, consumersIn, isAclPage } from './acl-page.js';
import { type CredentialKind, identityOf, KINDS } from './credentials.js';
import { consumerNamed, FLAT_LISTS, type Flat, groupsBeside, type NamedConsumer, newFlat } from './flat.js';
import { networksFor } from './ip-restriction.js';

const AGAIN = 'export again with deck gateway dump.';
const GOES_ON = 'The page has a next: more exist than it lists. Add the next pages.';
const HOLDS_VALUES =
  'The export holds live keys and secrets; only their fingerprints were kept: remove it after the audit.';

/**
 * Kong Gateway: consumers with their credentials from decK (`deck gateway dump`, YAML or JSON), and pages of credentials
 * from the Admin API (`/key-auths`, `/jwts`, `/hmac-auths`, `/basic-auths`: `{data, next}`) or of groups (`/acls`). Follows
 * https://docs.konghq.com/deck/latest/ and https://docs.konghq.com/hub/kong-inc/key-auth/
 * - One consumer gives a key for each credential. The id is Kong's own (`kong:<id>`); decK writes none, so there it is the
 *   consumer, the kind and a fingerprint, which a new key changes. Placeholders of decK (`${{ env "..." }}`) and of templates
 *   (`${ANON_KEY}`) are no secrets.
 * - `kong config db_export` writes credentials and `acls` beside the consumers, each with the id of its consumer; a declarative file may do the
 *   same by name (https://developer.konghq.com/gateway/db-less-mode/#declarative-configuration). It writes times, too.
 * - Secrets are fingerprinted at once; passwords, which Kong hashes, are not read.
 * - decK writes no times. The Admin API states when a credential was made (`created_at`), but its key may have been
 *   replaced since: `last_rotated` is `not-tracked`. A credential without `ttl` never expires. Use is not recorded.
 * - `ip_allowlist` is the allow list of the ip-restriction plugin of the consumer, or the global one. With neither, the key
 *   is not limited to networks; that is known only if the whole decK file fits the head that is looked at first (64 KB).
 *   Plugins of routes and services limit those and not the key.
 * - The groups of its ACLs are the scopes, with its consumer groups if an acl plugin looks at them, and without groups that plugins only
 *   deny. Routes that no allow list guards are counted: any consumer may call them. Of a dump with
 *   `select_tags` the plugins are not known. A page of `/acls` names groups and no keys: its consumers become principals. Tags such as `owner:payments` state facts; tags without a value do not.
 */
export const adapter: Adapter = {
  id: 'kong-consumers',
  title: 'Kong Gateway consumers and credentials (decK or kong config db_export, YAML or JSON; Admin API)',
  recognisedBy:
    '`_format_version`, beside `consumers` if the file is small; `consumers` with credentials; `data` with `consumer.id` and a credential or a `group`',
  proves: 'which credentials a consumer has, of which kind, its groups, and the networks it is limited to',
  cannot: 'the age of a key and when it was replaced or used, and what plugins of routes allow',
  produces: ['keys', 'principals'],
  formats: ['yaml', 'json', 'ndjson'],
  signature: ['_format_version', 'consumers', 'keyauth_credentials', 'jwt_secrets', 'acls'],
  recognise,
  open,
};

function recognise({ keys, head, partial, first }: FileSample): { version: string | null } | null {
  const credentials = /\b(?:keyauth|hmacauth|basicauth|oauth2|mtls_auth)_credentials\b|\bjwt_secrets\b/.test(
    head,
  );
  // Services, routes and plugins come first in a file: the consumers may be behind what is looked at.
  const mayFollow = keys.includes('_format_version') && !isObject(first);
  if (mayFollow || (keys.includes('consumers') && (credentials || keys.includes('_format_version')))) {
    const version = objectOf(partial)['_format_version'];
    return { version: typeof version === 'string' ? version : null };
  }
  return keys.includes('data') && isPage(objectOf(partial)['data']) ? { version: 'admin-api' } : null;
}

function isPage(data: unknown): boolean {
  return pageKind(data) !== null || isAclPage(data);
}

/** Returns the kind of credential in a page of the Admin API; null if it is none. */
function pageKind(data: unknown): CredentialKind | null {
  const first = Array.isArray(data) ? objectOf(data[0]) : {};
  if (textOf(objectOf(first['consumer'])['id']) === null) return null;
  const lists = ['jwt_secrets', 'hmacauth_credentials', 'keyauth_credentials', 'basicauth_credentials'];
  const needs: { readonly [list: string]: string[] } = {
    jwt_secrets: ['key', 'secret', 'algorithm'],
    hmacauth_credentials: ['username', 'secret'],
    keyauth_credentials: ['key'],
    basicauth_credentials: ['username', 'password'],
  };
  const list = lists.find((name) => needs[name]?.every((member) => member in first));
  return list === undefined ? null : (KINDS[list] ?? null);
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  const kind = pageKind(objectOf(file.partial)['data']);
  if (kind === null && isAclPage(objectOf(file.partial)['data'])) return aclPage(context);
  const whole = isObject(file.first) ? file.first : null;
  const gateway = { whole, acl: kind === null ? aclPlugins(whole) : null, flat: newFlat() };
  if (gateway.acl !== null && gateway.acl.open > 0) context.warn(openRoutes(gateway.acl));
  return {
    items: ['$.consumers', '$.data', ...FLAT_LISTS],
    produces: ['keys'],
    convert(raw) {
      if (raw.list === '$.data') return inPage(raw, kind, factsOf, context);
      if (!FLAT_LISTS.includes(raw.list)) return consumer(raw, gateway, factsOf, context);
      gateway.flat.keep(raw);
      return [];
    },
    envelope: (value) => warnOfNextPage(value, ['next', 'offset'], GOES_ON, context),
    end: () => besideConsumers(gateway, factsOf, context),
  };
}

function openRoutes({ open, routes }: AclPlugins): string {
  return `No allow list of an acl plugin guards ${open} of ${routes} routes: every consumer that can log in may call them unless its group is denied, which the scopes of keys do not show.`;
}

/** Reads a page of groups: which consumer is in which. */
function aclPage(context: AdapterContext): AdapterReader {
  const consumers: ConsumerGroups = new Map();
  return {
    items: ['$.data'],
    produces: ['principals'],
    convert(raw) {
      addGroup(reading(raw, context, AGAIN), consumers);
      return [];
    },
    envelope: (value) => warnOfNextPage(value, ['next', 'offset'], GOES_ON, context),
    end: () => consumersIn(consumers),
  };
}

/** Returns the credential in an element of a page. */
function inPage(
  raw: RawRecord,
  kind: CredentialKind | null,
  factsOf: KeyFacts,
  context: AdapterContext,
): Emit[] {
  const r = reading(raw, context, AGAIN);
  const holder =
    r.need('consumer.id', r.text('consumer.id'), 'There is no consumer.id: every credential has one.') ?? '';
  if (kind === null) return [];
  return credential(r, kind, { name: holder, factsOf, consumer: null, extra: {} }, context);
}

/** The file that consumers stand in, null if it is not known as a whole, its acl plugins, and what stands beside the consumers. */
type Gateway = { whole: Record<string, unknown> | null; acl: AclPlugins | null; flat: Flat };

function consumer(raw: RawRecord, gateway: Gateway, factsOf: KeyFacts, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const place = ['username', 'custom_id', 'id'];
  const name = r.need(place, r.text(place), 'The consumer has neither username nor custom_id nor id.') ?? '';
  gateway.flat.know({ name, r });
  const holder = holderOf({ name, r }, groupsBeside(raw.value, gateway.whole), gateway, factsOf);
  const emits = Object.entries(KINDS).flatMap(([list, kind]) =>
    r.each(list).flatMap(({ reading: entry }) => credential(entry, kind, holder, context)),
  );
  if (emits.length === 0 && !r.failed) gateway.flat.isBare(name);
  return r.failed ? [] : emits;
}

/** Returns a consumer as the holder of its credentials, with its groups. */
function holderOf(
  { name, r }: NamedConsumer,
  groups: readonly string[],
  { whole, acl }: Gateway,
  factsOf: KeyFacts,
): Holder {
  const extra = {
    scopes: () => groupsOf(r, acl, groups),
    ip_allowlist: networksFor(r.raw.value, whole),
    workloads: [name],
  };
  return { name, factsOf, consumer: r, extra };
}

/** Returns the credentials that stand beside the consumers, and counts consumers that have none in either place. */
function besideConsumers(gateway: Gateway, factsOf: KeyFacts, context: AdapterContext): Emit[] {
  const emits = gateway.flat.credentials().flatMap(({ raw, consumer: known, groups }) => {
    const r = reading(raw, context, AGAIN);
    const named = r.need(
      'consumer',
      consumerNamed(raw.value),
      'There is no consumer: every credential has one.',
    );
    const kind = KINDS[raw.list.slice('$.'.length)];
    if (named === null || kind === undefined) return [];
    const holder =
      known === null
        ? { name: named, factsOf, consumer: null, extra: {} }
        : holderOf(known, groups, gateway, factsOf);
    return credential(r, kind, holder, context);
  });
  for (const _bare of gateway.flat.bare()) context.skip('consumer without credentials');
  return emits;
}

/** Whose a credential is, and what that states of it. */
type Holder = { name: string; factsOf: KeyFacts; consumer: Reading | null; extra: Draft<'keys'> };

function credential(r: Reading, kind: CredentialKind, holder: Holder, context: AdapterContext): Emit[] {
  const { id, fingerprint } = identityOf(r, kind, holder.name);
  if (fingerprint !== null) context.warn(HOLDS_VALUES);
  r.need('id', id, `A ${kind.name} credential has neither id nor ${kind.label ?? 'key'}; ${AGAIN}`);
  return r.emit('keys', () => holder.factsOf(tagsOf(r, holder), r.raw.record), holder.extra, {
    key_id: id,
    name: `${holder.name} ${kind.name}`,
    store: 'kong',
    type: kind.type,
    auth_type: kind.auth,
    account_kind: 'application',
    status: 'active',
    created: () => r.date('created_at') ?? statedInstant('not-tracked'),
    last_rotated: statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: r.states('ttl') || kind.type === 'certificate' ? null : statedInstant('never'),
    rotation_enabled: false,
    fingerprint,
  });
}

/** Returns tags that have a value; those of the credential win over those of its consumer. */
function tagsOf(r: Reading, { consumer }: Holder): Labels | null {
  const [shared, own] = [consumer?.read('tags', parseTags) ?? null, r.read('tags', parseTags)];
  return shared === null && own === null ? null : new Map([...(shared ?? []), ...(own ?? [])]);
}

function parseTags(value: unknown): Parsed<Labels | null> {
  const tags = Array.isArray(value) ? value : [value];
  if (!tags.every((tag) => typeof tag === 'string')) return unparsable('a tag is no text');
  const stating = tags.filter((tag) => /[:=]/.test(tag));
  return stating.length === 0 ? parsed(null) : parseLabels(stating);
}
