import { sha256 } from '../../shared/random.mjs';
import { AS_OF, DAY, HOUR, startOfDay } from '../../shared/time.mjs';
import { ADDRESS } from './places.mjs';
import { randomStream } from './streams.mjs';

/** Gives every critical key another that lies switched off in the other vault, ready to take its place. */
export const createStandbyKeys = (keys) =>
  keys.filter(({ tier, status }) => tier === 'critical' && status === 'active').map(standbyKey);

function standbyKey(key) {
  const place = key.partner ? `${key.user}-${key.index}` : key.thing;
  const address = ADDRESS['azure-kv']({ ...key, thing: `${place}-standby` });
  const random = randomStream(`standby ${address.id}`);
  const tested = startOfDay(AS_OF) - random.int(20, 150) * DAY + 13 * HOUR;
  Object.assign(key, { standby: address.id, standbyTested: tested });
  return {
    ...key,
    ...address,
    store: 'azure-kv',
    type: key.partner ? 'api-key' : key.type,
    partner: undefined,
    status: 'inactive',
    vendor: null,
    purpose: `Ersatz für ${key.purpose}`,
    rotated: key.created + 20 * DAY,
    expires: startOfDay(AS_OF) + 300 * DAY,
    versions: [],
    used: tested,
    standby: null,
    standbyTested: null,
    fingerprint: sha256(`marenholt fictional secret of ${address.id}`).slice(0, 32),
  };
}
