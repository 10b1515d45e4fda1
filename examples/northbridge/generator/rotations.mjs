import { AS_OF, HOUR, MINUTE, QUARTER_START } from '../../shared/time.mjs';
import { rotationTimes } from './keys.mjs';
import { randomStream, sha256, stableUuid } from './random.mjs';

/** The six steps of a pipeline rotation, with their distance from its start. */
const SIX_STEPS = [
  ['generated', 0],
  ['stored', 1 * MINUTE],
  ['deployed', 6 * MINUTE],
  ['verified', 19 * MINUTE],
  ['revoked', 24 * HOUR],
  ['logged', 24 * HOUR + MINUTE],
];

const EMERGENCY_STEPS = SIX_STEPS.map(([step, offset]) => [
  step,
  offset >= 24 * HOUR ? offset - 24 * HOUR + 20 * MINUTE : offset,
]);

/**
 * What the rotation pipeline logged. Secrets Manager rotates by itself and says so in CloudTrail; there the pipeline
 * only revokes the version before, under the request token of the rotation.
 */
export const createRotations = (keys) => keys.flatMap((key) => [...rotationsOf(key), ...answersOf(key)]);

/** When Secrets Manager failed to rotate a secret, an hour before it succeeded: one secret in twelve; null for all others. */
export function failedRotation(key) {
  if (key.store !== 'aws-sm' || !(key.rotated >= QUARTER_START)) return null;
  return randomStream(`failures of ${key.id}`).chance(1 / 12) ? key.rotated - HOUR : null;
}

/** What the pipeline did about a failed rotation: put the version before back, and told the people on duty. */
function answersOf(key) {
  const failed = failedRotation(key);
  if (failed === null) return [];
  return [
    ['rolled-back', 4 * MINUTE],
    ['alerted', 6 * MINUTE],
  ].map(([step, offset]) => rotationStep(key, { time: failed, step, at: failed + offset, version: null }));
}

/** Whether the log of a key has all six steps of its rotations in the quarter. */
export const isStepwise = ({ store, environment }) => store === 'vault-kv' && environment === 'production';

/** Client request token of a rotation by Secrets Manager: the id that CloudTrail and the pipeline share. */
export const requestToken = (key, time) => stableUuid(`rotation ${key.id} ${time}`);

function rotationsOf(key) {
  const random = randomStream(`rotation log of ${key.id}`);
  return rotationTimes(key).flatMap((time, index) =>
    stepsOf(key, time, overlapOf(key, time, random.int(1, 44) * HOUR))
      .map(([step, offset]) => rotationStep(key, { time, step, at: time + offset, version: index + 2 }))
      .filter(({ at }) => at <= AS_OF),
  );
}

/** After a compromise the old secret is revoked at once. */
const EMERGENCY_OVERLAP = 20 * MINUTE;

const overlapOf = (key, time, usual) => (key.emergencyRotations?.includes(time) ? EMERGENCY_OVERLAP : usual);

function stepsOf(key, time, overlap) {
  if (key.store === 'aws-sm') return time >= QUARTER_START ? [['revoked', overlap]] : [];
  if (isStepwise(key) && time >= QUARTER_START)
    return overlap === EMERGENCY_OVERLAP ? EMERGENCY_STEPS : SIX_STEPS;
  return [
    ['rotated', 0],
    ['revoked', overlap],
  ];
}

/** Whoever carries out a step: secrets are made by one pipeline and rolled out by another. */
const ACTORS = { deployed: 'deployment-pipeline', verified: 'deployment-pipeline' };

/** The steps that somebody approves. */
const APPROVED = ['rotated', 'generated', 'deployed'];

/** The step that puts a new secret in place, and that people are told of. */
const IN_PLACE = ['rotated', 'deployed'];

/** The steps after which callers' errors are counted. */
const MEASURED = ['rotated', 'deployed', 'verified', 'revoked'];

const SECURITY_DESK = 'security-operations@northbridge.example';

const APPROVERS = ['samir.kassab@northbridge.example', 'sanna.virtanen@northbridge.example'];

/** One step as a pipeline logs it. */
export function rotationStep(key, { time, step, at, version }) {
  return {
    id: key.store === 'aws-sm' ? requestToken(key, time) : `rot-${sha256(`${key.id} ${time}`).slice(0, 10)}`,
    key,
    step,
    at,
    version: key.store === 'aws-sm' ? null : version,
    actor: ACTORS[step] ?? 'rotation-pipeline',
    actorType: 'automation',
    status: 'success',
    approvers: APPROVED.includes(step) ? approversOf(key) : null,
    notified: IN_PLACE.includes(step) ? [SECURITY_DESK] : null,
    errorDelta: MEASURED.includes(step) && key.tier === 'critical' ? errorDelta(key, time) : null,
    environment: key.environment,
    ticket: `NB-ROT-${sha256(`${key.id} ${time}`).slice(0, 8)}`,
  };
}

/** Two people for critical keys, one for the others. */
const approversOf = ({ tier, environment }) =>
  environment === 'production' ? APPROVERS.slice(0, tier === 'critical' ? 2 : 1) : null;

/** Up to half a percentage point. */
const errorDelta = (key, time) => randomStream(`errors after ${key.id} ${time}`).int(0, 5) / 10;
