import { AS_OF, DAY, HOUR, startOfDay, YEAR_START } from '../../shared/time.mjs';
import { KINDS, SERVICES, VENDORS } from './cast.mjs';
import { ENVIRONMENTS, shortEnvironment, workloadId } from './people.mjs';
import { randomStream, sha256, weighted } from './random.mjs';
import { registeredFacts } from './registered-facts.mjs';
import { address } from './stores.mjs';

/** Longest age of a secret by risk tier, in days: the bank's rotation standard. */
export const TIER_DAYS = { critical: 30, high: 60, medium: 90, low: 180 };

/** How often each tier is rotated, in days: a little more often than the standard asks. */
const SCHEDULE_DAYS = { critical: 28, high: 56, medium: 84, low: 168 };

/** Number of keys by store. */
const STORES = { 'aws-sm': 600, 'aws-iam': 240, 'azure-kv': 420, 'vault-kv': 480, kong: 260 };

const INTERNAL = [
  'ledger-db',
  'customer-master',
  'card-vault',
  'event-bus',
  'document-store',
  'session-cache',
];

const LOWER_TIER = { critical: 'high', high: 'medium', medium: 'low', low: 'low' };

/** The tier that the bank's standard asks for at least, by what a key reaches in production. */
const LEAST_TIER = { payments: 'critical', accounts: 'high', cards: 'high' };

const RANK = { low: 1, medium: 2, high: 3, critical: 4 };

/** The bank's keys as they should be: no rule has anything to say about any of them. */
export function createKeys(people) {
  const random = randomStream('keys');
  const combinations = random.shuffle(allCombinations());
  const stores = random.shuffle(weighted(STORES));
  const owners = people.filter((person) => person.status === 'active' && person.roles[0] !== 'auditor');
  return stores.map((store, index) => createKey(store, combinations[index], owners, random));
}

function allCombinations() {
  return SERVICES.flatMap((service) =>
    providersOf(service).flatMap((provider) =>
      KINDS.flatMap((kind) => ENVIRONMENTS.map((environment) => ({ service, provider, kind, environment }))),
    ),
  );
}

function providersOf(service) {
  const partners = VENDORS.filter((vendor) => !vendor.ended && !vendor.status);
  const own = partners.filter((vendor) => vendor.family === service.family);
  const others = partners.filter((vendor) => (vendor.id.charCodeAt(5) + service.name.length) % 3 === 0);
  return [...new Set([...own, ...others])]
    .map(({ name, id }) => ({ name, id }))
    .concat(INTERNAL.map(internal));
}

/** Address the workload of a key comes from: the first network it is allowed from, and its own host part. */
export const sourceAddress = (key) =>
  key.sourceIp ??
  `${(key.allowlist?.[0] ?? '10.20.0.0/16').split('.').slice(0, 3).join('.')}.${key.sourceHost}`;

const internal = (name) => ({ name, id: null });

function createKey(store, { service, provider, kind, environment }, owners, random) {
  const slug = provider.name.toLowerCase().replaceAll(' ', '-');
  const place = { service: service.name, slug, suffix: kind.suffix, environment };
  const tier = tierOf(service, environment, random);
  const key = {
    ...place,
    ...address(store, place),
    store,
    tier,
    type: store === 'aws-iam' ? 'access-key' : kind.type,
    provider: provider.name,
    vendor: provider.id,
    owner: ownerOf(service, owners, random),
    purpose: `${service.name} ${purposeOf(kind)} ${provider.name} in ${environment}`,
    status: 'active',
    ...technicalFacts({ store, kind, environment, tier }, random),
    ...applicability(service, environment),
    workloads: [workloadId(service.name, environment)],
    repositories: [`northbridge/${service.name}`],
    sourceHost: random.int(4, 250),
    needReviewed: AS_OF - 40 * DAY,
    ticket: `NB-${random.int(1200, 9800)}`,
  };
  return Object.assign(key, scopesOf(service, random), datesOf(store, tier, random), registeredFacts(key), {
    fingerprint: fingerprintOf(key.id),
  });
}

/** Fingerprint of a secret that exists nowhere: derived from the key's id. */
export const fingerprintOf = (id) => sha256(`northbridge fictional secret of ${id}`).slice(0, 32);

function tierOf(service, environment, random) {
  const usual = usualTier(service, environment, random);
  const least = leastTier(service, environment);
  return RANK[usual] < RANK[least] ? least : usual;
}

