import { AS_OF, at, DAY, HOUR } from '../../shared/time.mjs';
import { SERVICES, VENDORS } from './cast.mjs';
import { randomStream, sha256 } from './random.mjs';
import { COUNTED_FROM, COUNTED_TO } from './route-calls.mjs';

/** The six alert rules every production route carries. */
export const ALERTS = [
  'repeated-failures',
  'new-geography',
  'volume-spike',
  'key-material-access',
  'off-hours',
  'new-ip',
];

const CIPHERS = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'];

const HOSTS = { production: 'api.northbridge.example', staging: 'api.stg.northbridge.example' };

/** Programs that call the routes of some services; servers call all others. */
const CLIENTS = { 'web-banking': 'browser', 'mobile-bff': 'mobile' };

/** Calls a day of the busiest routes. */
const BUSY = {
  'prod-card-auth-v3': 1040,
  'prod-payments-core-v3': 1040,
  'prod-sepa-instant-v3': 320,
  'prod-mobile-bff-v3': 320,
};

/** Two production routes and one of staging for each service, and two that are retired. */
export function createRoutes() {
  const random = randomStream('routes');
  const routes = SERVICES.flatMap((service) => [
    route(service, 'production', 'v2', random),
    route(service, 'production', 'v3', random),
    route(service, 'staging', 'v3', random),
  ]);
  return [...routes, retiredRoute(SERVICES[3], random), retiredRoute(SERVICES[13], random)];
}

function route(service, environment, version, random) {
  const sustained = random.pick([20, 50, 100, 200]);
  const partner = VENDORS.find(({ family, ended }) => family === service.family && !ended);
  const id = `${environment === 'production' ? 'prod' : 'stg'}-${service.name}-${version}`;
  return {
    id,
    service: service.name,
    url: `https://${HOSTS[environment]}/${service.name}/${version}`,
    status: 'active',
    environment,
    external: random.chance(0.6),
    behindGateway: true,
    vendor: partner ? partner.id : '',
    tls: random.pick(['1.2', '1.2', '1.3']),
    ciphers: CIPHERS,
    ...callerProof(service, environment, partner),
    ...tokens(random),
    rate: sustained,
    burst: sustained * random.int(2, 4),
    quota: true,
    allowlist: environment === 'production' ? [`203.0.113.${random.int(0, 3) * 64}/26`] : ['10.64.0.0/12'],
    validation: true,
    ...filter(service),
    ...configuration(id, random),
    inline: true,
    alerts: ALERTS,
    client: CLIENTS[service.name] ?? 'server',
    busy: id in BUSY,
    load: BUSY[id] ?? (environment === 'production' ? random.int(30, 60) : 12),
    callsFrom: COUNTED_FROM,
    callsTo: COUNTED_TO,
    ...scopeFacts(service, environment),
  };
}

/** How callers prove who they are: partners by certificate, third-party providers by a qualified one. */
function callerProof(service, environment, partner) {
  const production = environment === 'production';
  const qualified = service.tpp === true && production;
  const mtls = production && (partner !== undefined || qualified);
  return {
    mtls,
    binding: mtls ? 'mtls' : 'none',
    certificate: qualified ? 'qwac' : null,
    certificateExpires: qualified ? at('2027-03-31') : null,
    certificateRoles: qualified ? ['PSP_AI', 'PSP_PI'] : null,
  };
}

function tokens(random) {
  return {
    auth: random.pick(['oauth2', 'oauth2', 'jwt']),
    credentialIn: 'header',
    keyDelivery: random.pick(['vault', 'portal']),
    ttl: random.pick([600, 900, 1800]),
    refresh: random.pick([0, 30, 60]),
  };
}

function filter({ name, family }) {
  const fields = ['id', 'status', `${family}.reference`, `${family}.amount`];
  return {
    clientCredential: `client-${name}`,
    upstreamCredential: `gateway-${name}`,
    clientScopes: [`${family}:read`],
    upstreamScopes: [`${family}:read`, `${family}:write`],
    fields: fields.slice(0, 3),
    approvedFields: fields,
  };
}

function configuration(id, random) {
  const hash = sha256(`approved configuration of ${id}`);
  return {
    config: hash,
    baseline: hash,
    changed: AS_OF + 1 - random.int(3, 200) * DAY - random.int(8, 15) * HOUR,
    ticket: `NB-${30_000 + Number.parseInt(sha256(id).slice(0, 4), 16)}`,
  };
}

function scopeFacts(service, environment) {
  const production = environment === 'production';
  return {
    pci: service.pci ?? 'out',
    icfr: service.icfr === true,
    pan: service.pan === true,
    tpp: service.tpp === true,
    personal: production && service.family !== 'rates',
    function: production && ['critical', 'high'].includes(service.tier),
  };
}

/** A route that nobody can call any more, left as it was in its day: old TLS, a static key, no limits, no alerts. */
function retiredRoute(service, random) {
  return {
    ...route(service, 'production', 'v1', random),
    status: 'retired',
    tls: '1.0',
    auth: 'static-key',
    ttl: null,
    refresh: null,
    mtls: false,
    binding: 'none',
    certificate: null,
    credentialIn: 'query',
    keyDelivery: 'mail',
    rate: 0,
    burst: 0,
    quota: false,
    alerts: [],
    validation: false,
    load: 0,
  };
}
