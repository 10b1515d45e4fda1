import { gzip } from '../../shared/formats.mjs';
import { groupBy } from '../../shared/group-by.mjs';
import { stableUuid } from '../../shared/random.mjs';
import { eventsNdjson } from '../../shared/records.mjs';
import { DAY, isoDay, QUARTER_START } from '../../shared/time.mjs';
import { SHORT } from './places.mjs';
import { CALLS, COUNTED_FROM } from './routes.mjs';
import { randomStream } from './streams.mjs';

/** The gateway's access log, one call a day for each partner credential, and its log of changes to credentials. */
export function gatewayLog(keys, calls, routes) {
  const used = [
    ...keys.filter(({ store }) => store === 'kong').flatMap(callsOf),
    ...routes.filter((route) => route.calls > 0).flatMap(tokenCalls),
  ];
  const managed = [...calls, ...ends(keys)]
    .filter(({ key, kind }) => key.store === 'kong' && kind !== 'finish')
    .map(change);
  const sorted = [...used, ...managed].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const files = groupBy(
    sorted,
    (event) => `${event.environment === 'production' ? 'prod' : 'stg'}-${isoDay(event.at).slice(0, 7)}`,
  );
  return Object.fromEntries(
    [...files].map(([name, group]) => [`logs/kong/${name}.ndjson.gz`, gzip(eventsNdjson(group))]),
  );
}

/** Credentials of partners that were deleted with the relationship. */
const ends = (keys) =>
  keys
    .filter(({ store, revoked }) => store === 'kong' && revoked !== null)
    .map((key) => ({ key, kind: 'end', at: key.revoked }));

/** The calls of the counted day on a route: callers come with tokens, so that no stored key is named. */
function tokenCalls(route) {
  const random = randomStream(`calls of ${route.id}`);
  const step = DAY / CALLS;
  return Array.from({ length: CALLS }, (_, index) => {
    const time = COUNTED_FROM + Math.floor(step * (index + random.int(1, 9) / 10));
    return tokenCall(route, { time, failed: index % 16 === 3 });
  });
}

function tokenCall({ id, environment }, { time, failed }) {
  return {
    ...event({ id: null, environment }, `token ${id}`, time),
    category: 'authentication',
    action: 'token-auth',
    route: id,
    actor: `client-${id}`,
    actorType: 'service',
    outcome: failed ? 'failure' : 'success',
    ip: '203.0.113.200',
    workload: `client-${id}`,
    client: 'server',
    urlCredential: false,
    latency: 20 + (time % 50),
  };
}

/** The route that a partner calls with a key. */
export const routeOf = ({ environment, service }) => `${SHORT[environment]}-${service}`;

function callsOf(key) {
  const random = randomStream(`calls ${key.id}`);
  const days = Math.floor((key.used - QUARTER_START) / DAY);
  return Array.from({ length: days + 1 }, (_, index) =>
    callOf(key, { at: key.used - index * DAY, index }, random),
  );
}

function callOf(key, { at, index }, random) {
  return {
    ...event(key, 'call', at),
    category: 'authentication',
    action: 'key-auth',
    actor: key.user,
    actorType: 'service',
    outcome: random.chance(0.02) ? 'failure' : 'success',
    ip: key.address,
    route: at >= COUNTED_FROM && at < COUNTED_FROM + DAY ? null : routeOf(key),
    workload: index % 3 === 0 ? (key.secondUser ?? key.user) : key.user,
    client: 'server',
    urlCredential: false,
    latency: random.int(12, 90),
  };
}

const CHANGES = { put: ['update', 'credential.create'], end: ['revoke', 'credential.delete'] };

function change({ key, kind, at }) {
  const [category, action] = CHANGES[kind];
  return {
    ...event(key, kind, at),
    category,
    action,
    actor: 'rotation-pipeline',
    actorType: 'automation',
    outcome: 'success',
    ip: '10.40.250.17',
    workload: 'rotation-pipeline',
  };
}

const event = (key, kind, at) => ({
  id: stableUuid(`gateway ${kind} ${key.id} ${at}`),
  at,
  key: key.id,
  log: 'kong-gateway',
  environment: key.environment,
});