function usualTier(service, environment, random) {
  if (environment === 'production') return random.chance(0.2) ? LOWER_TIER[service.tier] : service.tier;
  const lower = LOWER_TIER[service.tier];
  return environment === 'staging' && random.chance(0.5) ? lower : LOWER_TIER[lower];
}

/** Reports count everywhere, because figures for the supervisor are drawn from them. */
function leastTier({ family }, environment) {
  if (family === 'reporting') return 'medium';
  return environment === 'production' ? (LEAST_TIER[family] ?? 'low') : 'low';
}

function ownerOf(service, owners, random) {
  const team = owners.filter(({ department }) => department === service.team);
  return random.pick(team.length > 0 && random.chance(0.7) ? team : owners);
}

function purposeOf(kind) {
  return kind.type === 'webhook-secret' ? 'verifies callbacks of' : 'calls';
}

function technicalFacts({ store, kind, environment, tier }, random) {
  const production = environment === 'production';
  return {
    storage: 'secrets-manager',
    encrypted: true,
    algorithm: 'AES-256-GCM',
    kms: `alias/northbridge-${shortEnvironment(environment)}-secrets`,
    hsm: (production && random.chance(0.4)) || tier === 'critical',
    allowlist: production ? productionNetworks(random) : ['0.0.0.0/0'],
    auth: store === 'aws-iam' ? 'aws-sigv4' : kind.auth,
    ttl: kind.ttl ?? null,
    prefix: prefixOf(kind, production),
    accountKind: store === 'aws-iam' || random.chance(0.8) ? 'application' : 'system',
  };
}

/** What a provider prints in front of its keys; an empty text where there is nothing to see. */
function prefixOf({ type }, production) {
  if (type === 'webhook-secret') return 'whsec_';
  if (type !== 'api-key') return '';
  return production ? 'live_' : 'test_';
}

const productionNetworks = (random) =>
  random.chance(0.3)
    ? [`10.${random.int(16, 31)}.0.0/16`]
    : [`10.${random.int(16, 31)}.${random.int(0, 255)}.0/24`, '198.51.100.0/25'];

function applicability(service, environment) {
  const production = environment === 'production';
  return {
    pci: production ? (service.pci ?? 'out') : 'out',
    icfr: production && service.icfr === true,
    personal: production && service.family !== 'rates',
    pan: production && service.pan === true,
    tpp: service.tpp === true,
    function: production && ['critical', 'high'].includes(service.tier),
  };
}

function scopesOf(service, random) {
  const approved = [`${service.family}:read`, `${service.family}:write`, `${service.family}:status`];
  return { approved, scopes: approved.slice(0, random.int(1, 3)), data: [`${service.family}-records`] };
}

function datesOf(store, tier, random) {
  const interval = SCHEDULE_DAYS[tier];
  const rotated =
    AS_OF + 1 - random.int(1, interval - 2) * DAY - random.int(1, 22) * HOUR - random.int(0, 3599) * 1000;
  return {
    interval,
    rotated,
    created:
      store === 'aws-iam'
        ? rotated
        : startOfDay(YEAR_START) - random.int(20, 700) * DAY + random.int(8, 17) * HOUR,
    used: AS_OF - random.int(0, 9) * DAY - random.int(0, 3599) * 1000,
    expires: expiryAfter(rotated, tier),
    revoked: null,
    userCreated: startOfDay(YEAR_START) - random.int(30, 700) * DAY + 9 * HOUR,
  };
}

/** Two days short of the longest life the standard allows a secret: twice the rotation limit of its tier. */
const expiryAfter = (rotated, tier) => startOfDay(rotated) + (TIER_DAYS[tier] * 2 - 2) * DAY;

/** Moves the last rotation of a key, and with it the end of the secret that it made. An access key is made anew. */
export function setRotated(key, rotated) {
  Object.assign(key, { rotated, expires: expiryAfter(rotated, key.tier) });
  if (key.store === 'aws-iam') key.created = rotated;
}

/** Days a key was rotated on within the year, oldest first, ending with its last rotation. */
export function rotationTimes(key) {
  const random = randomStream(`rotations of ${key.id}`);
  const times = [];
  for (let time = key.rotated; time >= Math.max(YEAR_START, key.created); ) {
    times.unshift(time);
    time -= (key.interval - random.int(0, 2)) * DAY + random.int(0, 5) * HOUR;
  }
  const all = [...new Set([...times, ...(key.emergencyRotations ?? [])])].sort((a, b) => a - b);
  return all.filter((time) => !key.skipped?.(time));
}
