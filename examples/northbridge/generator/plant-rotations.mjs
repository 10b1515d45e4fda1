import { AS_OF, DAY, HOUR, MINUTE, QUARTER_START } from '../../shared/time.mjs';
import { rotationTimes } from './keys.mjs';
import { isStepwise, rotationStep } from './rotations.mjs';

const RULE = 'rotation-old-revoked';

/** Old secrets that stayed usable too long after their replacement, and two on the limit. */
export function plantRevocations(book, rotations) {
  const revocation = (key) =>
    rotations.filter((entry) => entry.key === key && entry.step === 'revoked').at(-1);
  for (const key of book.take(8, (key) => isStepwise(key) && inQuarter(key))) {
    rotations.splice(rotations.indexOf(revocation(key)), 1);
    for (const rule of [RULE, 'rotation-sequence-complete'])
      book.expect(rule, 'key', key.id, 'the steps of its last rotation lack the revocation');
  }
  for (const key of book.take(9, (key) => !isStepwise(key) && inQuarter(key))) {
    revocation(key).at = key.rotated + book.random.int(51, 150) * HOUR;
    book.expect(RULE, 'key', key.id, 'the secret before was revoked after more than 48 hours');
  }
  for (const key of book.take(2, (key) => !isStepwise(key) && inQuarter(key))) {
    revocation(key).at = key.rotated + 48 * HOUR;
  }
}

const inQuarter = ({ rotated }) => rotated > QUARTER_START && rotated < AS_OF - 12 * DAY;

/** Gateway credentials that were used after they had been revoked. */
export function plantUseAfterRevocation(book, keys) {
  const fits = ({ status, environment, vendor }) =>
    status === 'revoked' && environment === 'production' && vendor === null;
  for (const [index, key] of keys.filter(fits).slice(0, 2).entries()) {
    const revoked = QUARTER_START + (20 + index * 16) * DAY;
    Object.assign(key, { revoked, rotated: revoked - 50 * DAY, used: revoked + 5 * DAY });
    book.expect(RULE, 'key', key.id, 'used after it was revoked');
    book.expect(
      'mon-anomaly-unhandled',
      'key',
      key.id,
      'nobody took up that it was used after it was revoked',
    );
  }
}

/** The quarter has a hole: a critical key was not rotated for 56 days of it, and is in order again at its end. */
export function plantLateRotation(book) {
  const thrice = (key) => rotationTimes(key).filter((time) => time > QUARTER_START).length >= 3;
  const single = ({ tier, store }) => tier === 'critical' && ['kong', 'azure-kv'].includes(store);
  const [key] = book.take(1, (one) => single(one) && thrice(one));
  const missed = rotationTimes(key).at(-2);
  key.skipped = (time) => time === missed;
  book.expect('rotation-max-age', 'key', key.id, 'older than its limit for weeks of the quarter', 'critical');
}

/** Deviations of single rotations, in the log of the pipeline. */
export function plantRotationSteps(book, rotations) {
  const stepsOf = (key) => lastRotation(rotations, key);
  const stepwise = (key) => isStepwise(key) && inQuarter(key);
  const step = (key, name) => stepsOf(key).find((entry) => entry.step === name);
  plantSequences(book, rotations, { stepwise, step });
  plantHands(book, { stepwise, step, stepsOf });
  plantVersions(book, stepsOf);
  plantFailures(book, rotations, stepwise);
  plantErrors(book, rotations);
}

function lastRotation(rotations, key) {
  const entries = rotations.filter((entry) => entry.key === key);
  const { id } = entries.filter(({ step }) => ['rotated', 'generated'].includes(step)).at(-1);
  return entries.filter((entry) => entry.id === id);
}

function plantSequences(book, rotations, { stepwise, step }) {
  const rule = 'rotation-sequence-complete';
  for (const key of book.take(2, stepwise)) {
    rotations.splice(rotations.indexOf(step(key, 'logged')), 1);
    book.expect(rule, 'key', key.id, 'the log of the last rotation was never closed');
  }
  for (const key of book.take(2, stepwise)) {
    step(key, 'revoked').at = step(key, 'verified').at - 9 * MINUTE;
    book.expect(rule, 'key', key.id, 'the old secret was revoked before the new one was proved to work');
  }
  for (const key of book.take(2, stepwise)) step(key, 'revoked').at = step(key, 'verified').at;
}

