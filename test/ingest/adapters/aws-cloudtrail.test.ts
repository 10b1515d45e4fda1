import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actorOf } from '../../../src/ingest/adapters/aws/cloudtrail/actor.js';
import { adapter as awsCloudtrail } from '../../../src/ingest/adapters/aws/cloudtrail/adapter.js';
import { TICKET } from '../../../src/ingest/adapters/aws/cloudtrail/ticket.js';
import {
  at,
  caseInput,
  convertOne,
  readFileWith,
  readTextWith,
  records,
  sampleExport,
} from './read-with-adapter.js';

const LOG = caseInput('aws/cloudtrail', 'log-file');
const SECRET =
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/payments/card-processor/api-key-Qz81Lm';
const TOKEN = '3f0c1b7a-5d21-4c0e-9a64-0b8f6f1d2e3a';
const parsedLog: { Records: Record<string, unknown>[] } = JSON.parse(readFileSync(LOG, 'utf8'));
const succeeded = parsedLog.Records.find((event) => event['eventName'] === 'RotationSucceeded') ?? {};

describe('a log file', async () => {
  const reading = await readFileWith(awsCloudtrail, LOG);
  const events = records(reading, 'events');
  const rotations = records(reading, 'rotations');
  const eventAt = (index: number) => events.find(({ source }) => source.record === `/Records/${index}`);
  const stepAt = (index: number) => rotations.find(({ source }) => source.record === `/Records/${index}`);

  it('is recognised with its event version', () => expect(reading.recognised).toEqual({ version: '1.11' }));

  it('reads an event in full', () => {
    expect(eventAt(1)).toEqual({
      event_id: 'e0000000-0000-4000-8000-000000000002',
      at: at('2026-09-10T02:14:07Z'),
      category: 'read-secret',
      action: 'GetSecretValue',
      key_id: 'prod/payments/card-processor/api-key',
      actor: 'arn:aws:sts::111122223333:assumed-role/payments-api/i-0abc123def4567890',
      actor_type: 'automation',
      outcome: 'success',
      source_ip: '192.0.2.10',
      workload: null,
      log: 'aws-cloudtrail',
      ticket: null,
      break_glass: null,
      source: { file: 'input.json', record: '/Records/1' },
    });
  });

  it('gives each event its kind', () => {
    const kinds = events.map(({ action, category, outcome }) => `${action} ${category} ${outcome}`);
    expect(kinds).toEqual([
      'CreateSecret create success',
      'GetSecretValue read-secret success',
      'GetSecretValue read-secret success',
      'GetSecretValue read-secret failure',
      'BatchGetSecretValue read-secret success',
      'RotateSecret rotate success',
      'RotationStarted rotate success',
      'PutSecretValue rotate success',
      'RotationSucceeded rotate success',
      'RotationFailed rotate failure',
      'RotationAbandoned rotate failure',
      'PutSecretValue rotate success',
      'PutSecretValue rotate failure',
      'DeleteSecret revoke success',
      'CreateAccessKey create success',
      'UpdateAccessKey revoke success',
      'UpdateAccessKey update success',
      'DeleteAccessKey revoke success',
      'AttachUserPolicy admin success',
      'AssumeRole authentication success',
      'ConsoleLogin authentication failure',
      'RotateKey rotate success',
    ]);
  });

  it('gives the steps of keys, with success only where something changed', () => {
    const steps = rotations.map(
      ({ key_id, step, status }) => `${key_id?.split(/[:/]/).pop()} ${step} ${status}`,
    );
    expect(steps).toEqual([
      'api-key-Qz81Lm created success',
      'api-key-Qz81Lm started success',
      'api-key-Qz81Lm started success',
      'api-key-Qz81Lm generated success',
      'api-key-Qz81Lm rotated success',
      'api-key-Qz81Lm2 failed failure',
      'api-key-Qz81Lm failed failure',
      'db-7HhTqp rotated success',
      'api-key-Qz81Lm revoked success',
      'AKIAEXAMPLE0000000KEY created success',
      'AKIAEXAMPLE0000000OLD revoked success',
      'AKIAEXAMPLE0000000OLD revoked success',
      '1234abcd-12ab-34cd-56ef-1234567890ab rotated success',
    ]);
  });

  it('groups the steps of one rotation by their request token', () => {
    expect([5, 6, 7, 8].map((index) => stepAt(index)?.rotation_id)).toEqual([TOKEN, TOKEN, TOKEN, TOKEN]);
    expect(stepAt(8)).toMatchObject({
      key_id: SECRET,
      version: TOKEN,
      actor: 'secretsmanager.amazonaws.com',
    });
    expect(stepAt(0)?.rotation_id).toBeNull();
  });

  it('prefers the full ARN of the response, `arn` or `aRN`, to the name of the request', () => {
    expect(stepAt(0)?.key_id).toBe(SECRET);
    expect(stepAt(11)?.key_id).toBe(
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/ledger/db-7HhTqp',
    );
  });

  it('knows people, workloads and services', () => {
    const actors = [0, 1, 2, 3, 5, 6, 21].map((index) => [eventAt(index)?.actor, eventAt(index)?.actor_type]);
    expect(actors).toEqual([
      ['arn:aws:iam::111122223333:user/ines.ferreira', 'human'],
      ['arn:aws:sts::111122223333:assumed-role/payments-api/i-0abc123def4567890', 'automation'],
      ['tomas.novak@northbridge.example', 'human'],
      ['arn:aws:sts::111122223333:assumed-role/Payments/session-1', null],
      ['arn:aws:sts::111122223333:assumed-role/deploy-pipeline/CHG0031337', 'automation'],
      ['secretsmanager.amazonaws.com', 'service'],
      ['arn:aws:iam::111122223333:root', 'human'],
    ]);
  });

  it('finds tickets and break-glass roles', () => {
    expect([0, 1, 5, 20].map((index) => eventAt(index)?.ticket)).toEqual([
      'NB-4711',
      null,
      'CHG0031337',
      'NB-1234',
    ]);
    expect(eventAt(2)?.break_glass).toBe(true);
    expect(eventAt(3)?.break_glass).toBeNull();
  });

  it('has no address for AWS Internal, and names the service instead', () => {
    expect(eventAt(23)).toMatchObject({ source_ip: null, workload: 'AWS Internal', actor_type: 'service' });
  });

  it('counts what it leaves out, and keeps an event delivered twice once', () => {
    expect(reading.file.skipped).toEqual({
      'event about no credential': 2,
      'use or reading of a KMS key': 1,
      'event delivered twice': 1,
    });
  });

  it('rejects an event without a readable time, and what is no event', () => {
    expect(reading.file.rejects.map(({ record, field }) => [record, field])).toEqual([
      ['/Records/26', 'eventTime'],
      ['/Records/27', 'eventSource'],
    ]);
  });
});

