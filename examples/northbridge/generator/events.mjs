import { sourceAddress } from './keys.mjs';
import { randomStream, stableUuid } from './random.mjs';
import { AS_OF, HOUR, QUARTER_START } from './time.mjs';

/** The gateway's and the vault's own logs of the quarter: uses of production keys that AWS does not see. */
export function createEvents(keys) {
  const production = keys.filter((key) => !key.account && key.environment === 'production');
  return production.flatMap(eventsOf).sort((a, b) => a.at - b.at);
}

function eventsOf(key) {
  if (!(key.used >= QUARTER_START && key.used <= AS_OF)) return [];
  const random = randomStream(`events of ${key.id}`);
  const times = [key.used, key.used - random.int(2, 30) * HOUR].filter((time) => time > QUARTER_START);
  return times.map((at) => event(key, at, random.chance(0.03)));
}

function event(key, at, failed) {
  return {
    id: stableUuid(`use ${key.id} ${at}`),
    at,
    category: key.store === 'kong' ? 'authentication' : 'read-secret',
    action: key.store === 'kong' ? 'key-auth' : 'secret.read',
    key,
    actor: key.workloads[0],
    actorType: 'service',
    outcome: failed ? 'failure' : 'success',
    ip: sourceAddress(key),
    log: key.store === 'kong' ? 'kong-gateway' : `${key.store}-audit`,
    environment: key.environment,
    ticket: null,
  };
}
