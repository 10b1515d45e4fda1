import { sha256 } from '../../shared/random.mjs';
import { AS_OF, at, DAY, HOUR } from '../../shared/time.mjs';
import { PARTNERS, SERVICES } from './cast.mjs';
import { ADDRESS } from './places.mjs';
import { randomStream } from './streams.mjs';

const ALERTS = [
  'repeated-failures',
  'new-geography',
  'volume-spike',
  'key-material-access',
  'off-hours',
  'new-ip',
];

/** The day whose calls on production routes the gateway counted, and how many each route had. */
export const COUNTED_FROM = at('2026-09-29');
export const CALLS = 48;

/** One production route and one of staging for each service. */
export const createRoutes = () =>
  SERVICES.flatMap((service) => [route(service, 'production', 'prod'), route(service, 'staging', 'stg')]);

function route(service, environment, short) {
  const random = randomStream(`route ${service.name} ${short}`);
  const partner = PARTNERS.find(({ family, ended }) => family === service.family && !ended);
  const id = `${short}-${service.name}`;
  const live = environment === 'production';
  const hash = sha256(`approved configuration of ${id}`);
  return {
    id,
    url: `https://api${live ? '' : '.stg'}.marenholt.example/${service.name}`,
    status: 'active',
    environment,
    external: partner !== undefined,
    behindGateway: true,
    vendor: partner?.id ?? '',
    tls: '1.3',
    ciphers: null,
    ...callers(service, { live, partner }),
    auth: 'oauth2',
    credentialIn: 'header',
    keyDelivery: 'portal',
    ttl: 900,
    refresh: 30,
    rate: 100,
    burst: 300,
    quota: true,
    allowlist: live && partner ? ['203.0.113.0/24'] : ['10.0.0.0/8'],
    validation: true,
    clientCredential: `client-${service.name}`,
    upstreamCredential: ADDRESS[service.store]({
      service: service.name,
      thing: 'customer-index',
      environment,
    }).id,
    clientScopes: [`${service.family}:read`],
    upstreamScopes: [`${service.family}:read`, `${service.family}:write`],
    fields: ['id', 'status', `${service.family}.reference`],
    approvedFields: ['id', 'status', `${service.family}.*`],
    config: hash,
    baseline: hash,
    changed: AS_OF - random.int(10, 200) * DAY - 9 * HOUR,
    ticket: `MHR-${sha256(`route ${id}`).slice(0, 6)}`,
    alerts: ALERTS,
    ...(live ? { calls: CALLS, callsFrom: COUNTED_FROM, callsTo: COUNTED_FROM + DAY - 1 } : {}),
    pci: live ? (service.pci ?? 'out') : 'out',
    icfr: live && service.icfr === true,
    pan: live && service.pan === true,
    tpp: live && service.tpp === true,
    personal: live,
    function: live && service.function === true,
  };
}

/** Partners come with a certificate; third-party providers with a qualified one. */
function callers({ tpp }, { live, partner }) {
  const mtls = live && partner !== undefined;
  const qualified = mtls && tpp === true;
  return {
    mtls,
    binding: mtls ? 'mtls' : 'none',
    certificate: qualified ? 'qwac' : null,
    certificateExpires: qualified ? at('2027-04-30') : null,
    certificateRoles: qualified ? ['PSP_AI'] : null,
  };
}