describe('containers', () => {
  it('reads a gzipped single line as S3 delivers it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyproof-trail-'));
    const name = '111122223333_CloudTrail_eu-west-1_20260910T0215Z_AbCdEfGh.json.gz';
    writeFileSync(join(folder, name), gzipSync(JSON.stringify(parsedLog)));
    const reading = await readFileWith(awsCloudtrail, join(folder, name));
    rmSync(folder, { recursive: true });
    expect(reading.recognised).toEqual({ version: '1.11' });
    expect(records(reading, 'events')).toHaveLength(22);
  });

  it('reads an EventBridge event', async () => {
    const event = {
      version: '0',
      id: 'x',
      'detail-type': 'AWS Service Event via CloudTrail',
      detail: succeeded,
    };
    const reading = await readTextWith(awsCloudtrail, JSON.stringify(event), 'event.json');
    expect(reading.recognised).toEqual({ version: '1.11' });
    expect(records(reading, 'rotations')).toMatchObject([
      { step: 'rotated', key_id: SECRET, status: 'success' },
    ]);
  });

  it('reads lookup-events, whose inner time counts, and says where it goes on', async () => {
    const outer = {
      EventId: 'x',
      EventTime: '2021-01-01T10:00:00-05:00',
      CloudTrailEvent: JSON.stringify(succeeded),
    };
    const broken = { EventId: 'y', CloudTrailEvent: '{"eventName": ' };
    const text = JSON.stringify({ Events: [outer, broken], NextToken: 'more' });
    const reading = await readTextWith(awsCloudtrail, text, 'lookup.json');
    expect(reading.recognised).toEqual({ version: '1.11' });
    expect(records(reading, 'events')).toMatchObject([{ at: at('2026-09-10T02:14:07Z') }]);
    expect(reading.file.rejects).toMatchObject([{ record: '/Events/1', field: 'CloudTrailEvent' }]);
    expect(reading.file.truncated).toBe(true);
  });

  it('reads a bare array and one event a line', async () => {
    const array = await readTextWith(awsCloudtrail, JSON.stringify(parsedLog.Records.slice(0, 3)), 'a.json');
    expect(records(array, 'events').map(({ source }) => source.record)).toEqual(['/0', '/1', '/2']);
    const lines = parsedLog.Records.slice(0, 3)
      .map((event) => JSON.stringify(event))
      .join('\n');
    const ndjson = await readTextWith(awsCloudtrail, lines, 'a.ndjson');
    expect(ndjson.recognised).not.toBeNull();
    expect(records(ndjson, 'events').map(({ source }) => source.record)).toEqual([
      'line 1',
      'line 2',
      'line 3',
    ]);
  });

  it('knows a digest file, and says what it is', async () => {
    const digest = JSON.stringify({
      awsAccountId: '1',
      digestStartTime: '2026-09-10T01:00:00Z',
      logFiles: [],
    });
    const reading = await readTextWith(awsCloudtrail, digest, 'digest.json');
    expect(reading.recognised).toEqual({ version: 'digest' });
    expect(reading.file.skipped).toEqual({ 'CloudTrail digest file': 1 });
    expect(reading.file.produced).toEqual({});
    expect(reading.file.warnings.join()).toContain('holds no events');
  });

  it.each([
    [
      '{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put"}]}',
      's3-event.json',
    ],
    ['{"records":[{"category":"AuditEvent","operationName":"SecretGet"}]}', 'azure.json'],
    ['{"Records":[]}', 'other.json'],
  ])('does not take %s for a trail', async (text, name) => {
    expect((await readTextWith(awsCloudtrail, text, name)).recognised).toBeNull();
  });

  it('takes an empty log file by its name', async () => {
    const reading = await readTextWith(awsCloudtrail, '{"Records":[]}', 'CloudTrail/2026/09/10/empty.json');
    expect(reading.recognised).toEqual({ version: null });
  });
});

