import { sha256 } from '../../shared/random.mjs';
import { AS_OF, DAY, HOUR, startOfDay } from '../../shared/time.mjs';
import { PARTNERS, SERVICES, THINGS } from './cast.mjs';
import { workloadOf } from './people.mjs';
import { ADDRESS, ENVIRONMENTS } from './places.mjs';
import { randomStream } from './streams.mjs';

/** The bank's own limits: the longest a secret may live by risk tier, in days. */
export const LIMIT_DAYS = { critical: 30, high: 90, medium: 180, low: 365 };

/** How often the pipeline rotates, in days. */
const SCHEDULE_DAYS = { critical: 28, high: 84, medium: 168, low: 336 };

const LOWER_TIER = { critical: 'medium', high: 'low', medium: 'low', low: 'low' };

/** The keys of the services in the store of their platform, and what else a bank has: certificates, accounts, keys of partners. */
export const createKeys = () => [
  ...SERVICES.flatMap(serviceKeys),
  ...SERVICES.filter(isInCluster).flatMap((service) =>
    ENVIRONMENTS.map((environment) => certificate(service, environment)),
  ),
  ...SERVICES.filter((_, index) => index % 2 === 0).map(mailCredential),
  ...SERVICES.filter((_, index) => index % 3 === 0).map(archiveUser),
  ...PARTNERS.flatMap(partnerKeys),
];

/** The services of the channels run in clusters of Kubernetes. */
const isInCluster = ({ store }) => store === 'aws-sm';

/** What reaches neither card data nor the ledger. */
const ASIDE = { tier: 'medium', pci: 'out', pan: false, icfr: false, tpp: false, function: false };

function serviceKeys(service) {
  return THINGS.flatMap(([thing, type]) =>
    ENVIRONMENTS.map((environment) =>
      keyOf(service.store, { service: service.name, thing, environment, type }, service),
    ),
  );
}

const certificate = (service, environment) =>
  keyOf('k8s', { service: service.name, thing: 'ingress-tls', environment, type: 'certificate' }, service);

const mailCredential = (service) =>
  keyOf(
    'entra-app',
    { service: service.name, thing: 'mail', environment: 'production', type: 'oauth-client-secret' },
    { ...service, ...ASIDE, family: 'messages' },
  );

const archiveUser = (service) =>
  keyOf(
    'aws-iam',
    { service: service.name, thing: 'archive', environment: 'production', type: 'access-key' },
    { ...service, ...ASIDE, family: 'archive' },
  );

function partnerKeys(partner) {
  const service = SERVICES.find(({ family }) => family === partner.family);
  return ENVIRONMENTS.flatMap((environment) =>
    [1, 2]
      .filter((index) => environment === 'production' || index === 1)
      .map((index) =>
        keyOf(
          'kong',
          {
            service: service.name,
            thing: `partner ${partner.name}`,
            environment,
            type: 'api-key',
            partner,
            index,
          },
          { ...service, tier: partner.tier },
        ),
      ),
  );
}

function keyOf(store, place, service) {
  const address = ADDRESS[store](place);
  const random = randomStream(`key ${address.id}`);
  const tier = tierOf(place.environment, service);
  const key = {
    ...place,
    ...address,
    store,
    tier,
    owner: service.owner,
    provider: place.partner?.name ?? 'Marenholt Bank',
    vendor: place.partner?.id ?? null,
    purpose: purposeOf(place),
    integration: place.partner ? `${service.name} / ${place.partner.name}` : '',
    basis: place.partner ? `Vertrag ${place.partner.id}` : `VVT-${sha256(service.name).slice(0, 4)}`,
    status: 'active',
    workload: place.partner ? address.user : workloadOf(service.name, place.environment),
    ...scopeFacts(service, place.environment),
    ...networks(service, place),
    fingerprint: sha256(`marenholt fictional secret of ${address.id}`).slice(0, 32),
  };
  return retired(Object.assign(key, datesOf(key, random)));
}

/** Keys of a partner end with the relationship. */
function retired(key) {
  if (!key.partner?.ended) return key;
  const revoked = Date.parse(`${key.partner.ended}T15:00:00Z`);
  const rotated = Math.min(key.rotated, revoked - 20 * DAY);
  const expires = Math.min(key.expires, startOfDay(rotated) + 300 * DAY);
  return Object.assign(key, { status: 'revoked', revoked, rotated, expires, used: revoked - 3 * HOUR });
}

function tierOf(environment, { tier, family }) {
  if (environment === 'production') return tier;
  return family === 'statements' ? 'medium' : LOWER_TIER[tier];
}

const purposeOf = ({ service, thing, environment }) => `Zugang von ${service} zu ${thing} (${environment})`;

function scopeFacts({ family, ...service }, environment) {
  const live = environment === 'production';
  const scopes = [`${family}:read`, ...(family === 'accounts' ? [] : [`${family}:write`])];
  return {
    scopes,
    data: [`${family}-records`],
    pci: live ? (service.pci ?? 'out') : 'out',
    pan: live && service.pan === true,
    icfr: live && service.icfr === true,
    tpp: live && service.tpp === true,
    function: live && service.function === true,
    personal: live && family !== 'messages',
  };
}

/** The network a service runs in; partners come from a network of their own. */
function networks({ name }, { partner, environment }) {
  if (environment !== 'production') return { network: '10.90.0.0/16', address: `10.90.4.${hostOf(name)}` };
  if (partner) {
    const third = 16 * (Number(partner.id.slice(-1)) - 1);
    return { network: `203.0.113.${third}/28`, address: `203.0.113.${third + 5}` };
  }
  const second = SERVICES.findIndex((service) => service.name === name) + 10;
  return { network: `10.40.${second}.0/24`, address: `10.40.${second}.${hostOf(name)}` };
}

const hostOf = (name) => 10 + (name.length % 40);

/** Stores whose secrets the pipeline replaces; the others hold what is issued anew. */
export const PIPELINED = ['vault-kv', 'aws-sm', 'azure-kv', 'gcp-sm', 'kong'];

function datesOf({ store, tier, environment }, random) {
  const interval = SCHEDULE_DAYS[tier];
  const oldest = PIPELINED.includes(store) ? interval - 3 : Math.min(interval - 3, 150);
  const rotated =
    startOfDay(AS_OF) - random.int(3, oldest) * DAY + random.int(8, 15) * HOUR + random.int(0, 3599) * 1000;
  const created = startOfDay(AS_OF) - random.int(420, 900) * DAY + 9 * HOUR;
  return {
    interval,
    rotated,
    created: PIPELINED.includes(store) ? created : rotated,
    used: startOfDay(AS_OF) - random.int(0, 5) * DAY + random.int(6, 17) * HOUR + random.int(0, 3599) * 1000,
    expires:
      environment === 'production'
        ? startOfDay(rotated) + (2 * LIMIT_DAYS[tier] - 5) * DAY
        : Number.POSITIVE_INFINITY,
    revoked: null,
  };
}

/** Days the pipeline rotated a key on, oldest first, ending with its last rotation. */
export function rotationTimes(key) {
  if (!PIPELINED.includes(key.store)) return [];
  const times = [];
  for (let time = key.rotated; time > key.created; time -= key.interval * DAY) {
    if (time < LOG_START) break;
    if (key.revoked === null || time + DAY < key.revoked) times.unshift(time);
  }
  return times;
}

/** The pipeline's log is exported from here on, so that the beginning of the period can be judged. */
export const LOG_START = Date.UTC(2025, 6, 1);
