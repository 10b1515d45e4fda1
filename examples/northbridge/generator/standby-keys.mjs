import { AS_OF, DAY, HOUR, startOfDay, YEAR_START } from '../../shared/time.mjs';
import { fingerprintOf } from './keys.mjs';
import { shortEnvironment } from './people.mjs';
import { randomStream } from './random.mjs';
import { registeredFacts } from './registered-facts.mjs';

/** Gives every critical key another that lies switched off in the vault, ready to take its place. */
export function createStandbyKeys(keys) {
  const random = randomStream('standby keys');
  return keys
    .filter(({ tier, status }) => tier === 'critical' && status === 'active')
    .map((key) => standbyKey(key, random));
}

function standbyKey(key, random) {
  const path = `kv/standby/${shortEnvironment(key.environment)}/${key.service}/${key.slug}/${key.suffix}-${key.store}`;
  const id = `vault:${path}`;
  const created = startOfDay(YEAR_START) - random.int(20, 200) * DAY + 10 * HOUR;
  const tested = startOfDay(AS_OF) - random.int(15, 170) * DAY + 13 * HOUR;
  Object.assign(key, { standby: id, standbyTested: tested });
  return {
    ...key,
    ...registeredFacts({ ...key, store: 'vault-kv' }),
    id,
    name: path,
    aliases: [path],
    store: 'vault-kv',
    storage: 'secrets-manager',
    status: 'inactive',
    vendor: null,
    owner: 'credential-custody@northbridge.example',
    purpose: `standby of the ${key.type} for ${key.provider}`,
    created,
    rotated: created + random.int(30, 60) * DAY,
    used: tested,
    fingerprint: fingerprintOf(id),
  };
}