/** Who made, deployed and approved a secret; and one rotation by hand that nobody asked for. */
function plantHands(book, { stepwise, step, stepsOf }) {
  const rule = 'sod-create-deploy';
  const person = (name) => ({ actor: `${name}@northbridge.example`, actorType: 'human' });
  const [alone, own, single] = book.take(3, (key) => stepwise(key) && key.tier === 'critical');
  for (const name of ['generated', 'deployed']) Object.assign(step(alone, name), person('nils.ekholm'));
  book.expect(rule, 'key', alone.id, 'one person made the secret and deployed it');
  book.expect('rbac-deploy-pipeline', 'key', alone.id, 'a person deployed the secret');
  Object.assign(step(own, 'generated'), person('samir.kassab'));
  book.expect(rule, 'key', own.id, 'whoever made the secret approved it');
  for (const name of ['generated', 'deployed'])
    step(single, name).approvers = step(single, name).approvers.slice(0, 1);
  book.expect(rule, 'key', single.id, 'one approval for a critical key');
  const [byHand] = book.take(
    1,
    (key) => key.store === 'kong' && key.environment === 'production' && inQuarter(key),
  );
  for (const entry of stepsOf(byHand)) Object.assign(entry, person('otto.lammers'), { ticket: null });
  book.expect('rbac-deploy-pipeline', 'key', byHand.id, 'a person replaced the secret');
  book.expect('mon-off-hours', 'key', byHand.id, 'a person replaced the secret at night, without a ticket');
  book.expect(
    'rotation-automated',
    'organisation',
    'Northbridge Bank',
    'one key was rotated by hand without a ticket',
  );
}

function plantVersions(book, stepsOf) {
  const rule = 'rotation-version-notified';
  const numbered = (key) => key.store !== 'aws-sm' && key.store !== 'aws-iam' && inQuarter(key);
  const often = (key) => numbered(key) && rotationTimes(key).length >= 3;
  for (const key of book.take(3, often)) {
    for (const entry of stepsOf(key)) entry.version += 1;
    book.expect(rule, 'key', key.id, 'a version is left out');
  }
  for (const [index, key] of book.take(4, numbered).entries()) {
    const told = index === 0 ? [] : ['platform-team@northbridge.example'];
    for (const entry of stepsOf(key)) if (entry.notified) entry.notified = told;
    book.expect(rule, 'key', key.id, 'nobody of security was told of the rotation');
  }
}

/** Failed attempts before a rotation: never reported, reported late, repeated late; and one reported at the last moment. */
function plantFailures(book, rotations, stepwise) {
  const rule = 'rotation-failure-handled';
  const attempts = [
    ['nobody was told', { alerted: null, before: 2 * HOUR }],
    ['people were told after 20 minutes', { alerted: 20 * MINUTE, before: 2 * HOUR }],
    ['repeated after 30 hours', { alerted: 3 * MINUTE, before: 30 * HOUR }],
    [null, { alerted: 15 * MINUTE, before: 2 * HOUR }],
  ];
  for (const [why, attempt] of attempts) {
    const [key] = book.take(1, stepwise);
    rotations.push(...failedAttempt(key, attempt));
    if (why) book.expect(rule, 'key', key.id, `a failed rotation: ${why}`);
  }
}

function failedAttempt(key, { alerted, before }) {
  const time = key.rotated - before;
  const entry = (step, offset) => rotationStep(key, { time, step, at: time + offset, version: null });
  const failed = { ...entry('failed', 0), status: 'failure' };
  const answers = [
    entry('rolled-back', 2 * MINUTE),
    ...(alerted === null ? [] : [entry('alerted', alerted)]),
  ];
  return [failed, ...answers];
}

/** Critical keys whose rotations cost callers too many errors, or of which nobody counted them. */
function plantErrors(book, rotations) {
  const rule = 'rotation-drill-nonbreaking';
  const measured = ({ tier, store }) =>
    tier === 'critical' && ['kong', 'azure-kv', 'vault-kv'].includes(store);
  const recount = (key, delta) => {
    for (const entry of rotations)
      if (entry.key === key && entry.errorDelta !== null) entry.errorDelta = delta;
  };
  for (const key of book.take(2, measured)) {
    recount(key, 2.4);
    book.expect(rule, 'key', key.id, 'each of its rotations broke callers');
  }
  const [onLimit, ...uncounted] = book.take(4, measured);
  recount(onLimit, 1);
  for (const key of uncounted) {
    recount(key, null);
    book.expectNoEvidence(rule, 'key', key.id, 'nobody counted the errors after its rotations');
  }
}
