import { AS_OF, DAY, HOUR, QUARTER_START } from '../../shared/time.mjs';
import { sourceAddress } from './keys.mjs';
import { STORE_LOGS } from './log-names.mjs';
import { randomStream, stableUuid } from './random.mjs';

/** The gateway's and the vaults' own logs of the quarter: uses of production keys that AWS does not see. */
export function createEvents(keys, routes) {
  const production = keys.filter((key) => !key.account && key.environment === 'production');
  return production.flatMap(usesOf).map((event) => withRoute(event, keys, routes));
}

/** The gateway logs the route of a call beside its key: a quiet one of the service, if there is one. */
function withRoute(event, keys, routes) {
  if (event.status === undefined) return event;
  const service = serviceOf(keys).get(event.key);
  const route = routes.find(
    (one) =>
      one.service === service && one.environment === 'production' && one.status === 'active' && !one.busy,
  );
  return route ? { ...event, route: route.id, urlCredential: false } : event;
}

const services = new WeakMap();

function serviceOf(keys) {
  if (!services.has(keys)) services.set(keys, new Map(keys.map(({ id, service }) => [id, service])));
  return services.get(keys);
}

function usesOf(key) {
  if (!(key.used >= QUARTER_START && key.used <= AS_OF)) return [];
  const random = randomStream(`events of ${key.id}`);
  const times = isMeasured(key) ? dailyUses(key) : lastUses(key, random);
  return times.map((at) => useEvent(key, at, random.chance(0.03)));
}

/** The gateway counts every call of its working keys; of a vault the last reads are exported. */
const isMeasured = ({ store, status }) => store === 'kong' && status === 'active';

const lastUses = (key, random) =>
  [key.used, key.used - random.int(2, 30) * HOUR].filter((time) => time > QUARTER_START);

/** One call a day up to the last one. */
function dailyUses(key) {
  const first = Math.max(QUARTER_START, key.created + HOUR);
  const days = Math.floor((key.used - first) / DAY);
  return Array.from({ length: days + 1 }, (_, index) => key.used - index * DAY);
}

/** One use of a key by the workload it belongs to, as gateway or vault log it. */
export function useEvent(key, at, failed = false) {
  const gateway = key.store === 'kong';
  return {
    id: stableUuid(`use ${key.id} ${at}`),
    at,
    category: gateway ? 'authentication' : 'read-secret',
    action: gateway ? 'key-auth' : 'secret.read',
    key: key.id,
    actor: key.workloads[0],
    actorType: 'service',
    outcome: failed ? 'failure' : 'success',
    ip: sourceAddress(key),
    workload: key.workloads[0],
    client: 'server',
    latency: 4 + (at % 83),
    log: STORE_LOGS[key.store],
    environment: key.environment,
    ...(gateway ? answer(key, at, failed) : {}),
  };
}

/** What the gateway knows of a call and a vault does not. */
const answer = (key, at, failed) => ({
  status: failed ? 401 : 200,
  scopes: key.scopes,
  account: `acct-${at % 9}`,
});
