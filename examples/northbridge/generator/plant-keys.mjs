import { AS_OF, DAY, HOUR } from '../../shared/time.mjs';
import { setRotated, TIER_DAYS } from './keys.mjs';
import { workloadId } from './people.mjs';
import { elsewhere, production } from './picks.mjs';
import { isStepwise } from './rotations.mjs';

const NEVER = Number.POSITIVE_INFINITY;

const canonical = ({ store }) => ['vault-kv', 'kong'].includes(store);
/** Written to the millisecond, and its rotation log has one step for a rotation. */
const exact = (key) => canonical(key) && !isStepwise(key);

/** A time so many days before the as-of moment, to the millisecond. */
const daysAgo = (days) => AS_OF - days * DAY;

/** Deviations of single keys that the key's own record shows. */
export function plantKeyFacts(book, people) {
  plantOwners(book, people);
  plantExpiry(book);
  plantDormant(book);
  plantAge(book);
  plantStorage(book);
  plantEncryption(book);
  plantScopes(book);
  plantNetworks(book);
  plantTwins(book);
}

function plantOwners(book, people) {
  const rule = 'inv-owner-assigned';
  const leavers = people.filter(({ status }) => status === 'left');
  for (const key of book.take(11)) {
    key.owner = '';
    book.expect(rule, 'key', key.id, 'the inventory says that there is no owner');
  }
  for (const [index, key] of book.take(13).entries()) {
    key.owner = leavers[index % leavers.length];
    book.expect(rule, 'key', key.id, `the owner, ${key.owner.name}, left`);
  }
  for (const key of book.take(5)) {
    key.owner = `${key.service}-squad@northbridge.example`;
    book.expect(rule, 'key', key.id, 'nobody in the directory has the name of the owner');
  }
  for (const key of book.take(4)) {
    key.owner = workloadId(key.service, key.environment);
    book.expect(rule, 'key', key.id, 'a workload, not a person, is named as the owner', 'low');
  }
}

function plantExpiry(book) {
  const rule = 'inv-expiry-set';
  for (const key of book.take(11, production)) {
    key.expires = NEVER;
    book.expect(rule, 'key', key.id, 'never expires');
  }
  for (const key of book.take(7, production)) {
    key.expires = AS_OF + 1 - book.random.int(2, 40) * DAY;
    book.expect(rule, 'key', key.id, 'expired and still active', 'critical');
  }
  for (const key of book.take(9, production)) {
    key.expires = AS_OF + 1 + book.random.int(500, 900) * DAY;
    book.expect(rule, 'key', key.id, 'valid for longer than the standard allows');
  }
  for (const key of book.take(6, elsewhere)) key.expires = NEVER;
  plantExpiryBoundaries(book);
}

/** Expiring at the as-of moment itself, and living exactly as long as the tier allows: both in order; a millisecond more is not. */
function plantExpiryBoundaries(book) {
  const [today, longest, longer] = book.take(3, (key) => exact(key) && production(key));
  today.expires = AS_OF;
  longest.expires = longest.rotated + 2 * TIER_DAYS[longest.tier] * DAY;
  longer.expires = longer.rotated + 2 * TIER_DAYS[longer.tier] * DAY + 1;
  book.expect('inv-expiry-set', 'key', longer.id, 'valid for a millisecond longer than the standard allows');
}

function plantDormant(book) {
  const rule = 'inv-dormant-revoked';
  for (const key of book.take(12, production)) {
    key.used = daysAgo(book.random.int(63, 280));
    book.expect(rule, 'key', key.id, 'production key not used for more than 60 days');
  }
  for (const key of book.take(14, elsewhere)) {
    key.used = daysAgo(book.random.int(93, 330));
    book.expect(rule, 'key', key.id, 'key not used for more than 90 days');
  }
  for (const key of book.take(6, canonical)) {
    key.used = NEVER;
    book.expect(rule, 'key', key.id, 'never used since it was created');
  }
  plantDormantBoundaries(book);
}

/** On the limit to the millisecond, and one beyond it. */
function plantDormantBoundaries(book) {
  for (const key of book.take(2, (key) => exact(key) && production(key))) key.used = daysAgo(60);
  for (const key of book.take(2, (key) => exact(key) && elsewhere(key))) key.used = daysAgo(90);
  const [late] = book.take(1, (key) => exact(key) && production(key));
  late.used = daysAgo(60) - 1;
  book.expect('inv-dormant-revoked', 'key', late.id, 'production key not used for 60 days and a millisecond');
  const [unused] = book.take(1, (key) => exact(key) && elsewhere(key));
  Object.assign(unused, { created: daysAgo(30), used: NEVER });
  setRotated(unused, daysAgo(30));
}

function plantAge(book) {
  const counts = { critical: 9, high: 13, medium: 13, low: 8 };
  for (const [tier, count] of Object.entries(counts)) plantAgeOfTier(book, tier, count);
}

