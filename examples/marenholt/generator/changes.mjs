import { groupBy } from '../../shared/group-by.mjs';
import { sha256 } from '../../shared/random.mjs';
import { DAY, HOUR } from '../../shared/time.mjs';
import { mail } from './cast.mjs';

/** What the ticket system holds: every access request, the last change of every route, and the sign-offs of the sandbox. */
export const createChanges = ({ keys, grants, routes }) => [
  ...grants.map(accessRequest),
  ...routes.map(routeChange),
  ...signOffs(keys),
];

const accessRequest = (grant) => ({
  id: grant.ticket,
  kind: 'access-request',
  title: `Access for ${grant.role}`,
  integration: null,
  environment: grant.environment,
  requestedBy: grant.requestedBy,
  approvedBy: [grant.approvedBy],
  approved: grant.approved,
  implemented: grant.granted,
  status: 'implemented',
  document: null,
});

const routeChange = ({ ticket, id, environment, changed }) => ({
  id: ticket,
  kind: 'change',
  title: `Configuration of ${id}`,
  integration: null,
  environment,
  requestedBy: mail('Signe Dalhoff'),
  approvedBy: [mail('Bastian Eickrath')],
  approved: changed - 4 * HOUR,
  implemented: changed,
  status: 'implemented',
  document: null,
});

/** One sign-off for each integration, before its first production key was made. */
function signOffs(keys) {
  const live = keys.filter(
    ({ environment, integration }) => environment === 'production' && integration !== '',
  );
  return [...groupBy(live, ({ integration }) => integration)].map(([integration, group]) => {
    const code = sha256(`sign-off of ${integration}`).slice(0, 6);
    return {
      id: `MHS-${code}`,
      kind: 'sandbox-signoff',
      title: `Sandbox tests of ${integration}`,
      integration,
      environment: 'sandbox',
      requestedBy: mail('Daan Verhulst'),
      approvedBy: [mail('Silja Norhaug')],
      approved: Math.min(...group.map(({ created }) => created)) - 12 * DAY,
      implemented: null,
      status: 'closed',
      document: `TR-${code}`,
    };
  });
}
