import type { GrantRecord } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';

/** What a role lets its holder do with Secrets. */
export type SecretRight = {
  /** What. */
  action: NonNullable<GrantRecord['action']>;
  /** Names of the Secrets; null: all of the namespace, or of the cluster. */
  names: readonly string[] | null;
};

/** Verbs on Secrets, by what they allow. `list` and `watch` show the values too. */
const VERBS: { readonly [verb: string]: SecretRight['action'] } = {
  get: 'read',
  list: 'read',
  watch: 'read',
  create: 'create',
  update: 'rotate',
  patch: 'rotate',
  delete: 'revoke',
  deletecollection: 'revoke',
  '*': 'admin',
};

/** Roles that every cluster has (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles). */
export const OF_KUBERNETES: { readonly [role: string]: readonly SecretRight[] } = {
  'cluster-admin': [{ action: 'admin', names: null }],
  admin: [{ action: 'admin', names: null }],
  edit: [
    { action: 'read', names: null },
    { action: 'create', names: null },
    { action: 'rotate', names: null },
    { action: 'revoke', names: null },
  ],
  view: [],
  'system:public-info-viewer': [],
  'system:discovery': [],
  'system:basic-user': [],
};

/** Returns what the rules of a role allow with Secrets; null if a rule cannot be read. */
export function secretRights(rules: unknown): SecretRight[] | null {
  const rights: SecretRight[] = [];
  for (const rule of [rules ?? []].flat()) {
    const found = isObject(rule) ? rightsIn(rule) : null;
    if (found === null) return null;
    rights.push(...found);
  }
  return [...new Map(rights.map((right) => [JSON.stringify(right), right])).values()];
}

function rightsIn(rule: Record<string, unknown>): SecretRight[] | null {
  const [groups, resources, verbs] = ['apiGroups', 'resources', 'verbs'].map((name) => textsIn(rule[name]));
  const names =
    rule['resourceNames'] === undefined || rule['resourceNames'] === null
      ? null
      : textsIn(rule['resourceNames']);
  if (!groups || !resources || !verbs || (names === null && rule['resourceNames'] != null)) return null;
  const concerned =
    groups.some((group) => group === '' || group === '*') &&
    resources.some((name) => name === 'secrets' || name === '*');
  if (!concerned) return [];
  const actions = new Set(verbs.map((verb) => (Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined)));
  if (actions.has('admin')) return [{ action: 'admin', names }];
  return [...actions].filter((action) => action !== undefined).map((action) => ({ action, names }));
}

function textsIn(value: unknown): string[] | null {
  const texts = [value ?? []].flat();
  return texts.every((text) => typeof text === 'string') ? texts : null;
}
