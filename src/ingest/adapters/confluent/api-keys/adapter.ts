import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with confluent api-key list -o json.';
const DEACTIVATED =
  'Some keys are of users that were deactivated, and are listed because they were not deleted.';

/**
 * API keys of Confluent Cloud: `confluent api-key list -o json` (or yaml). Follows
 * https://docs.confluent.io/confluent-cli/current/command-reference/api-key/confluent_api-key_list.html and the expected output of the tests
 * of the command line (github.com/confluentinc/cli).
 * - `key` is the id of a key; its secret is shown once, when it is made, and never listed.
 * - A key cannot be given another secret: `last_rotated` is when it was made. It does not expire, and is listed until it is deleted.
 * - A key of several clusters is listed once for each: its scopes are all of them; one of the type `global` is for every resource.
 * - `owner_email` is the owner if it is an address; of a service account it is `<service account>`, whose holder the list does not tell.
 */
export const adapter: Adapter = {
  id: 'confluent-api-keys',
  title: 'Confluent Cloud API keys (JSON or YAML of confluent api-key list)',
  recognisedBy: '`key` beside `owner_email`, `resource_type`, `resource` and `created`',
  proves: 'which API keys exist, since when, of which user or service account, for which cluster',
  cannot:
    'what a key may do there (its ACLs), when it was used, and keys of other environments and users that the caller may not see',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['key', 'description', 'owner', 'owner_email', 'resource_type', 'resource', 'created'],
  recognise,
  open,
};

const MEMBERS = ['key', 'owner', 'owner_email', 'resource_type', 'resource'];

function recognise({ keys }: FileSample): { version: string | null } | null {
  return MEMBERS.every((name) => keys.includes(name)) ? { version: null } : null;
}

/** A key with the resources that its rows name. */
type Known = { reading: Reading; scopes: Set<string> };

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const known = new Map<string, Known>();
  return {
    items: ['$', ''],
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      if (r.text('owner_email') === '<deactivated user>') context.warn(DEACTIVATED);
      keep(r, known);
      return [];
    },
    end: () => [...known].flatMap(([id, one]) => keyOf(id, one)),
  };
}

function keep(r: Reading, known: Map<string, Known>): void {
  const id = r.need('key', r.text('key'), 'There is no key, the id of an API key.');
  const scope = [r.text('resource_type'), r.text('resource')].filter((part) => part !== null).join(':');
  if (id === null || r.failed) return;
  const one = known.get(id) ?? { reading: r, scopes: new Set() };
  if (scope !== '') one.scopes.add(scope);
  known.set(id, one);
}

function keyOf(id: string, { reading: r, scopes }: Known): Emit[] {
  return r.emit('keys', {
    key_id: `confluent:${id}`,
    aliases: [id],
    name: () => r.text('description') ?? id,
    store: 'confluent',
    type: 'api-key',
    auth_type: 'static-key',
    status: 'active',
    owner: () => ownerOf(r),
    account_kind: () => kindOf(r),
    workloads: () => (kindOf(r) === 'application' ? r.list('owner') : null),
    created: () => r.date('created'),
    last_rotated: () => r.date('created') ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: statedInstant('never'),
    rotation_enabled: false,
    scopes: [...scopes].sort(),
  });
}

function ownerOf(r: Reading): string | null {
  const email = r.text('owner_email');
  return email?.includes('@') ? email : null;
}

function kindOf(r: Reading): 'application' | 'user' | null {
  const owner = r.text('owner');
  if (owner === null) return null;
  return owner.startsWith('sa-') ? 'application' : 'user';
}
