import { AS_OF, DAY, HOUR, YEAR_START } from '../../shared/time.mjs';
import { fingerprintOf } from './keys.mjs';
import { sha256 } from './random.mjs';
import { accessKeyId } from './stores.mjs';

/** Time after a rotation at which the access key before is taken out of use. */
export const OLD_KEY_KEPT = 20 * HOUR;

/** The access key id a user had before. */
export const formerAccessKeyId = (key) => accessKeyId(`${key.id} before`);

/** Every sixth user still has the access key before, switched off; the others' was deleted. */
export const keepsOldKey = (key) => sha256(`former access key of ${key.id}`) < '2b';

/** The access keys before, as the register keeps them. Each knows the key that took its place. */
export const createOldAccessKeys = (keys) =>
  keys.filter(({ store }) => store === 'aws-iam').map(oldAccessKey);

function oldAccessKey(key) {
  const former = formerAccessKeyId(key);
  const id = keepsOldKey(key) ? `${key.arn}#access_key_2` : former;
  return {
    ...key,
    id,
    aliases: keepsOldKey(key) ? [former] : [],
    status: keepsOldKey(key) ? 'inactive' : 'revoked',
    owner: '',
    vendor: null,
    repositories: null,
    fingerprint: fingerprintOf(id),
    successor: key,
  };
}

/** Those of the old keys that the register has: the ones still there, and the ones deleted since the trail begins. */
export const registeredOldKeys = (oldKeys) => oldKeys.filter(isRegistered).map(dated);

const isRegistered = ({ status, successor }) =>
  status === 'inactive' || (successor.rotated >= YEAR_START && successor.rotated + OLD_KEY_KEPT <= AS_OF);

function dated(old) {
  if (old.status === 'inactive') return old;
  const { rotated, interval } = old.successor;
  return { ...old, created: rotated - interval * DAY, revoked: rotated + OLD_KEY_KEPT };
}
