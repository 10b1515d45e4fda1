import { managementRecord, SECRETS_MANAGER as SERVICE } from '../../shared/cloudtrail.mjs';
import { DAY } from '../../shared/time.mjs';
import { ACCOUNTS } from './accounts.mjs';
import { sourceAddress } from './keys.mjs';
import { stableUuid } from './random.mjs';
import { requestToken } from './rotations.mjs';
import { HOME_REGION } from './stores.mjs';

/** A CloudTrail record: the members every event has, and those given. `label` makes its ids stable. */
export function cloudTrailRecord(label, time, members) {
  const account = members.recipientAccountId ?? ACCOUNTS.production;
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'AWSService', invokedBy: SERVICE },
    ...managementRecord({
      time,
      region: HOME_REGION,
      account,
      requestID: stableUuid(`request ${label}`),
      eventID: stableUuid(`event ${label}`),
    }),
    ...members,
  };
}

/** What Secrets Manager itself writes about a rotation: no request, no arn of an identity, no errorCode on failure. */
export function rotationServiceEvent(key, time, eventName, failure) {
  return cloudTrailRecord(`${eventName} ${key.id} ${time}`, time, {
    userIdentity: { accountId: key.account, invokedBy: SERVICE },
    eventName,
    awsRegion: key.region,
    additionalEventData: { SecretId: key.id },
    requestID: `Rotation-${key.id}-${requestToken(key, time)}`,
    eventType: 'AwsServiceEvent',
    recipientAccountId: key.account,
    ...(failure ? { errorMessage: failure } : {}),
  });
}

/** A secret read by the workload it belongs to. */
export function secretRead(key, time, reference) {
  return cloudTrailRecord(`read ${key.id} ${time}`, time, {
    userIdentity: workloadIdentity(key),
    eventName: 'GetSecretValue',
    awsRegion: key.region,
    sourceIPAddress: sourceAddress(key),
    userAgent: 'aws-sdk-java/2.31.4 md/io#sync exec-env/AWS_ECS_FARGATE',
    requestParameters: { secretId: reference },
    readOnly: true,
    recipientAccountId: key.account,
  });
}

/** A read that was refused. */
export function deniedRead(key, time) {
  const read = secretRead(key, time, key.id);
  const errorMessage = `User: ${read.userIdentity.arn} is not authorized to perform: secretsmanager:GetSecretValue`;
  return {
    ...read,
    eventID: stableUuid(`denied ${key.id} ${time}`),
    errorCode: 'AccessDenied',
    errorMessage,
  };
}

/** The pipeline schedules a secret for deletion, thirty days ahead. */
export function secretDeletion(key) {
  return cloudTrailRecord(`DeleteSecret ${key.id}`, key.revoked, {
    userIdentity: pipelineIdentity(key.account),
    eventName: 'DeleteSecret',
    awsRegion: key.region,
    sourceIPAddress: '10.20.4.17',
    userAgent: 'nb-key-rotation/2.4',
    requestParameters: { secretId: key.id, recoveryWindowInDays: 30 },
    responseElements: { arn: key.id, name: key.name, deletionDate: javaDate(key.revoked + 30 * DAY, ',') },
    recipientAccountId: key.account,
  });
}

/** The pipeline ends the version before a rotation, under the request token of that rotation. */
export function versionStageMoved({ key, at, id }) {
  return cloudTrailRecord(`stage ${key.id} ${at}`, at, {
    userIdentity: pipelineIdentity(key.account),
    eventName: 'UpdateSecretVersionStage',
    awsRegion: key.region,
    sourceIPAddress: '10.20.4.17',
    userAgent: 'nb-key-rotation/2.4',
    requestParameters: { secretId: key.id, versionStage: 'AWSPREVIOUS', moveToVersionId: id },
    responseElements: { arn: key.id, name: key.name },
    recipientAccountId: key.account,
  });
}

/** A call to IAM by the pipeline that replaces access keys. */
export function accessKeyEvent(key, time, eventName, request, response) {
  return cloudTrailRecord(`${eventName} ${key.id} ${time}`, time, {
    userIdentity: pipelineIdentity(key.account),
    eventSource: 'iam.amazonaws.com',
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '10.20.4.17',
    userAgent: 'nb-key-rotation/2.4',
    requestParameters: { userName: key.user, ...request },
    responseElements: response ?? null,
    recipientAccountId: key.account,
  });
}

function workloadIdentity(key) {
  return assumedRole(key.account, key.workloads[0], 'task');
}

const pipelineIdentity = (account) => assumedRole(account, 'nb-key-rotation', 'pipeline');

function assumedRole(account, role, session) {
  const issuer = `arn:aws:iam::${account}:role/${role}`;
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: issuer, accountId: account, userName: role },
      attributes: { mfaAuthenticated: 'false' },
    },
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Jul 10, 2023 12:24:29 PM`: how CloudTrail prints a date inside responseElements, now and then with a second comma. */
export function javaDate(ms, comma = '') {
  const date = new Date(ms);
  const hour = date.getUTCHours();
  const clock = `${hour % 12 || 12}${date.toISOString().slice(13, 19)} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}${comma} ${clock}`;
}
