import { AS_OF, DAY, HOUR, MINUTE, QUARTER_START } from '../../shared/time.mjs';

const MIDNIGHT = AS_OF + 1;

/** Controls of the quarter: which, how often in days, at which hour, and where each looks. */
const CONTROLS = [
  { control: 'secret-scan', every: 1, hour: 2, channel: 'repository', target: 'all repositories' },
  { control: 'vault-audit', every: 1, hour: 3, channel: null, target: 'vault-audit' },
  { control: 'log-leak-scan', every: 1, hour: 4, channel: 'log', target: 'central log store' },
  { control: 'ticket-leak-scan', every: 1, hour: 5, channel: 'ticket', target: 'ticket system' },
  { control: 'chat-leak-scan', every: 1, hour: 5, channel: 'chat', target: 'chat archive' },
  { control: 'build-leak-scan', every: 1, hour: 6, channel: 'build', target: 'build artefacts' },
  { control: 'client-bundle-scan', every: 7, hour: 6, channel: 'client', target: 'web and app packages' },
  { control: 'test-data-scan', every: 7, hour: 7, channel: null, target: 'sandbox and test databases' },
];

/** Runs of the quarter, the last of them on the as-of date; one before the quarter begins, so that it is covered from its first hour. */
export const createControlRuns = () => CONTROLS.flatMap(runsOf).sort((a, b) => a.at - b.at);

function runsOf({ control, every, hour, channel, target }) {
  const days = Math.ceil((MIDNIGHT - QUARTER_START) / DAY);
  const count = Math.ceil(days / every);
  return Array.from({ length: count + 1 }, (_, index) => ({
    control,
    at: MIDNIGHT - (1 + index * every) * DAY + hour * HOUR + (index % 7) * MINUTE,
    channel,
    target,
    status: 'success',
    findings: 0,
    alerted: null,
    ticket: null,
  }));
}
