import { isStepwise } from './rotations.mjs';
import { AS_OF, DAY, HOUR, QUARTER_START } from './time.mjs';

const RULE = 'rotation-old-revoked';

/** Old secrets that stayed usable too long after their replacement, and two on the limit. */
export function plantRevocations(book, rotations) {
  const revocation = (key) =>
    rotations.filter((entry) => entry.key === key && entry.step === 'revoked').at(-1);
  for (const key of book.take(8, (key) => isStepwise(key) && inQuarter(key))) {
    rotations.splice(rotations.indexOf(revocation(key)), 1);
    book.expect(RULE, 'key', key.id, 'the steps of its last rotation lack the revocation');
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
  }
}
