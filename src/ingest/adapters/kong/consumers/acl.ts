import { isObject } from '../../../../text/is-object.js';
import { objectOf } from '../../../fields/json.js';
import type { Reading } from '../../../fields/record-reader.js';

type Members = Record<string, unknown>;

/** What the acl plugins of a decK file say of groups. Follows https://developer.konghq.com/plugins/acl/ */
export type AclPlugins = {
  /** Groups that a plugin allows. */
  allowed: ReadonlySet<string>;
  /** Groups that a plugin denies. */
  denied: ReadonlySet<string>;
  /** Whether a plugin also looks at the consumer groups of a consumer. */
  withConsumerGroups: boolean;
  /** Routes of the file. */
  routes: number;
  /** Routes that no plugin with an allow list guards: every consumer that can log in may call them unless it is denied. */
  open: number;
};

/** Returns what the acl plugins of a file say; null if the file is not known as a whole, or was taken with `select_tags` and may lack some. */
export function aclPlugins(whole: Members | null): AclPlugins | null {
  if (whole === null || objectOf(whole['_info'])['select_tags'] != null) return null;
  const services = listIn(whole, 'services');
  const inServices = services.flatMap((service) =>
    listIn(service, 'routes').map((route) => ({ route, service })),
  );
  const routes = [
    ...inServices,
    ...listIn(whole, 'routes').map((route) => ({ route, service: serviceOf(route, services) })),
  ];
  const global = listIn(whole, 'plugins').filter(isAcl);
  const nested = [...services, ...routes.map(({ route }) => route)].flatMap((one) =>
    listIn(one, 'plugins').filter(isAcl),
  );
  const all = [...global, ...nested];
  return {
    allowed: new Set(all.flatMap((plugin) => groupsIn(plugin, 'allow'))),
    denied: new Set(all.flatMap((plugin) => groupsIn(plugin, 'deny'))),
    withConsumerGroups: all.some((plugin) => objectOf(plugin['config'])['include_consumer_groups'] === true),
    routes: routes.length,
    open: routes.filter(({ route, service }) => !isGuarded(route, service, global)).length,
  };
}

/**
 * Returns the groups that a consumer is in and that open something to it; null if there are none, because routes without an acl
 * plugin are open to it. A group that plugins only deny opens nothing.
 * @param beside groups that the file states beside the consumer
 */
export function groupsOf(r: Reading, plugins: AclPlugins | null, beside: readonly string[]): string[] | null {
  const inside = r.each('acls').map(({ reading: acl }) => acl.text('group'));
  const own = [...inside, ...beside];
  const ofGateway = plugins?.withConsumerGroups === true ? r.each('groups') : [];
  const groups = [...own, ...ofGateway.map(({ reading: group }) => group.text('name'))];
  const opening = groups.filter((group) => group !== null).filter((group) => !isOnlyDenied(group, plugins));
  return opening.length > 0 ? [...new Set(opening)].map((group) => `acl:${group}`) : null;
}

function isOnlyDenied(group: string, plugins: AclPlugins | null): boolean {
  return plugins?.denied.has(group) === true && !plugins.allowed.has(group);
}

/** Returns whether an allow list decides on a route: of its own plugin, or else that of its service, or else a global one. */
function isGuarded(route: Members, service: Members | null, global: readonly Members[]): boolean {
  const levels = [
    [...listIn(route, 'plugins').filter(isAcl), ...global.filter((plugin) => isFor(plugin['route'], route))],
    service === null
      ? []
      : [
          ...listIn(service, 'plugins').filter(isAcl),
          ...global.filter((plugin) => isFor(plugin['service'], service)),
        ],
    global.filter((plugin) => plugin['route'] == null && plugin['service'] == null),
  ];
  const deciding = levels.find((level) => level.length > 0) ?? [];
  return deciding.some((plugin) => groupsIn(plugin, 'allow').length > 0);
}

function isAcl(plugin: Members): boolean {
  return plugin['name'] === 'acl' && plugin['enabled'] !== false;
}

function groupsIn(plugin: Members, list: 'allow' | 'deny'): string[] {
  const config = objectOf(plugin['config']);
  const groups = config[list] ?? config[list === 'allow' ? 'whitelist' : 'blacklist'];
  return [groups].flat().filter((group) => typeof group === 'string');
}

function serviceOf(route: Members, services: readonly Members[]): Members | null {
  return services.find((service) => isFor(route['service'], service)) ?? null;
}

/** Returns whether a reference (a name, an id, or an object with one) names an object. */
function isFor(reference: unknown, { name, id }: Members): boolean {
  const named = isObject(reference) ? (reference['name'] ?? reference['id']) : reference;
  return typeof named === 'string' && (named === name || named === id);
}

function listIn(holder: Members, name: string): Members[] {
  const list = holder[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
