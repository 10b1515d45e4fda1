import { AS_OF, QUARTER_START } from '../../shared/time.mjs';
import { STORE_LOGS } from './log-names.mjs';
import { stableUuid } from './random.mjs';

/** What a store logs of a step that the pipeline takes in it; CloudTrail has that of Secrets Manager. */
const ACTIONS = {
  stored: ['update', 'secret.write'],
  rotated: ['rotate', 'credential.replace'],
  revoked: ['revoke', 'credential.revoke'],
};

/** Time after which the store's log has a step. */
const DELAY = 9_000;

/** The other side of the rotation log: every step that a store carried out, as the store itself logged it. */
export const createManagementEvents = (rotations) =>
  rotations
    .filter(isCarriedOut)
    .map(managementEvent)
    .filter(({ at }) => at <= AS_OF);

const isCarriedOut = ({ key, step }) => key.store !== 'aws-sm' && step in ACTIONS;

function managementEvent({ key, step, at, actor, actorType, ticket, environment }) {
  const [category, action] = ACTIONS[step];
  return {
    id: stableUuid(`${step} ${key.id} ${at}`),
    at: at + DELAY,
    category,
    action,
    key: key.id,
    actor,
    actorType,
    outcome: 'success',
    ip: '10.20.4.17',
    workload: actor,
    latency: key.store === 'aws-iam' ? null : 20 + (at % 211),
    log: STORE_LOGS[key.store],
    environment,
    ticket,
  };
}

/** What the stores log of rights given and taken away in the quarter; Secrets Manager has its rights in IAM. */
export const createGrantEvents = (grants) =>
  grants
    .filter(({ key }) => key.store in STORE_LOGS)
    .flatMap((grant) => [
      [grant, 'grant.add', grant.granted],
      [grant, 'grant.remove', grant.removed],
    ])
    .filter(([, , at]) => at >= QUARTER_START && at <= AS_OF)
    .map(grantEvent);

function grantEvent([{ id, key, environment }, action, at]) {
  return {
    id: stableUuid(`${action} ${id} ${at}`),
    at: at + DELAY,
    category: 'admin',
    action,
    key: key.id,
    actor: 'entitlement-service',
    actorType: 'automation',
    outcome: 'success',
    ip: '10.20.4.31',
    workload: 'entitlement-service',
    latency: null,
    log: STORE_LOGS[key.store],
    environment,
    ticket: `NB-ENT-${id.slice(2)}`,
  };
}