it.each([
  [{ errorMessage: 'Secrets Manager could not do it' }, 'failure', 0],
  [{ errorCode: 'AccessDenied' }, 'failure', 0],
  [{ errorCode: '', errorMessage: null }, 'success', 1],
])('takes %j for a %s', async (members, outcome, steps) => {
  const event = { ...parsedLog.Records[11], ...members };
  const reading = await readTextWith(awsCloudtrail, JSON.stringify([event]), 'a.json');
  expect(records(reading, 'events')).toMatchObject([{ outcome }]);
  expect(records(reading, 'rotations')).toHaveLength(steps);
});

describe('actorOf', () => {
  const role = (sessionContext: object, session = 's', name = 'Payments') =>
    actorOf({
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::1:assumed-role/${name}/${session}`,
        sessionContext: {
          sessionIssuer: { userName: name, arn: `arn:aws:iam::1:role/${name}` },
          ...sessionContext,
        },
      },
    }).actor_type;

  it.each([
    [{ attributes: { mfaAuthenticated: 'true' } }, 'human'],
    [{ attributes: { mfaAuthenticated: 'false' } }, null],
    [{ sourceIdentity: 'jane' }, 'human'],
    [{ webIdFederationData: { federatedProvider: 'token.actions.githubusercontent.com' } }, 'automation'],
  ])('reads the session context %j as %s', (context, type) => expect(role(context)).toBe(type));

  it.each([
    ['IAMUser', { userName: 'svc-payments' }, 'automation'],
    ['IAMUser', { userName: 'services-manager' }, 'human'],
    ['IdentityCenterUser', { onBehalfOf: { userId: 'u-1' } }, 'human'],
    ['WebIdentityUser', {}, 'automation'],
    ['AWSService', { invokedBy: 'rds.amazonaws.com' }, 'service'],
    ['AWSAccount', { accountId: '444455556666' }, null],
    ['SomethingNew', {}, null],
  ])('takes a %s %j for %s', (type, members, expected) => {
    expect(actorOf({ userIdentity: { type, ...members } }).actor_type).toBe(expected);
  });

  it('has no actor where there is no identity', () => {
    expect(actorOf({})).toEqual({ actor: null, actor_type: null, labels: [] });
  });
});

it.each([
  ['rotate for NB-4711 today', 'NB-4711'],
  ['CHG0031337', 'CHG0031337'],
  ['AES-256 key', undefined],
  ['nb-4711', undefined],
  ['i-0abc123def4567890', undefined],
])('finds the ticket in %j', (text, ticket) => expect(TICKET.exec(text)?.[0]).toBe(ticket));

describe('any JSON', () => {
  const some = fc.jsonValue();
  const event = fc.record(
    {
      eventSource: fc.constantFrom(
        'secretsmanager.amazonaws.com',
        'iam.amazonaws.com',
        'kms.amazonaws.com',
        '__proto__',
      ),
      eventName: fc.oneof(
        fc.constantFrom('PutSecretValue', 'RotationSucceeded', 'UpdateAccessKey', 'toString'),
        some,
      ),
      eventTime: fc.oneof(fc.constant('2026-09-10T02:14:07Z'), some),
      userIdentity: some,
      requestParameters: some,
      responseElements: some,
      additionalEventData: some,
      resources: some,
      detail: some,
      CloudTrailEvent: some,
    },
    { requiredKeys: ['eventSource', 'eventName'] },
  );

  it('never throws', () => {
    fc.assert(
      fc.property(event, (value) => {
        return convertOne(awsCloudtrail, value).emits.length <= 2;
      }),
    );
  });

  it('never shows a secret that a log holds', () => {
    const hidden = fc.stringMatching(/^[a-z0-9]{30,40}$/);
    fc.assert(
      fc.property(hidden, (secret) => {
        const value = {
          ...parsedLog.Records[11],
          requestParameters: { secretId: SECRET, secretString: secret, secretBinary: secret },
          responseElements: { arn: SECRET, credentials: { secretAccessKey: secret, sessionToken: secret } },
        };
        const converted = convertOne(awsCloudtrail, value);
        return converted.emits.length === 2 && !JSON.stringify(converted).includes(secret);
      }),
    );
  });
});

describe.skipIf(!existsSync(sampleExport('aws-cloudtrail')))('samples/aws-cloudtrail', () => {
  it.each([
    ['s3-delivery.records.json', 4],
    ['stratus.aws.credential-access.secretsmanager-retrieve-secrets.json', 8],
    ['stratus.aws.credential-access.secretsmanager-batch-retrieve-secrets.json', 5],
    ['stratus.aws.persistence.iam-create-admin-user.json', 3],
    ['eventbridge.RotationSucceeded.json', 1],
  ])('%s is read without a reject', async (file, least) => {
    const reading = await readFileWith(awsCloudtrail, sampleExport(`aws-cloudtrail/${file}`));
    expect(reading.recognised).not.toBeNull();
    expect(reading.file.rejects).toEqual([]);
    expect(records(reading, 'events').length).toBeGreaterThanOrEqual(least);
    expect(records(reading, 'events').every(({ actor, source_ip }) => actor && source_ip)).toBe(true);
  });

  it('finds the rotation and the access key that the samples are about', async () => {
    const rotated = await readFileWith(
      awsCloudtrail,
      sampleExport('aws-cloudtrail/eventbridge.RotationSucceeded.json'),
    );
    expect(records(rotated, 'rotations')).toMatchObject([
      {
        step: 'rotated',
        key_id: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:Appuser-pyodbc-WoDpmU',
        version: '7ac47c8c-f328-423b-9698-6926dd1f293e',
      },
    ]);
    const path = sampleExport('aws-cloudtrail/stratus.aws.persistence.iam-create-admin-user.json');
    expect(records(await readFileWith(awsCloudtrail, path), 'rotations').map(({ step }) => step)).toContain(
      'created',
    );
  });
});
