import { sha256, stableUuid } from '../../shared/random.mjs';
import { AS_OF, DAY, MINUTE } from '../../shared/time.mjs';
import { mail } from './cast.mjs';
import { rotationTimes } from './keys.mjs';
import { randomStream } from './streams.mjs';

/** The six steps of a rotation, with their distance from its start, and who carries them out. */
export const STEPS = [
  ['generated', 0, 'rotation-pipeline'],
  ['stored', MINUTE, 'rotation-pipeline'],
  ['deployed', 6 * MINUTE, 'deployment-pipeline'],
  ['verified', 19 * MINUTE, 'deployment-pipeline'],
  ['revoked', DAY, 'rotation-pipeline'],
  ['logged', DAY + MINUTE, 'rotation-pipeline'],
];

const APPROVERS = [mail('Ragna Thorvik'), mail('Jorun Vestby')];

/** The client request token of AWS is the id that the pipeline and CloudTrail share; elsewhere the pipeline numbers its runs. */
export const rotationId = (key, time) =>
  key.store === 'aws-sm'
    ? stableUuid(`rotation ${key.id} ${time}`)
    : `rot-${sha256(`${key.id} ${time}`).slice(0, 10)}`;

/** What the rotation pipeline logged since April. */
export const createRotations = (keys) =>
  keys.flatMap((key) => timesOf(key).flatMap((time, index) => stepsOf(key, { time, version: index + 2 })));

const timesOf = (key) => rotationTimes(key);

const stepsOf = (key, rotation) =>
  STEPS.map(([step, offset, actor]) =>
    stepOf(key, rotation, { step, at: rotation.time + offset, actor }),
  ).filter(({ at }) => at <= AS_OF);

function stepOf(key, { time, version }, { step, at, actor }) {
  return {
    id: rotationId(key, time),
    key,
    step,
    at,
    actor,
    actorType: 'automation',
    status: 'success',
    version,
    approvers: ['generated', 'deployed'].includes(step)
      ? APPROVERS.slice(0, key.tier === 'critical' ? 2 : 1)
      : null,
    notified: step === 'deployed' ? ['security-desk@marenholt.example'] : null,
    errorDelta:
      ['deployed', 'verified', 'revoked'].includes(step) && key.tier === 'critical'
        ? errors(key, time)
        : null,
    environment: key.environment,
    ticket: ticketOf(key, time),
  };
}

/** Change that a rotation is part of. */
export const ticketOf = (key, time) =>
  `MHC-${10_000 + (Number.parseInt(sha256(`change ${key.id} ${time}`).slice(0, 8), 16) % 90_000)}`;

/** Up to 0.4 percentage points. */
const errors = (key, time) => randomStream(`errors ${key.id} ${time}`).int(0, 4) / 10;

/** Calls that the stores log of these rotations: the new version and the end of the old one. */
export const managementCalls = (keys) =>
  keys.flatMap((key) =>
    timesOf(key).flatMap((time) => [
      { key, kind: 'put', at: time + MINUTE, rotation: time },
      { key, kind: 'finish', at: time + 19 * MINUTE, rotation: time },
      { key, kind: 'end', at: time + DAY, rotation: time },
    ]),
  );

/** Reads by the workloads, one every few days. */
export const readCalls = (keys) => keys.filter(isRead).flatMap(readsOf);

const isRead = ({ store }) => ['vault-kv', 'aws-sm', 'azure-kv', 'gcp-sm'].includes(store);

function readsOf(key) {
  const random = randomStream(`reads ${key.id}`);
  const every = key.environment === 'production' ? 6 : 20;
  const count = key.environment === 'production' ? 15 : 4;
  return Array.from({ length: count }, (_, index) => ({
    key,
    kind: 'read',
    at: key.used - index * every * DAY - (index === 0 ? 0 : random.int(0, 90) * MINUTE),
  }));
}
