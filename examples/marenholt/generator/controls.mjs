import { AS_OF, DAY, HOUR, MINUTE, QUARTER_START } from '../../shared/time.mjs';

const MIDNIGHT = AS_OF + 1;

/** Controls of the quarter: how often in days, at which hour, and where each looks. */
const CONTROLS = [
  ['secret-scan', 1, 2, 'repository', 'all repositories'],
  ['vault-audit', 1, 3, null, 'audit logs of the secret stores'],
  ['log-leak-scan', 1, 4, 'log', 'central log store'],
  ['ticket-leak-scan', 1, 5, 'ticket', 'ticket system'],
  ['chat-leak-scan', 1, 5, 'chat', 'chat archive'],
  ['build-leak-scan', 1, 6, 'build', 'build artefacts'],
  ['test-data-scan', 7, 7, null, 'sandbox and staging databases'],
];

/** Runs from the day before the quarter to the as-of date. */
export const createControlRuns = () => CONTROLS.flatMap(runsOf).sort((a, b) => a.at - b.at);

function runsOf([control, every, hour, channel, target]) {
  const count = Math.ceil((MIDNIGHT - QUARTER_START) / DAY / every) + 1;
  return Array.from({ length: count }, (_, index) => ({
    control,
    at: MIDNIGHT - (1 + index * every) * DAY + hour * HOUR + (index % 5) * MINUTE,
    channel,
    target,
    status: 'success',
    findings: 0,
    alerted: null,
    ticket: null,
  }));
}

const source = (log, facts) => ({
  log,
  clock: 'ptb-time.marenholt.example',
  skew: 35,
  immutable: true,
  verified: null,
  central: true,
  readers: ['security-operations', 'internal-audit'],
  allowed: ['security-operations', 'internal-audit'],
  deleters: [],
  retention: 730,
  hot: 120,
  basis: 'log retention schedule 2026, section 3',
  required: false,
  pci: 'out',
  icfr: true,
  personal: true,
  ...facts,
});

/** How the bank keeps its logs. */
export const createLogSources = () => [
  source('aws-cloudtrail', { clock: 'AWS Time Sync Service' }),
  source('azure-key-vault', { clock: 'Azure time service' }),
  source('gcp-audit', { clock: 'Google Public NTP', pci: 'connected' }),
  source('vault-audit', { pci: 'cde' }),
  source('kong-gateway', { skew: 120, pci: 'cde' }),
];
