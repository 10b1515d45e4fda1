import { AS_OF, at, DAY, HOUR } from '../../shared/time.mjs';
import { workloadId } from './people.mjs';
import { randomStream, sha256 } from './random.mjs';

/** The quarterly review of 2026-Q3 took place in these days. */
const REVIEW_START = at('2026-08-17T08:00:00Z');

/** What a role may do with a key, by environment: developers never touch production. */
const HUMAN_GRANTS = {
  production: [
    ['sre', 'use'],
    ['security', 'audit'],
    ['operator', 'use'],
    ['devops', 'deploy'],
    ['security', 'revoke'],
  ],
  staging: [
    ['developer', 'use'],
    ['devops', 'deploy'],
    ['sre', 'read'],
  ],
  development: [
    ['developer', 'read'],
    ['developer', 'use'],
  ],
};

/** Gives every key its workload's grant, and half of them one held by a person. All approved, justified and reviewed. */
export function createGrants(keys, people) {
  const random = randomStream('grants');
  const active = people.filter(({ status }) => status === 'active');
  const revokers = ['rosa.ferreira', 'tariq.sayed'].map((name) => onProduction(name, 'revoke', random));
  const ofKeys = keys.flatMap((key) => grantsOf(key, active, random));
  return [...revokers, ...ofKeys, onProduction('rosa.ferreira', 'audit', random)];
}

/** Two of the security team may revoke whatever works in production, and one may audit it. */
function onProduction(name, action, random) {
  const everything = { id: '*', environment: 'production', created: AS_OF - 300 * DAY, fingerprint: 'star' };
  return grant(
    { ...everything, owner: {}, service: 'production' },
    { principal: `${name}@northbridge.example`, role: 'security', action },
    random,
  );
}

function grantsOf(key, people, random) {
  const workload = grant(
    key,
    { principal: workloadId(key.service, key.environment), role: 'service', action: 'use' },
    random,
  );
  if (!random.chance(key.environment === 'production' ? 0.5 : 0.3)) return [workload];
  const [role, action] = random.pick(HUMAN_GRANTS[key.environment]);
  const holder = random.pick(people.filter(({ roles }) => roles[0] === role));
  return [workload, grant(key, { principal: holder.id, role, action }, random)];
}

/** One grant in order: asked for, approved by somebody else, given afterwards, reviewed this quarter. */
export function grant(key, { principal, role, action }, random) {
  const since = key.store === 'aws-iam' ? key.userCreated : key.created;
  const granted = Math.max(Math.min(since, AS_OF - 60 * DAY), AS_OF - 400 * DAY) + random.int(1, 20) * DAY;
  return {
    id: `G-${random.int(100_000, 999_999)}-${key.fingerprint.slice(0, 4)}`,
    principal,
    key,
    role,
    action,
    environment: key.environment,
    effect: 'allow',
    breakGlass: false,
    requestedBy: key.owner.number ?? 'NB10400',
    approvedBy: 'access-board',
    approved: granted - 4 * HOUR,
    approvedActions: [action],
    granted,
    removed: null,
    reviewed: REVIEW_START + random.int(0, 30) * DAY,
    reviewer: 'wanda.kowal@northbridge.example',
    decision: 'keep',
    ticket: `NB-AR-${sha256(`${principal} ${action} ${key.id}`).slice(0, 8)}`,
    justification: `${role} of ${key.service}`,
  };
}
