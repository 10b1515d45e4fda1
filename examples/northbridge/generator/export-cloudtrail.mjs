import { gzip } from '../../shared/formats.mjs';
import { groupBy } from '../../shared/group-by.mjs';
import { AS_OF, DAY, HOUR, isoDay, QUARTER_START } from '../../shared/time.mjs';
import {
  accessKeyEvent,
  cloudTrailRecord,
  deniedRead,
  javaDate,
  rotationServiceEvent,
  secretDeletion,
  secretRead,
  versionStageMoved,
} from './cloudtrail-events.mjs';
import { rotationTimes } from './keys.mjs';
import { formerAccessKeyId, keepsOldKey, OLD_KEY_KEPT } from './old-access-keys.mjs';
import { randomStream } from './random.mjs';
import { failedRotation } from './rotations.mjs';

/** CloudTrail as delivered to S3: a file a month, a file a day in the last week; some records delivered twice. */
export function cloudTrailFiles({ keys, rotations, trail }) {
  const records = keys
    .filter(({ account }) => account)
    .flatMap(recordsOf)
    .concat(rotations.filter(isRetirement).map(versionStageMoved), trail, noise());
  const sorted = records.sort((a, b) => compare(a.eventTime, b.eventTime) || compare(a.eventID, b.eventID));
  const delivered = sorted.flatMap((record, index) => (index % 97 === 3 ? [record, record] : [record]));
  return Object.fromEntries(
    [...groupBy(delivered, fileOf)].map(([path, group]) => [path, bytesOf(path, group)]),
  );
}

/** The pipeline takes the label from the version before. */
const isRetirement = ({ key, step }) => key.store === 'aws-sm' && step === 'revoked';

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function fileOf({ eventTime, recipientAccountId }) {
  const [year, month, day] = eventTime.slice(0, 10).split('-');
  const folder = `aws/${recipientAccountId}/cloudtrail/${year}/${month}`;
  const name = `${recipientAccountId}_CloudTrail_eu-west-1_${year}${month}`;
  const lastWeek = eventTime.slice(0, 10) > isoDay(AS_OF - 5 * DAY);
  if (!lastWeek) return `${folder}/${name}.json.gz`;
  return `${folder}/${name}${day}T2355Z.json${day === '30' ? '' : '.gz'}`;
}

function bytesOf(path, records) {
  const text = JSON.stringify({ Records: records });
  return path.endsWith('.gz') ? gzip(text) : text;
}

function recordsOf(key) {
  return key.store === 'aws-sm' ? secretRecords(key) : accessKeyRecords(key);
}

function secretRecords(key) {
  const random = randomStream(`cloudtrail of ${key.id}`);
  const rotations = rotationTimes(key).map((time) => rotationServiceEvent(key, time, 'RotationSucceeded'));
  const deletion = key.revoked === null ? [] : [secretDeletion(key)];
  return [...rotations, ...reads(key, random), ...failures(key), ...deletion];
}

/** An attempt that failed, and the one an hour later succeeded. */
function failures(key) {
  const failed = failedRotation(key);
  if (failed === null) return [];
  const reason = 'The rotation Lambda function timed out before the new version was tested.';
  return [rotationServiceEvent(key, failed, 'RotationFailed', reason)];
}

/** Some reads of the quarter by ARN, some by name, some refused; none after the last use. */
function reads(key, random) {
  if (key.environment !== 'production' || !(key.used >= QUARTER_START && key.used <= AS_OF)) return [];
  const times = timesOf(key, random);
  const granted = times.map((time) => secretRead(key, time, random.chance(0.3) ? key.name : key.id));
  return random.chance(0.04) ? [...granted, deniedRead(key, key.used - 2 * HOUR)] : granted;
}

const timesOf = ({ used }, random) =>
  [used, used - random.int(1, 5) * DAY].filter((time) => time > QUARTER_START);

/** When a secret of Secrets Manager was read in the quarter. */
export const readTimes = (key) => timesOf(key, randomStream(`cloudtrail of ${key.id}`));

function accessKeyRecords(key) {
  const created = {
    accessKey: {
      userName: key.user,
      accessKeyId: key.aliases[0],
      status: 'Active',
      createDate: javaDate(key.rotated),
    },
  };
  return [accessKeyEvent(key, key.rotated, 'CreateAccessKey', {}, created), endOfOldKey(key)].filter(
    ({ eventTime }) => eventTime >= '2025-10-01' && Date.parse(eventTime) <= AS_OF,
  );
}

function endOfOldKey(key) {
  const former = { accessKeyId: formerAccessKeyId(key) };
  const at = key.rotated + OLD_KEY_KEPT;
  return keepsOldKey(key)
    ? accessKeyEvent(key, at, 'UpdateAccessKey', { ...former, status: 'Inactive' })
    : accessKeyEvent(key, at, 'DeleteAccessKey', former);
}

/** What else a trail holds: console logins and listings that concern no key. */
function noise() {
  const random = randomStream('cloudtrail noise');
  return Array.from({ length: 120 }, (_, index) => {
    const time = QUARTER_START + random.int(0, 91 * 24 - 1) * HOUR + random.int(0, 3599) * 1000;
    return cloudTrailRecord(`noise ${index}`, time, {
      userIdentity: { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
      eventName: 'ListSecrets',
      sourceIPAddress: 'config.amazonaws.com',
      userAgent: 'config.amazonaws.com',
      readOnly: true,
    });
  });
}
