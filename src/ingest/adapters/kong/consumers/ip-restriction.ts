import { isObject } from '../../../../text/is-object.js';
import { objectOf } from '../../../fields/json.js';
import { consumerNamed, namesOf } from './flat.js';

/**
 * Returns the networks that a consumer may call from, by the ip-restriction plugin of the consumer or, without one, the
 * global one; an empty list if there is neither. Null if a plugin denies networks only or cannot be read, or if the file
 * is not known as a whole.
 * @param whole the decK file; null if it is not known as a whole
 */
export function networksFor(
  consumer: Record<string, unknown>,
  whole: Record<string, unknown> | null,
): string[] | null {
  if ([consumer['plugins'], whole?.['plugins']].some(hasNameless)) return null;
  const own = restrictionsIn(consumer['plugins'], () => true);
  if (own.length > 0) return allowed(own);
  if (whole === null) return null;
  const names = namesOf(consumer);
  const isOurs = (plugin: Plugin) => names.includes(consumerNamed(plugin) ?? '');
  const forConsumer = restrictionsIn(whole['plugins'], isOurs);
  if (forConsumer.length > 0) return allowed(forConsumer);
  const global = restrictionsIn(whole['plugins'], isGlobal);
  return global.length > 0 ? allowed(global) : [];
}

type Plugin = Record<string, unknown>;

/** Returns whether one of the plugins cannot be told: it may be the one that counts. */
function hasNameless(plugins: unknown): boolean {
  return Array.isArray(plugins) && plugins.some((plugin) => typeof objectOf(plugin)['name'] !== 'string');
}

function restrictionsIn(plugins: unknown, applies: (plugin: Plugin) => boolean): Plugin[] {
  const all = Array.isArray(plugins) ? plugins.filter(isObject) : [];
  return all.filter(
    (plugin) => plugin['name'] === 'ip-restriction' && plugin['enabled'] !== false && applies(plugin),
  );
}

function allowed(plugins: readonly Plugin[]): string[] | null {
  const lists = plugins.map(
    (plugin) => objectOf(plugin['config'])['allow'] ?? objectOf(plugin['config'])['whitelist'],
  );
  const networks = lists.flat().filter((network) => typeof network === 'string');
  return networks.length > 0 ? networks : null;
}

function isGlobal({ consumer, route, service, consumer_group }: Plugin): boolean {
  return [consumer, route, service, consumer_group].every(
    (target) => target === undefined || target === null,
  );
}
