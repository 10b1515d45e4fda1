import { groupBy } from '../../shared/group-by.mjs';
import { DAY, HOUR } from '../../shared/time.mjs';
import { randomStream, sha256 } from './random.mjs';

/** What the ticket system holds: every access request, the last change of every route, and the sign-offs of the sandbox. */
export const createChanges = ({ keys, grants, routes }) => [
  ...grants.filter(hasTicket).map(accessRequest),
  ...routes.map(routeChange),
  ...signOffs(keys),
];

const hasTicket = ({ ticket, ticketLost }) => ticket !== '' && !ticketLost;

function accessRequest({
  ticket,
  ticketRejected,
  role,
  environment,
  requestedBy,
  approvedBy,
  approved,
  granted,
}) {
  return {
    id: ticket,
    kind: 'access-request',
    title: `Access for ${role}`,
    integration: null,
    environment,
    requestedBy,
    approvedBy: [approvedBy],
    approved,
    implemented: granted,
    status: ticketRejected ? 'rejected' : 'implemented',
    document: null,
  };
}

function routeChange({ ticket, id, environment, changed }) {
  return {
    id: ticket,
    kind: 'change',
    title: `Configuration of ${id}`,
    integration: null,
    environment,
    requestedBy: 'nils.ekholm@northbridge.example',
    approvedBy: ['vera.lindholm@northbridge.example'],
    approved: changed - 5 * HOUR,
    implemented: changed,
    status: 'implemented',
    document: null,
  };
}

/** One sign-off for each integration that has a key in production, before the first of these was made. */
function signOffs(keys) {
  const live = keys.filter(
    ({ environment, integration }) => environment === 'production' && (integration ?? '') !== '',
  );
  return [...groupBy(live, ({ integration }) => integration)].map(([integration, group]) =>
    signOff(integration, Math.min(...group.map(({ created }) => created))),
  );
}

function signOff(integration, firstKey) {
  const random = randomStream(`sign-off of ${integration}`);
  const code = sha256(`sign-off of ${integration}`).slice(0, 6);
  return {
    id: `NB-SB-${code}`,
    kind: 'sandbox-signoff',
    title: `Sandbox tests of ${integration}`,
    integration,
    environment: 'sandbox',
    requestedBy: 'yusuf.demir@northbridge.example',
    approvedBy: ['wanda.kowal@northbridge.example'],
    approved: firstKey - random.int(4, 40) * DAY,
    implemented: null,
    status: 'closed',
    document: `TR-${code}`,
  };
}
