import { managementRecord, SECRETS_MANAGER as SERVICE } from '../../shared/cloudtrail.mjs';
import { gzip } from '../../shared/formats.mjs';
import { groupBy } from '../../shared/group-by.mjs';
import { stableUuid } from '../../shared/random.mjs';
import { isoDay } from '../../shared/time.mjs';
import { AWS, REGION } from './places.mjs';
import { rotationId, ticketOf } from './rotations.mjs';

/** CloudTrail in the layout of S3, put together by month: `AWSLogs/<account>/CloudTrail/<region>/<year>/<month>/`. */
export function trailFiles(environment, calls) {
  const account = AWS[environment];
  const months = groupBy(calls, ({ at }) => isoDay(at).slice(0, 7));
  return Object.fromEntries(
    [...months].map(([month, group]) => {
      const folder = `aws/AWSLogs/${account}/CloudTrail/${REGION}/${month.replace('-', '/')}`;
      const mark = stableUuid(`${account} ${month}`).replaceAll('-', '').slice(0, 16);
      const name = `${account}_CloudTrail_${REGION}_${month.replace('-', '')}01T0000Z_${mark}.json.gz`;
      return [`${folder}/${name}`, gzip(JSON.stringify({ Records: group.map(recordOf) }))];
    }),
  );
}

const recordOf = (call) => RECORDS[call.kind](call);

const RECORDS = {
  read: (call) =>
    record(call, {
      eventName: 'GetSecretValue',
      userIdentity: assumedRole(call.key, call.key.service, 'task'),
      sourceIPAddress: call.key.address,
      userAgent: 'aws-sdk-java/2.31.4 md/io#sync exec-env/AWS_ECS_FARGATE',
      requestParameters: { secretId: call.key.name },
      readOnly: true,
    }),
  put: (call) =>
    record(call, {
      eventName: 'PutSecretValue',
      userIdentity: assumedRole(call.key, 'secret-rotation-lambda', ticketOf(call.key, call.rotation)),
      sourceIPAddress: '10.40.250.17',
      userAgent: 'Boto3/1.40.2 exec-env/AWS_Lambda_python3.13',
      requestParameters: {
        clientRequestToken: rotationId(call.key, call.rotation),
        secretId: call.key.id,
        versionStages: ['AWSPENDING'],
      },
      responseElements: { arn: call.key.id, name: call.key.name },
    }),
  finish: (call) =>
    record(call, {
      eventName: 'RotationSucceeded',
      userIdentity: { accountId: AWS[call.key.environment], invokedBy: SERVICE },
      additionalEventData: { SecretId: call.key.id },
      requestID: `Rotation-${call.key.id}-${rotationId(call.key, call.rotation)}`,
      eventType: 'AwsServiceEvent',
    }),
  end: (call) =>
    record(call, {
      eventName: 'UpdateSecretVersionStage',
      userIdentity: assumedRole(call.key, 'secret-rotation-lambda', ticketOf(call.key, call.rotation)),
      sourceIPAddress: '10.40.250.17',
      userAgent: 'Boto3/1.40.2 exec-env/AWS_Lambda_python3.13',
      requestParameters: { secretId: call.key.id, versionStage: 'AWSPREVIOUS' },
      responseElements: { arn: call.key.id, name: call.key.name },
    }),
};

function record({ key, at, kind }, members) {
  const account = AWS[key.environment];
  return {
    eventVersion: '1.11',
    ...managementRecord({
      time: Math.floor(at / 1000) * 1000,
      region: REGION,
      account,
      requestID: stableUuid(`request ${kind} ${key.id} ${at}`),
      eventID: stableUuid(`event ${kind} ${key.id} ${at}`),
    }),
    ...members,
  };
}

function assumedRole({ environment }, role, session) {
  const account = AWS[environment];
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { mfaAuthenticated: 'false' },
    },
  };
}
