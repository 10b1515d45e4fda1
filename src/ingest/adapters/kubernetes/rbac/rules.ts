import type { GrantRecord } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';
import { objectOf } from '../../../fields/json.js';

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

/** Requests with these verbs name no object, so that a rule for some objects never allows them. */
const NEVER_BY_NAME = new Set(['create', 'deletecollection']);

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

/** A role as far as Secrets go. */
export type RoleRules = {
  /** What it allows; null if that is not known. */
  rights: SecretRight[] | null;
  /** Its labels, by which other roles take its rules in. */
  labels: Record<string, unknown>;
  /** Labels of the roles that it is made of, one set for each selector; null if it has rules of its own. */
  madeOf: readonly Record<string, unknown>[] | null;
};

/** Reads a Role or ClusterRole. */
export function rulesOf(role: Record<string, unknown>): RoleRules {
  const { aggregationRule, rules, metadata } = role;
  const isEmpty = [rules ?? []].flat().length === 0;
  return {
    rights: aggregationRule !== undefined && isEmpty ? null : secretRights(rules),
    labels: objectOf(objectOf(metadata)['labels']),
    madeOf: aggregationRule !== undefined && isEmpty ? selectorsIn(aggregationRule) : null,
  };
}

/** Selectors by labels alone; one with expressions leaves the role unknown. */
function selectorsIn(aggregation: unknown): Record<string, unknown>[] | null {
  const selectors = [objectOf(aggregation)['clusterRoleSelectors'] ?? []].flat().map(objectOf);
  const labels = selectors.map(({ matchLabels }) => objectOf(matchLabels));
  const isPlain = selectors.every(({ matchExpressions }) => [matchExpressions ?? []].flat().length === 0);
  return isPlain && labels.every((one) => Object.keys(one).length > 0) ? labels : null;
}

/** Most roles that are made of others, and how deep they are looked through: what is past them stays unknown. */
const MOST_AGGREGATED = 1000;
const ROUNDS = 3;

/** Gives each role that is made of others what those of the file allow that its selectors fit, also through further ones. */
export function fillAggregated(roles: ReadonlyMap<string, RoleRules>): void {
  const open = [...roles.values()].filter(({ madeOf }) => madeOf !== null).slice(0, MOST_AGGREGATED);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const role of open) {
      const parts = [...roles.values()].filter(
        (other) => other !== role && (role.madeOf ?? []).some((labels) => fits(labels, other.labels)),
      );
      const isKnown = parts.length > 0 && parts.every(({ rights }) => rights !== null);
      if (isKnown) role.rights = distinct(parts.flatMap(({ rights }) => rights ?? []));
    }
}

function fits(wanted: Record<string, unknown>, labels: Record<string, unknown>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

function distinct(rights: readonly SecretRight[]): SecretRight[] {
  return [...new Map(rights.map((right) => [JSON.stringify(right), right])).values()];
}

/** Returns what the rules of a role allow with Secrets; null if a rule cannot be read. */
function secretRights(rules: unknown): SecretRight[] | null {
  const rights: SecretRight[] = [];
  for (const rule of [rules ?? []].flat()) {
    const found = isObject(rule) ? rightsIn(rule) : null;
    if (found === null) return null;
    rights.push(...found);
  }
  return distinct(rights);
}

function rightsIn(rule: Record<string, unknown>): SecretRight[] | null {
  const [groups, resources, verbs] = ['apiGroups', 'resources', 'verbs'].map((name) => textsIn(rule[name]));
  const stated = textsIn(rule['resourceNames']);
  if (!groups || !resources || !verbs || !stated) return null;
  const names = stated.length === 0 ? null : stated;
  const concerned =
    groups.some((group) => group === '' || group === '*') &&
    resources.some((name) => name === 'secrets' || name === '*');
  if (!concerned) return [];
  const usable = verbs.filter((verb) => names === null || !NEVER_BY_NAME.has(verb));
  const actions = new Set(usable.map((verb) => (Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined)));
  if (actions.has('admin')) return [{ action: 'admin', names }];
  return [...actions].filter((action) => action !== undefined).map((action) => ({ action, names }));
}

function textsIn(value: unknown): string[] | null {
  const texts = [value ?? []].flat();
  return texts.every((text) => typeof text === 'string') ? texts : null;
}