function plantAgeOfTier(book, tier, count) {
  const limit = TIER_DAYS[tier];
  for (const key of book.take(count, (key) => key.tier === tier)) {
    setRotated(
      key,
      daysAgo(limit + book.random.int(1, Math.floor(limit * 0.5))) - book.random.int(0, 20) * HOUR,
    );
    overdue(book, key);
  }
  const [onLimit, beyond] = book.take(2, (key) => exact(key) && key.tier === tier);
  setRotated(onLimit, daysAgo(limit));
  setRotated(beyond, daysAgo(limit) - 1);
  overdue(book, beyond);
}

function overdue(book, key) {
  const why = `${key.tier} key rotated more than ${TIER_DAYS[key.tier]} days ago`;
  book.expect('rotation-max-age', 'key', key.id, why, key.tier);
}

function plantStorage(book) {
  const places = ['env-var', 'file', 'ci-variable'];
  const fits = ({ store }) => ['aws-iam', 'kong'].includes(store);
  for (const [index, key] of book.take(13, (key) => production(key) && fits(key)).entries()) {
    key.storage = places[index % places.length];
    book.expect('storage-prod-in-vault', 'key', key.id, `production secret kept as ${key.storage}`);
    plantVaultReference(book, key, index);
  }
  for (const key of book.take(15, (key) => elsewhere(key) && fits(key))) key.storage = 'env-var';
}

/** Most of these have no entry in the vault; some are copies of one, and of two it is not stated. */
function plantVaultReference(book, key, index) {
  const rule = 'storage-env-only-prod';
  key.vaultRef = index < 8 ? '' : index < 11 ? `vault:kv/prod/${key.service}/${key.slug}` : null;
  if (index < 8) book.expect(rule, 'key', key.id, 'no entry of the vault stands behind the copy');
  if (index >= 11) book.expectNoEvidence(rule, 'key', key.id, 'not stated whether the vault has an entry');
}

function plantEncryption(book) {
  const rule = 'storage-encrypted-at-rest';
  const fits = ({ store }) => store !== 'aws-sm';
  for (const key of book.take(5, fits)) {
    Object.assign(key, { encrypted: false, algorithm: null });
    book.expect(rule, 'key', key.id, 'not encrypted at rest');
  }
  for (const [index, key] of book.take(6, fits).entries()) {
    key.algorithm = ['3DES-CBC', 'AES-128-ECB', 'RC4'][index % 3];
    book.expect(rule, 'key', key.id, `encrypted with ${key.algorithm}`);
  }
}

function plantScopes(book) {
  const rule = 'access-least-privilege';
  for (const key of book.take(13)) {
    key.scopes = [...key.scopes, `${key.approved[0].split(':')[0]}:admin-export`];
    book.expect(rule, 'key', key.id, 'holds a scope nobody approved');
  }
  for (const [index, key] of book.take(7, ({ store }) => store !== 'aws-sm').entries()) {
    key.scopes = index % 2 === 0 ? ['*'] : [...key.scopes, `${key.approved[0].split(':')[0]}:*`];
    book.expect(rule, 'key', key.id, 'holds a wildcard scope', 'critical');
    if (index % 2 === 0) noteBareWildcard(book, key);
  }
}

/** A wildcard alone names no service, and in production it reaches payments, whatever tier the key has. */
function noteBareWildcard(book, key) {
  book.expectNoEvidence('access-scope-separation', 'key', key.id, 'a wildcard names no service');
  if (production(key) && key.tier !== 'critical')
    book.expect('inv-risk-tier-valid', 'key', key.id, 'a wildcard asks for the critical tier');
}

function plantNetworks(book) {
  const open = [[], ['0.0.0.0/0'], ['10.20.0.0/16', '0.0.0.0/0'], ['::/0']];
  for (const [index, key] of book.take(14, production).entries()) {
    key.allowlist = open[index % open.length];
    book.expect('gw-ip-allowlist', 'key', key.id, 'usable from any network');
  }
  for (const key of book.take(
    4,
    (key) => production(key) && ['kong', 'vault-kv', 'aws-sm'].includes(key.store),
  )) {
    key.sourceIp = `192.0.2.${key.sourceHost}`;
    book.expect('gw-ip-allowlist', 'key', key.id, 'used from an address outside its networks');
  }
}

/** The same secret in production and in another environment: both records show it. */
function plantTwins(book) {
  const originals = book.take(6, production);
  const copies = book.take(6, elsewhere);
  for (const [index, key] of originals.entries()) {
    const copy = copies[index];
    copy.fingerprint = key.fingerprint;
    for (const { id } of [key, copy]) {
      book.expect('env-key-separated', 'key', id, 'one secret in two environments');
      book.expect('inv-not-shared', 'key', id, 'one secret under two names');
    }
  }
  const [first, second] = book.take(2, (key) => production(key) && key.store === 'vault-kv');
  second.fingerprint = first.fingerprint;
  for (const { id } of [first, second])
    book.expect('inv-not-shared', 'key', id, 'one secret under two names');
}
