import { rotationTimes } from './keys.mjs';
import { randomStream, sha256, stableUuid } from './random.mjs';
import { AS_OF, HOUR, QUARTER_START } from './time.mjs';

const MINUTE = HOUR / 60;

/** The six steps of a pipeline rotation, with their distance from its start. */
const SIX_STEPS = [
  ['generated', 0],
  ['stored', 1 * MINUTE],
  ['deployed', 6 * MINUTE],
  ['verified', 19 * MINUTE],
  ['revoked', 24 * HOUR],
  ['logged', 24 * HOUR + MINUTE],
];

/**
 * What the rotation pipeline logged. Secrets Manager rotates by itself and says so in CloudTrail; there the pipeline
 * only revokes the version before, under the request token of the rotation.
 */
export const createRotations = (keys) => keys.flatMap(rotationsOf);

/** Whether the log of a key has all six steps of its rotations in the quarter. */
export const isStepwise = ({ store, environment }) => store === 'vault-kv' && environment === 'production';

/** Client request token of a rotation by Secrets Manager: the id that CloudTrail and the pipeline share. */
export const requestToken = (key, time) => stableUuid(`rotation ${key.id} ${time}`);

function rotationsOf(key) {
  const random = randomStream(`rotation log of ${key.id}`);
  return rotationTimes(key).flatMap((time, index) =>
    stepsOf(key, time, random.int(1, 44) * HOUR)
      .map(([step, offset]) => rotationStep(key, { time, step, at: time + offset, version: index + 2 }))
      .filter(({ at }) => at <= AS_OF),
  );
}

function stepsOf(key, time, overlap) {
  if (key.store === 'aws-sm') return time >= QUARTER_START ? [['revoked', overlap]] : [];
  if (isStepwise(key) && time >= QUARTER_START) return SIX_STEPS;
  return [
    ['rotated', 0],
    ['revoked', overlap],
  ];
}

function rotationStep(key, { time, step, at, version }) {
  return {
    id: key.store === 'aws-sm' ? requestToken(key, time) : `rot-${sha256(`${key.id} ${time}`).slice(0, 10)}`,
    key,
    step,
    at,
    version: key.store === 'aws-sm' ? null : version,
    actor: 'rotation-pipeline',
    actorType: 'automation',
    status: 'success',
    environment: key.environment,
    ticket: null,
  };
}
