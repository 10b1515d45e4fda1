import type { GrantRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { entryOf } from '../../../fields/json.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with az keyvault show.';
const GOES_ON = 'The export ends with a nextLink: there are more vaults than it lists. Add the next pages.';
const LIMITS =
  'An access policy names the object id of a person, group or application: members of groups are not in the export, and who may change the vault can give himself a policy.';
const BY_ROLES = 'access policies of a vault that uses Azure RBAC, where they count for nothing';

/** What a permission lets its holder do; what is not listed, such as to list names, reaches no key. */
const ACTIONS: { readonly [permission: string]: NonNullable<GrantRecord['action']> } = {
  all: 'admin',
  get: 'read',
  set: 'rotate',
  update: 'admin',
  create: 'create',
  import: 'create',
  rotate: 'rotate',
  delete: 'revoke',
  purge: 'revoke',
  recover: 'admin',
  backup: 'read',
  restore: 'create',
  sign: 'use',
  decrypt: 'use',
  unwrapkey: 'use',
  encrypt: 'use',
  verify: 'use',
  wrapkey: 'use',
  release: 'read',
};
/** Collections of a vault. A key is used inside of it and cannot be read. */
const COLLECTIONS = ['secrets', 'keys', 'certificates'] as const;

/**
 * Access policies of Azure Key Vault: `az keyvault show`, a list of its answers, the REST API and Azure Resource Graph. Follows
 * https://learn.microsoft.com/en-us/rest/api/keyvault/keyvault/vaults/get#accesspolicyentry
 * - Each permission is a grant on all secrets, keys or certificates of the vault, once for each thing that it lets its holder do.
 * - A vault with `enableRbacAuthorization` does not use its policies: role assignments count, the policies are left out.
 * - `get` of a key gives its public half: no grant.
 */
export const adapter: Adapter = {
  id: 'azure-vault-access-policies',
  title: 'Azure Key Vault access policies (JSON of az keyvault show, REST, Resource Graph)',
  recognisedBy: '`properties` of a vault with `accessPolicies` and `vaultUri`',
  proves:
    'which object ids may read, set, use or delete the secrets, keys and certificates of a vault by its access policies',
  cannot: 'who is behind an object id, members of groups, and rights by roles (az role assignment list)',
  produces: ['grants', 'principals'],
  formats: ['json', 'ndjson'],
  signature: ['properties', 'accessPolicies', 'vaultUri', 'enableRbacAuthorization'],
  recognise: ({ head, keys }: FileSample) =>
    ['properties', 'value'].some((name) => keys.includes(name)) &&
    /"accessPolicies"\s*:/.test(head) &&
    /"vaultUri"\s*:/.test(head)
      ? { version: null }
      : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const known = new Set<string>();
  return {
    items: ['$.value', '$', ''],
    convert: (raw) => convert(raw, known, context),
    envelope: (value) => warnOfNextPage(value, ['nextLink'], GOES_ON, context),
  };
}

function convert(raw: RawRecord, known: Set<string>, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const vault = hostOf(r);
  if (r.failed) return [];
  if (r.flag('properties.enableRbacAuthorization') === true) {
    context.skip(BY_ROLES);
    return [];
  }
  context.warn(LIMITS);
  return r
    .each('properties.accessPolicies')
    .flatMap(({ reading: policy }) => [...holder(policy, known), ...grants(policy, vault)]);
}

function hostOf(r: Reading): string {
  const host = r.match(
    'properties.vaultUri',
    /^https:\/\/([a-z0-9-]+\.[a-z.-]+)\/?$/i,
    'the address of a vault',
  );
  return (host?.[1] ?? '').toLowerCase();
}

function idOf(policy: Reading): string | null {
  return policy.need('objectId', policy.text('objectId'), 'There is no objectId: every policy has one.');
}

/** Returns the holder once; what kind of identity it is the policy does not say. */
function holder(policy: Reading, known: Set<string>): Emit[] {
  const id = idOf(policy);
  if (id === null || known.has(id)) return [];
  known.add(id);
  return policy.emit('principals', { principal_id: id });
}

/** Returns the grants of a policy: none if any of its permissions cannot be read. */
function grants(policy: Reading, vault: string): Emit[] {
  const id = idOf(policy);
  const allowed = COLLECTIONS.map((collection) => ({ collection, actions: actionsOn(policy, collection) }));
  if (policy.failed) return [];
  return allowed.flatMap(({ collection, actions }) =>
    actions.flatMap((action) =>
      policy.emit('grants', {
        principal_id: id,
        key_id: `https://${vault}/${collection}/*`,
        action,
        effect: 'allow',
        role: `access policy of ${vault}`,
      }),
    ),
  );
}

function actionsOn(policy: Reading, collection: string): NonNullable<GrantRecord['action']>[] {
  const permissions = policy.list(`permissions.${collection}`) ?? [];
  const actions = permissions
    .map((permission) => permission.toLowerCase())
    .filter((permission) => !(collection === 'keys' && permission === 'get'))
    .map((permission) => entryOf(ACTIONS, permission));
  return [...new Set(actions.filter((action) => action !== undefined))];
}
