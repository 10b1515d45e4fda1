import { sha256 } from '../../shared/random.mjs';
import { AS_OF, at, DAY, HOUR } from '../../shared/time.mjs';
import { mail } from './cast.mjs';
import { randomStream } from './streams.mjs';

/** The quarterly review took place in these days. */
const REVIEWED = at('2026-09-07T08:00:00Z');

/** The bank's grants: each key is used by its workload, security may revoke and audit, and one production key in four is used by a site engineer. */
export const createGrants = (keys) => [
  ...['Ragna Thorvik', 'Emil Drachenfels'].map((name) => ofSecurity(name, 'revoke')),
  ofSecurity('Noor Baltasar', 'audit'),
  ...keys.flatMap(grantsOf),
];

const ofSecurity = (name, action) =>
  grant(
    { id: '*', environment: 'production', service: 'production', owner: mail('Henrike Sandvoss') },
    { principal: mail(name), role: 'security', action },
  );

function grantsOf(key, index) {
  const workload = grant(key, {
    principal: key.partner ? key.user : key.workload,
    role: 'service',
    action: 'use',
  });
  if (key.environment !== 'production' || index % 4 !== 0) return [workload];
  const principal = mail(index % 8 === 0 ? 'Arvid Stenmark-Roe' : 'Lotte Hagendorn');
  return [workload, grant(key, { principal, role: 'sre', action: 'use' })];
}

/** One grant in order: asked for, approved by somebody else, given afterwards, reviewed this quarter and the last. */
export function grant(key, { principal, role, action }) {
  const random = randomStream(`grant ${principal} ${action} ${key.id}`);
  const granted = AS_OF - random.int(150, 380) * DAY;
  const reviewed = REVIEWED + random.int(0, 12) * DAY;
  return {
    id: `B-${sha256(`${principal} ${action} ${key.id}`).slice(0, 8)}`,
    principal,
    key,
    role,
    action,
    environment: key.environment,
    effect: 'allow',
    breakGlass: false,
    requestedBy: key.owner,
    approvedBy: mail('Casimir Wolde'),
    approved: granted - 5 * HOUR,
    approvedActions: [action],
    granted,
    removed: null,
    reviewed,
    previous: reviewed - 85 * DAY,
    reviewer: mail('Oda Lindqvist-Marsh'),
    decision: 'keep',
    ticket: `MHA-${sha256(`request ${principal} ${action} ${key.id}`).slice(0, 8)}`,
    justification: `${role} of ${key.service}`,
  };
}
