import { AS_OF, at, DAY, HOUR } from '../../shared/time.mjs';
import { randomStream } from './random.mjs';

/** What a store calls a key that is no longer in use. */
const RETIRED_STATUS = {
  'aws-sm': 'pending-deletion',
  'aws-iam': 'inactive',
  'azure-kv': 'inactive',
  'vault-kv': 'destroyed',
  kong: 'revoked',
};

/**
 * Retires one key in thirteen: old, expired, without owner, unencrypted or too widely scoped, and rightly so,
 * because nobody can use it any more. No rule may complain about these.
 */
export function retireKeys(keys) {
  const random = randomStream('retired');
  const retired = keys.filter(() => random.chance(1 / 13));
  for (const key of retired) retire(key, random);
}

function retire(key, random) {
  const revoked =
    AS_OF +
    1 -
    random.int(key.store === 'aws-sm' ? 2 : 20, key.store === 'aws-sm' ? 25 : 300) * DAY +
    9 * HOUR;
  Object.assign(key, {
    status: RETIRED_STATUS[key.store],
    revoked,
    rotated: revoked - random.int(40, 200) * DAY,
    used: revoked - random.int(1, 30) * DAY,
    expires: revoked + random.int(0, 20) * DAY,
    ...random.pick([{ owner: '' }, { encrypted: false }, { scopes: ['*'] }, { allowlist: [] }, {}]),
  });
  key.created = Math.min(key.created, key.rotated - DAY);
}

/** The last keys of partners whose relationship ended: all revoked within the hour of its end. */
export function retirePartnerKeys(keys, vendors) {
  const ended = vendors.filter(({ status }) => status === 'terminated');
  const retired = keys.filter(
    ({ status, store }) => status !== 'active' && ['vault-kv', 'kong', 'azure-kv'].includes(store),
  );
  for (const [index, key] of retired.slice(0, ended.length * 4).entries()) {
    const vendor = ended[index % ended.length];
    Object.assign(key, {
      vendor: vendor.id,
      provider: vendor.name,
      revoked: vendor.terminated - HOUR,
      used: vendor.terminated - DAY,
    });
    Object.assign(key, { rotated: vendor.terminated - 60 * DAY, expires: vendor.terminated });
    key.created = Math.min(key.created, at('2025-08-01'));
  }
}
