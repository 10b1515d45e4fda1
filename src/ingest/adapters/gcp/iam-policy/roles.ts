import type { GrantRecord } from '../../../../model/index.js';

/** What a role lets its members do with keys: one entry for each kind of key it reaches. */
export type RoleMeaning = readonly {
  action: GrantRecord['action'];
  keys: 'secrets' | 'serviceAccounts' | 'keys' | 'all';
}[];

/**
 * Predefined and basic roles that reach keys (https://cloud.google.com/iam/docs/understanding-roles). Who may set policies
 * can give himself any role. An editor may do much, with keys of service accounts too, and not read secrets: what exactly
 * is not claimed.
 */
const REACHING: { readonly [role: string]: RoleMeaning } = {
  'roles/owner': [{ action: 'admin', keys: 'all' }],
  'roles/editor': [{ action: null, keys: 'all' }],
  'roles/resourcemanager.projectIamAdmin': [{ action: 'admin', keys: 'all' }],
  'roles/resourcemanager.folderIamAdmin': [{ action: 'admin', keys: 'all' }],
  'roles/resourcemanager.folderAdmin': [{ action: 'admin', keys: 'all' }],
  'roles/appengineflex.serviceAgent': [{ action: 'admin', keys: 'all' }],
  'roles/firebase.managementServiceAgent': [{ action: 'admin', keys: 'all' }],
  'roles/resourcemanager.organizationAdmin': [{ action: 'admin', keys: 'all' }],
  'roles/iam.securityAdmin': [{ action: 'admin', keys: 'all' }],
  'roles/secretmanager.admin': [{ action: 'admin', keys: 'secrets' }],
  'roles/secretmanager.secretAccessor': [{ action: 'read', keys: 'secrets' }],
  'roles/secretmanager.secretVersionAdder': [{ action: 'rotate', keys: 'secrets' }],
  'roles/secretmanager.secretVersionManager': [
    { action: 'rotate', keys: 'secrets' },
    { action: 'revoke', keys: 'secrets' },
  ],
  'roles/secretmanager.viewer': [{ action: 'audit', keys: 'secrets' }],
  'roles/iam.serviceAccountKeyAdmin': [{ action: 'admin', keys: 'serviceAccounts' }],
  'roles/iam.serviceAccountAdmin': [{ action: 'admin', keys: 'serviceAccounts' }],
  'roles/serviceusage.apiKeysAdmin': [{ action: 'admin', keys: 'keys' }],
  'roles/serviceusage.apiKeysViewer': [{ action: 'read', keys: 'keys' }],
};
/** Basic role without any right on keys that is in most policies. */
const HARMLESS = new Set(['roles/viewer', 'roles/browser']);

/** Returns what a role means for keys; null if it reaches none, undefined if its definition decides. */
export function meaningOfRole(role: string): RoleMeaning | null | undefined {
  if (HARMLESS.has(role)) return null;
  if (Object.hasOwn(REACHING, role)) return REACHING[role];
  return /secret|apikey|serviceaccount.*key/i.test(role) ? [{ action: null, keys: 'all' }] : undefined;
}

/** Returns the pattern of ids of keys of a kind in a project; a secret is its own scope. */
export function keysIn(project: string, keys: RoleMeaning[number]['keys']): string {
  if (/^projects\/[^/]+\/secrets\//.test(project)) return project;
  if (keys === 'all') return `${project}/*`;
  return keys === 'keys' ? `${project}/locations/*/keys/*` : `${project}/${keys}/*`;
}
