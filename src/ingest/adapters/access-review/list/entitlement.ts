import type { GrantRecord } from '../../../../model/index.js';

/** What a reviewed row grants, on what. */
export type Access = Pick<GrantRecord, 'key_id' | 'action'>;

/** Words of entitlements by what they allow. Words that mean different things in different products are left out. */
const ACTIONS: { readonly [word: string]: NonNullable<GrantRecord['action']> } = {
  read: 'read',
  reader: 'read',
  view: 'read',
  viewer: 'read',
  get: 'read',
  list: 'read',
  reveal: 'read',
  use: 'use',
  user: 'use',
  consume: 'use',
  invoke: 'use',
  rotate: 'rotate',
  rotator: 'rotate',
  rotation: 'rotate',
  create: 'create',
  creator: 'create',
  issue: 'create',
  deploy: 'deploy',
  deployer: 'deploy',
  revoke: 'revoke',
  revoker: 'revoke',
  disable: 'revoke',
  approve: 'approve',
  approver: 'approve',
  admin: 'admin',
  administrator: 'admin',
  administer: 'admin',
  manage: 'admin',
  manager: 'admin',
  owner: 'admin',
  full: 'admin',
  '*': 'admin',
  audit: 'audit',
  auditor: 'audit',
};

/** Returns the action a word stands for; null for any other word. */
export function actionOf(word: string): GrantRecord['action'] {
  const key = word.trim().toLowerCase();
  return (Object.hasOwn(ACTIONS, key) ? ACTIONS[key] : undefined) ?? null;
}

/** Ways an entitlement names a key and an action; the groups are called `key` and `word`. */
const SHAPES = [
  /^(?<key>.+?)\s*\((?<word>[\w*]+)\)$/,
  /^(?<word>\w+)\s+(?:on|of|for|to)\s+(?<key>.+)$/i,
  /^(?<key>.+)\s*[:#|]\s*(?<word>[\w*]+)$/,
  /^(?<key>.+)\s+-\s+(?<word>\w+)$/,
  /^(?<word>\w+)\s*:\s*(?<key>.+)$/,
  /^(?<word>[\w*]+)$/,
];

/**
 * Returns the key and action of a reviewed access. A column of its own wins; else the entitlement is taken apart
 * (`<key>:read`, `read on <key>`, `<key> (admin)`, `read:<key>`). If the export has a resource, that is the key, unless
 * the entitlement names one by its ARN. An entitlement in none of these shapes is the key itself, and its action
 * unknown.
 */
export function parseAccess(
  resource: string | null,
  entitlement: string | null,
  action: string | null,
): Access {
  const parts = takeApart(entitlement ?? '');
  const named = parts.key ?? entitlement ?? '';
  const key = resource === null || named.startsWith('arn:') ? named : resource;
  return { key_id: key, action: action === null ? parts.action : actionOf(action) };
}

function takeApart(entitlement: string): { key: string | null; action: GrantRecord['action'] } {
  for (const shape of SHAPES) {
    const groups = shape.exec(entitlement)?.groups;
    const action = actionOf(groups?.['word'] ?? '');
    if (action !== null) return { key: groups?.['key'] ?? null, action };
  }
  return { key: null, action: null };
}
