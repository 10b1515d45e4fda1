import { at, DAY, HOUR, MINUTE } from '../../shared/time.mjs';
import { STORE_LOGS } from './log-names.mjs';
import { randomStream, stableUuid } from './random.mjs';

/** The day whose calls the gateway counted. */
export const COUNTED_FROM = at('2026-09-29');
export const COUNTED_TO = COUNTED_FROM + DAY - 1;

/** The calls of that day, route by route; each route counts its own. Callers come with tokens, so no stored key is named. */
export const createRouteCalls = (routes) =>
  routes.filter(({ status }) => status === 'active').flatMap(callsOf);

function callsOf(route) {
  const random = randomStream(`calls of ${route.id}`);
  const step = DAY / route.load;
  return Array.from({ length: route.load }, (_, index) => {
    const time = COUNTED_FROM + Math.floor(step * index + step / 4 + (random.int(0, 500) / 1000) * step);
    return call(route, { time, index, failed: index === 3 || random.chance(0.03) }, random);
  });
}

function call(route, { time, index, failed }, random) {
  const caller = callerOf(route, random);
  return {
    id: stableUuid(`call ${route.id} ${index}`),
    at: time,
    category: 'authentication',
    action: 'token-auth',
    route: route.id,
    actor: caller,
    actorType: 'service',
    outcome: failed ? 'failure' : 'success',
    ip: `203.0.113.${random.int(2, 62)}`,
    workload: caller,
    client: route.client,
    urlCredential: false,
    status: failed ? 401 : 200,
    latency: random.int(9, 140),
    log: STORE_LOGS.kong,
    environment: route.environment,
  };
}

const callerOf = (route, random) =>
  route.vendor === ''
    ? `client-${route.service}-${random.int(1, 4)}`
    : `partner-${route.vendor.toLowerCase()}`;

/** Whether a time of the counted day lies in the hole of a route's log. */
export const inHole = (time) =>
  time > COUNTED_FROM + 10 * HOUR && time < COUNTED_FROM + 10 * HOUR + 40 * MINUTE;
