import type { GrantRecord } from '../../../../model/index.js';
import { HARMLESS } from './built-in-roles.js';

type Action = GrantRecord['action'];

/** Collections of a vault. */
const COLLECTIONS = ['secrets', 'keys', 'certificates'] as const;

/** What a role lets its holder do with one collection of a vault; null: it may, but what is not known. */
export type Reach = { collection: (typeof COLLECTIONS)[number]; action: Action };

/** What a role lets its holder do with the contents of a vault. */
export type RoleMeaning = {
  /** In which collections what. */
  reach: readonly Reach[];
  /** Name of the role, as far as it is known. */
  name: string | null;
};

/** Keys that a scope holds. */
export type ScopeKeys = {
  /** Pattern of the vault, `https://nb-payments-prod.*`. */
  vault: string;
  /** Collection and name of an item; null if the scope is a vault or above. */
  item: { collection: string; name: string } | null;
  /** What the scope is if it is above a vault, in words; null if it is one or in one. */
  above: string | null;
};

const everywhere = (action: Action): Reach[] => COLLECTIONS.map((collection) => ({ collection, action }));

/** Who may read or use the secret or key of a certificate may do that with the certificate, which is kept under its own id. */
const secretsAnd = (action: Action): Reach[] => [
  { collection: 'secrets', action },
  { collection: 'certificates', action: 'read' },
];
const keysAnd = (action: Action): Reach[] => [
  { collection: 'keys', action },
  { collection: 'certificates', action: 'use' },
];

/**
 * Built-in roles that reach keys in a vault, by name and id
 * (https://learn.microsoft.com/en-us/azure/key-vault/general/rbac-guide). An owner, or who manages access, can give
 * himself any of them; a contributor of the subscription or of the vault can change how the vault is protected.
 */
const REACHING: { readonly [name: string]: { id: string; reach: readonly Reach[] } } = {
  owner: { id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', reach: everywhere('admin') },
  'user access administrator': { id: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', reach: everywhere('admin') },
  'role based access control administrator': {
    id: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    reach: everywhere('admin'),
  },
  contributor: { id: 'b24988ac-6180-42a0-ab88-20f7382dd24c', reach: everywhere(null) },
  'key vault contributor': { id: 'f25e0fa2-a7c8-4377-a976-54943a77a395', reach: everywhere(null) },
  'key vault administrator': { id: '00482a5a-887f-4fb3-b363-3b7fe8e74483', reach: everywhere('admin') },
  'key vault data access administrator': {
    id: '8b54135c-b56d-4d72-a534-26097cfdc8d8',
    reach: everywhere('admin'),
  },
  'key vault purge operator': { id: 'a68e7c17-0ab2-4c09-9a58-125dae29748c', reach: everywhere('revoke') },
  'key vault reader': { id: '21090545-7ca7-4776-b22c-e363652d74d2', reach: everywhere('audit') },
  'key vault secrets officer': { id: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7', reach: secretsAnd('admin') },
  'key vault secrets user': { id: '4633458b-17de-408a-b874-0445c86b69e6', reach: secretsAnd('read') },
  'key vault certificates officer': {
    id: 'a4417e6f-fecd-4de8-b567-7b0420556985',
    reach: [{ collection: 'certificates', action: 'admin' }],
  },
  'key vault certificate user': {
    id: 'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba',
    reach: [{ collection: 'certificates', action: 'read' }],
  },
  'key vault crypto officer': { id: '14b46e9e-c2b7-41b4-b07b-48a6ebf60603', reach: keysAnd('admin') },
  'key vault crypto user': { id: '12338af0-0e69-4776-bea7-57ae8d297424', reach: keysAnd('use') },
  'key vault crypto service encryption user': {
    id: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
    reach: keysAnd('use'),
  },
  'operator nexus key vault writer service role (preview)': {
    id: '44f0a1a8-6fea-4b35-980a-8ff50c487c97',
    reach: [{ collection: 'secrets', action: 'rotate' }],
  },
  'azure stack hci administrator': { id: 'bda0d508-adf1-4af0-9c28-88919fc3ae06', reach: everywhere(null) },
  'key vault crypto service release user': {
    id: '08bbd89e-9f13-488c-ac41-acfcb10c90ab',
    reach: [{ collection: 'keys', action: 'read' }],
  },
};

const BY_ID = new Map(Object.entries(REACHING).map(([name, { id }]) => [id, name]));

/**
 * Returns what a role means for keys; null if it reaches none, undefined if its definition decides and the export does
 * not have it.
 * @param name role name; null in exports of the REST API
 * @param id last part of `roleDefinitionId`
 */
export function meaningOfRole(name: string | null, id: string): RoleMeaning | null | undefined {
  const known = (BY_ID.get(id.toLowerCase()) ?? name ?? '').toLowerCase();
  const reaching = Object.hasOwn(REACHING, known) ? REACHING[known] : undefined;
  if (reaching) return { reach: reaching.reach, name: name ?? known };
  if (HARMLESS.has(id.toLowerCase()) || known === 'reader') return null;
  return /vault|secret|\bkeys?\b/.test(known) ? { reach: everywhere(null), name } : undefined;
}

/** Returns the keys that a scope holds; null if it is a resource of another kind. */
export function keysInScope(scope: string): ScopeKeys | null {
  const [, provider, item] = /\/providers\/([^/]+\/[^/]+)\/?(.*)$/i.exec(scope) ?? [];
  if (provider === undefined || /^Microsoft\.Management\/managementGroups$/i.test(provider))
    return { vault: 'https://*.vault.*', item: null, above: kindOf(scope) };
  if (!/^Microsoft\.KeyVault\/(?:vaults|managedHSMs)$/i.test(provider)) return null;
  const [vault = '', collection = '', name = ''] = (item ?? '').toLowerCase().split('/');
  return {
    vault: `https://${vault}.*`,
    item: collection === '' ? null : { collection, name: name || '*' },
    above: null,
  };
}

function kindOf(scope: string): string {
  if (/\/managementGroups\//i.test(scope)) return 'management group';
  if (/\/resourceGroups\//i.test(scope)) return 'resource group';
  return /\/subscriptions\//i.test(scope) ? 'subscription' : 'directory';
}

/** Returns the patterns of the keys that a role reaches in a scope, each with what it may do there. */
export function reached(
  { vault, item }: ScopeKeys,
  { reach }: RoleMeaning,
): { key: string; action: Action }[] {
  const actions = new Set(reach.map(({ action }) => action));
  const [action = null] = actions;
  if (item === null && reach.length === COLLECTIONS.length && actions.size === 1)
    return [{ key: `${vault}/*`, action }];
  return reach
    .filter(({ collection }) => item === null || item.collection === collection)
    .map((one) => ({ key: `${vault}/${one.collection}/${item?.name ?? '*'}`, action: one.action }));
}
