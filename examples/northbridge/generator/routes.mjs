import { SERVICES, VENDORS } from './cast.mjs';
import { randomStream } from './random.mjs';

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

/** Two production routes and one of staging for each service. */
export function createRoutes() {
  const random = randomStream('routes');
  return SERVICES.flatMap((service) => [
    route(service, 'production', 'v2', random),
    route(service, 'production', 'v3', random),
    route(service, 'staging', 'v3', random),
  ]);
}

function route(service, environment, version, random) {
  const sustained = random.pick([20, 50, 100, 200]);
  const partner = VENDORS.find(({ family, ended }) => family === service.family && !ended);
  return {
    id: `${environment === 'production' ? 'prod' : 'stg'}-${service.name}-${version}`,
    url: `https://${HOSTS[environment]}/${service.name}/${version}`,
    environment,
    external: random.chance(0.6),
    vendor: partner ? partner.id : null,
    tls: random.pick(['1.2', '1.2', '1.3']),
    ciphers: CIPHERS,
    mtls: environment === 'production' && partner !== undefined,
    auth: random.pick(['oauth2', 'mtls', 'jwt']),
    rate: sustained,
    burst: sustained * random.int(2, 4),
    quota: true,
    allowlist: environment === 'production' ? [`203.0.113.${random.int(0, 3) * 64}/26`] : ['10.64.0.0/12'],
    validation: true,
    alerts: ALERTS,
    pci: service.pci ?? 'out',
    icfr: service.icfr === true,
    pan: service.pan === true,
    tpp: service.tpp === true,
  };
}
