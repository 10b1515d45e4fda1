import type { GrantRecord } from '../../../../model/index.js';

type Action = GrantRecord['action'];

/** What a role lets its holder do with the contents of a vault; null: it may, but what is not known. */
export type RoleMeaning = {
  /** What. */
  action: Action;
  /** Name of the role, as far as it is known. */
  name: string | null;
};

/**
 * Built-in roles that reach keys in a vault, by name and id
 * (https://learn.microsoft.com/en-us/azure/key-vault/general/rbac-guide). An owner, or who manages access, can give
 * himself any of them; a contributor can change how the vault is protected.
 */
const REACHING: { readonly [name: string]: { id: string; action: Action } } = {
  owner: { id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', action: 'admin' },
  'user access administrator': { id: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', action: 'admin' },
  contributor: { id: 'b24988ac-6180-42a0-ab88-20f7382dd24c', action: null },
  'key vault administrator': { id: '00482a5a-887f-4fb3-b363-3b7fe8e74483', action: 'admin' },
  'key vault secrets officer': { id: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7', action: 'admin' },
  'key vault secrets user': { id: '4633458b-17de-408a-b874-0445c86b69e6', action: 'read' },
  'key vault certificates officer': { id: 'a4417e6f-fecd-4de8-b567-7b0420556985', action: 'admin' },
  'key vault crypto officer': { id: '14b46e9e-c2b7-41b4-b07b-48a6ebf60603', action: 'admin' },
  'key vault crypto user': { id: '12338af0-0e69-4776-bea7-57ae8d297424', action: 'use' },
  'key vault reader': { id: '21090545-7ca7-4776-b22c-e363652d74d2', action: 'audit' },
};

const BY_ID = new Map(Object.entries(REACHING).map(([name, { id }]) => [id, name]));
/** Built-in roles without any right in a vault that are in most exports. */
const HARMLESS = new Set(['reader', 'acdd72a7-3385-48ef-bd42-f606fba81ae7']);

/**
 * Returns what a role means for keys; null if it reaches none, undefined if its definition decides and the export does
 * not have it.
 * @param name role name; null in exports of the REST API
 * @param id last part of `roleDefinitionId`
 */
export function meaningOfRole(name: string | null, id: string): RoleMeaning | null | undefined {
  const known = (BY_ID.get(id.toLowerCase()) ?? name ?? '').toLowerCase();
  if (HARMLESS.has(known) || HARMLESS.has(id.toLowerCase())) return null;
  const reaching = Object.hasOwn(REACHING, known) ? REACHING[known] : undefined;
  if (reaching) return { action: reaching.action, name: name ?? known };
  return /vault|secret|\bkeys?\b/.test(known) ? { action: null, name } : undefined;
}

/** Returns the pattern of ids of the keys in a scope; null if it is a resource of another kind. */
export function keysInScope(scope: string): string | null {
  const [, provider, item] = /\/providers\/([^/]+\/[^/]+)\/?(.*)$/i.exec(scope) ?? [];
  if (provider === undefined || /^Microsoft\.Management\/managementGroups$/i.test(provider))
    return 'https://*.vault.*/*';
  if (!/^Microsoft\.KeyVault\/(?:vaults|managedHSMs)$/i.test(provider)) return null;
  const [vault = '', collection, name] = (item ?? '').toLowerCase().split('/');
  if (collection === undefined || collection === '') return `https://${vault}.*/*`;
  return `https://${vault}.*/${collection}/${name || '*'}`;
}
