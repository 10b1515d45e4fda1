import { AS_OF, DAY } from '../../shared/time.mjs';

const READERS = ['security-operations', 'internal-audit'];

const source = (log, facts) => ({
  log,
  clock: 'ntp.northbridge.example',
  skew: 40,
  immutable: true,
  verified: null,
  central: true,
  readers: READERS,
  allowed: READERS,
  deleters: [],
  retention: 730,
  hot: 92,
  basis: 'log retention schedule 2026, section 4',
  required: false,
  pci: 'out',
  icfr: false,
  personal: true,
  ...facts,
});

/** How the bank keeps its logs: in write-once storage or with a hash chain, in one place, read by two teams. */
export const createLogSources = () => [
  source('aws-cloudtrail', { clock: 'AWS Time Sync Service', pci: 'connected', icfr: true }),
  source('kong-gateway', { skew: 310, pci: 'cde', immutable: false, verified: AS_OF - 9 * DAY }),
  source('vault-audit', { pci: 'cde', icfr: true }),
  source('azure-kv-audit', { clock: 'Azure time service', hot: 30 }),
  source('access-key-broker', { retention: 365, skew: 5000 }),
];
