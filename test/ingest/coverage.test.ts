import { describe, expect, it } from 'vitest';
import { inspect } from '../../src/ingest/index.js';
import type { AuditPlan, Coverage, InputFile, SourceSpec } from '../../src/model/index.js';
import { zipOf } from '../support/zip.js';
import { readFolder } from './folder.js';

/** What a file speaks for if nothing is stated and nothing is missing. */
const NOTHING_STATED = { systems: [], accounts: [], period: null, completeBy: null, gaps: [] };

const HEADER = 'event_id,at,category,action,key_id,actor\n';

const KEYS = 'key_id,store,status\nK-1,vault-kv,active\nK-2,Kong,active\n';

function periodOf(from: string, to: string): Coverage['period'] {
  return { fromMs: Date.parse(from), toMs: Date.parse(to), basis: 'records' };
}

/** Coverage by file, of the files that speak for anything. */
async function coverageOf(
  content: { [path: string]: string },
  sources: SourceSpec[] = [],
): Promise<{ [path: string]: Coverage[] }> {
  const { files } = await readFolder(content, { sources }, (plan: AuditPlan) => inspect(plan));
  const speaking = files.filter(({ coverage }: InputFile) => coverage.length > 0);
  return Object.fromEntries(speaking.map(({ path, coverage }: InputFile) => [path, coverage]));
}

describe('what a file states itself', () => {
  it('is the stores of its keys, and the time from the first event of a log to the last', async () => {
    const events = `${HEADER}e1,2026-09-02T10:00:00Z,use,call,K-1,svc\ne2,2026-09-01T10:00:00Z,use,call,K-1,svc\n`;
    expect(await coverageOf({ 'keys.csv': KEYS, 'events.csv': events })).toEqual({
      'keys.csv': [{ ...NOTHING_STATED, kind: 'keys', records: 2, systems: ['kong', 'vault-kv'] }],
      'events.csv': [
        {
          ...NOTHING_STATED,
          kind: 'events',
          records: 2,
          period: {
            fromMs: Date.parse('2026-09-01T10:00:00Z'),
            toMs: Date.parse('2026-09-02T10:00:00Z'),
            basis: 'records',
          },
        },
      ],
    });
  });

  it('is nothing for a log that holds a header only', async () => {
    expect(await coverageOf({ 'events.csv': HEADER })).toEqual({
      'events.csv': [{ ...NOTHING_STATED, kind: 'events', records: 0 }],
    });
  });

  it('is the account and Region that the name of a CloudTrail file has, and those of its events', async () => {
    const event = {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'DescribeRegions',
      eventTime: '2026-08-14T12:22:01Z',
      recipientAccountId: '111122223333',
      awsRegion: 'us-east-1',
    };
    const name = '111122223333_CloudTrail_eu-west-1_20260814T1230Z_cD4eF6gH8jK0lM2n.json';
    const scope = {
      systems: ['aws-iam', 'aws-sm'],
      accounts: ['111122223333/eu-west-1', '111122223333/us-east-1'],
    };
    expect(await coverageOf({ [name]: JSON.stringify({ Records: [event] }) })).toEqual({
      [name]: [
        { ...NOTHING_STATED, kind: 'events', records: 0, ...scope },
        { ...NOTHING_STATED, kind: 'rotations', records: 0, ...scope },
      ],
    });
  });

  it('is the time of all entries of a log, also those about no credential, for rotations too', async () => {
    const entry = (eventTime: string, eventSource: string, eventName: string) => ({
      eventVersion: '1.11',
      eventID: eventTime,
      requestID: eventTime,
      responseElements: null,
      eventType: 'AwsApiCall',
      eventTime,
      eventSource,
      eventName,
      awsRegion: 'eu-west-1',
      recipientAccountId: '111122223333',
      requestParameters: { secretId: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:relay-AbCdEf' },
    });
    const Records = [
      entry('2026-07-01T00:10:00Z', 'ec2.amazonaws.com', 'DescribeRegions'),
      entry('2026-07-20T08:00:00Z', 'secretsmanager.amazonaws.com', 'GetSecretValue'),
      entry('2026-08-15T08:00:00Z', 'secretsmanager.amazonaws.com', 'PutSecretValue'),
      entry('2026-09-30T23:50:00Z', 'ec2.amazonaws.com', 'DescribeRegions'),
    ];
    const reads = Records.filter(({ eventName }) => eventName !== 'PutSecretValue');
    const coverage = await coverageOf({
      'trail.json': JSON.stringify({ Records }),
      'reads.json': JSON.stringify({ Records: reads }),
    });
    const periods = (file: string) => coverage[file]?.map(({ kind, period }) => [kind, period]);
    const period = periodOf('2026-07-01T00:10:00Z', '2026-09-30T23:50:00Z');
    expect(periods('trail.json')).toEqual([
      ['events', period],
      ['rotations', period],
    ]);
    // It may have been exported without rotations.
    expect(periods('reads.json')).toEqual([
      ['events', period],
      ['rotations', null],
    ]);
  });

  it('has a gap for each credential whose columns an IAM credential report lacks', async () => {
    const report = [
      'user,arn,user_creation_time,password_enabled,access_key_1_active,access_key_1_last_rotated,access_key_2_active,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated',
      'relay,arn:aws:iam::111122223333:user/relay,2025-01-01T08:00:00Z,false,true,2025-01-02T08:00:00Z,false,false,N/A,false,N/A',
    ].join('\n');
    const [keys, principals] = (await coverageOf({ 'report.csv': report }))['report.csv'] ?? [];
    expect(keys?.gaps).toEqual([
      'report.csv lacks columns of access_key_2, so that a user may have one that it does not state',
    ]);
    expect(principals?.gaps).toEqual([]);
  });

  it('is the repository that an empty report of gitleaks is named for', async () => {
    expect(await coverageOf({ 'gitleaks/ledger-core.json': '[]' })).toEqual({
      'gitleaks/ledger-core.json': [
        { ...NOTHING_STATED, kind: 'secret_findings', records: 0, systems: ['ledger-core'] },
      ],
    });
  });
});

describe('what may be missing', () => {
  const gaps = async (content: { [path: string]: string }) =>
    Object.values(await coverageOf(content)).flatMap((all) => all.flatMap((one) => one.gaps));

  it('is named for a page that has a next one, whatever the case of its token', async () => {
    const page = { events: [], searchedLogStreams: [], nextToken: 'Bxkq6kVGFtq2y' };
    expect(await gaps({ 'events.json': JSON.stringify(page) })).toEqual([
      'events.json continues in a file that was not supplied',
      'events.json continues in a file that was not supplied',
    ]);
    expect(
      await gaps({ 'keys.json': JSON.stringify({ keys: [{ key_id: 'K-1' }], IsTruncated: true }) }),
    ).toEqual(['keys.json continues in a file that was not supplied']);
  });

  it('is named for rejected records, and for values by which records are found', async () => {
    expect(await gaps({ 'grants.csv': 'principal_id,key_id,action\nanna,,read\n,K-1,read\n' })).toEqual([
      '2 records were rejected in grants.csv',
    ]);
    const events = `${HEADER.trim()},latency_ms\ne1,31 Feb,use,call,K-1,svc,soon\n`;
    expect(await gaps({ 'events.csv': events })).toEqual([
      '1 value that joins or dates a record could not be read, or is missing, in events.csv',
    ]);
  });

  it('is named for an event and a step of a rotation that state no date, whatever key they name', async () => {
    const undated = `${HEADER}e1,,use,call,K-1,svc\ne2,2026-09-01T10:00:00Z,use,call,K-1,svc\n`;
    const steps = 'rotation_id,key_id,step,at\nr1,K-1,rotated,\n';
    expect(await gaps({ 'events.csv': undated, 'rotations.csv': steps })).toEqual([
      '1 value that joins or dates a record could not be read, or is missing, in events.csv',
      '1 value that joins or dates a record could not be read, or is missing, in rotations.csv',
    ]);
  });

  it('is everything after the place where a file breaks off', async () => {
    expect(await gaps({ 'keys.json': '{"keys":[{"key_id":"K-1","status":"active"},{"key_' })).toEqual([
      'keys.json could not be read to its end',
    ]);
  });
});

describe('what is stated', () => {
  const EXTRACTS = 'file,system,query,record_count,covers_from,covers_to';

  it('in keyproof.yaml stands before what the records show', async () => {
    const covers = {
      systems: ['Kong'],
      accounts: ['111122223333'],
      period: { from: '2026-07-01', to: '2026-09-30' },
      complete: true,
    };
    const sources = [{ path: 'events.csv', covers }];
    expect(await coverageOf({ 'events.csv': HEADER }, sources)).toEqual({
      'events.csv': [
        {
          kind: 'events',
          records: 0,
          systems: ['kong'],
          accounts: ['111122223333'],
          period: {
            fromMs: Date.parse('2026-07-01'),
            toMs: Date.parse('2026-09-30T23:59:59.999Z'),
            basis: 'stated',
          },
          completeBy: 'keyproof.yaml',
          gaps: [],
        },
      ],
    });
  });

  it('in a register of extracts is the period, and that the file is complete if query and count are there', async () => {
    const extracts = `${EXTRACTS}
events.csv,Log platform,everything,0,2026-07-01T00:00:00Z,2026-09-30T23:59:59Z
keys.csv,Vault,,2,,
`;
    const { 'events.csv': events, 'keys.csv': keys } = await coverageOf({
      'keys.csv': KEYS,
      'events.csv': HEADER,
      'extracts.csv': extracts,
    });
    expect(events).toEqual([
      {
        ...NOTHING_STATED,
        kind: 'events',
        records: 0,
        period: {
          fromMs: Date.parse('2026-07-01'),
          toMs: Date.parse('2026-09-30T23:59:59Z'),
          basis: 'stated',
        },
        completeBy: 'extracts',
      },
    ]);
    expect(keys?.[0]?.completeBy).toBeNull();
  });

  it.each([
    ['keyproof.yaml', [{ path: 'keys.csv', covers: { systems: ['kong'], complete: true } }], ''],
    ['a register of extracts', [], 'keys.csv,Vault,all,2,,\n'],
  ])('in %s holds although a copy of the file comes first by name', async (_by, sources, row) => {
    const files = {
      'keys.csv': KEYS,
      'copy of keys.csv': KEYS,
      'extracts.csv': `${EXTRACTS}\n${row}other.csv,Other,all,0,,\n`,
    };
    const { 'copy of keys.csv': copy, 'keys.csv': keys } = await coverageOf(files, sources);
    expect([copy, keys?.[0]?.completeBy]).toEqual([undefined, row === '' ? 'keyproof.yaml' : 'extracts']);
  });

  it('in a register of extracts and does not hold is a gap', async () => {
    const files = { 'keys.csv': KEYS, 'extracts.csv': `${EXTRACTS}\nkeys.csv,Vault,all,3,,\n` };
    const { 'keys.csv': keys } = await coverageOf(files);
    expect(keys?.[0]?.gaps).toEqual(['keys.csv holds 2 records, the register of extracts says 3']);
  });

  it('in a register of extracts and is not there is absent, of the kinds that its system gives', async () => {
    const extracts = `${EXTRACTS}
july.csv,Log platform,everything,1,,
august.csv,log platform ,everything,1,,
people.csv,Directory,all,1,,
`;
    const july = `${HEADER}e1,2026-07-01T10:00:00Z,use,call,K-1,svc\n`;
    let absent: unknown;
    await readFolder({ 'july.csv': july, 'extracts.csv': extracts }, {}, async (plan: AuditPlan) => {
      const read = await inspect(plan);
      absent = read.absent;
      return read;
    });
    expect(absent).toEqual([
      { file: 'august.csv', namedBy: 'extracts', kinds: ['events'] },
      { file: 'people.csv', namedBy: 'extracts', kinds: null },
    ]);
  });

  it('in a register of extracts and is not used is absent too, but for a copy and for an archive whose files are read', async () => {
    const extracts = `${EXTRACTS}\n${['notes.txt', 'ignored.csv', 'a copy.csv', 'q3.zip', 'july.csv'].map((name) => `${name},,everything,1,,\n`).join('')}`;
    const log = (id: string) => `${HEADER}${id},2026-07-01T10:00:00Z,use,call,K-1,svc\n`;
    const content = {
      'notes.txt': 'Hello.',
      'ignored.csv': log('e3'),
      'a copy.csv': log('e1'),
      'july.csv': log('e1'),
      'q3.zip': zipOf([{ name: 'august.csv', content: Buffer.from(log('e2')) }]),
      'extracts.csv': extracts,
    };
    let absent: unknown;
    await readFolder(content, { ignore: ['ignored.csv'] }, async (plan: AuditPlan) => {
      const read = await inspect(plan);
      absent = read.absent;
      return read;
    });
    const unused = { unused: true, namedBy: 'extracts', kinds: null };
    expect(absent).toEqual([
      { file: 'notes.txt', ...unused },
      { file: 'ignored.csv', ...unused },
    ]);
  });
});

describe('a file that is read in part, or not at all', () => {
  const FINDING = {
    RuleID: 'generic-api-key',
    Description: 'Generic API Key',
    File: 'web/public/app.js',
    StartLine: 4,
    Commit: '4f1c2a9b7d',
    Secret: 'REDACTED',
    Fingerprint: '4f1c2a9b7d:web/public/app.js:generic-api-key:4',
  };
  const without = (name: string) =>
    JSON.stringify([Object.fromEntries(Object.entries(FINDING).filter(([member]) => member !== name))]);
  const gapsOf = async (path: string, text: string) =>
    Object.values(await coverageOf({ [path]: text })).flatMap((all) =>
      all.map(({ kind, gaps }) => [kind, gaps]),
    );

  it('may hold what the format holds that it most likely has', async () => {
    const gap = ['report.json was not recognised and may hold such records'];
    expect(await gapsOf('report.json', JSON.stringify([FINDING]))).toEqual([['secret_findings', []]]);
    expect(await gapsOf('report.json', without('RuleID'))).toEqual([['secret_findings', gap]]);
    expect(await gapsOf('report.json', without('File'))).toEqual([['secret_findings', gap]]);
    const alert = { number: 1, state: 'open', resolution: null, secret_type: 'aws', locations_url: 'u' };
    expect(await gapsOf('report.json', JSON.stringify([{ ...alert, secret_type: undefined }]))).toEqual([
      ['secret_findings', gap],
    ]);
  });

  it('is not in question if it has little of any format', async () => {
    expect(await gapsOf('package.json', '{"name": "shop", "version": "1.0.0", "state": "open"}')).toEqual([]);
  });

  it('lacks which key a finding is of if the secret is missing', async () => {
    const gap = ['report.json has findings without the secret, which may be any key'];
    expect(await gapsOf('report.json', without('Secret'))).toEqual([['secret_findings', gap]]);
  });

  it.each([
    [
      'Google',
      {
        protoPayload: {
          '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
          serviceName: 'secretmanager.googleapis.com',
          methodName: 'google.cloud.secretmanager.v1.SecretManagerService.AddSecretVersion',
          status: {},
          authorizationInfo: [{ granted: true }],
        },
        insertId: '1x2y3z',
        timestamp: '2026-08-14T12:22:01Z',
      },
    ],
    [
      'Azure',
      {
        time: '2026-08-14T12:22:01Z',
        category: 'AuditEvent',
        operationName: 'SecretSet',
        resourceId: '/SUBSCRIPTIONS/1/RESOURCEGROUPS/NB/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/NB-PROD-KV',
        resultType: 'Success',
        properties: { httpStatusCode: 200 },
      },
    ],
    [
      'Okta',
      {
        uuid: '5d3f8a10-9f0e-11ef-8000-1f2e3d4c5b6a',
        published: '2026-08-14T12:22:01Z',
        eventType: 'system.api_token.create',
        actor: { id: '00u1', type: 'User', alternateId: 'moss@northbridge.example' },
        outcome: { result: 'SUCCESS' },
      },
    ],
    [
      'GitHub',
      {
        '@timestamp': 1786710121000,
        action: 'org.update_actions_secret',
        actor: 'moss',
        _document_id: 'a1',
      },
    ],
  ])('lacks a step of a rotation if an entry of the log of %s does not name the key', async (_, entry) => {
    const found = await gapsOf('log.json', JSON.stringify([entry]));
    expect(found.filter(([kind]) => kind === 'rotations')).toEqual([
      [
        'rotations',
        [
          'log.json holds calls that make, replace or revoke a secret without stating which, or whether they succeeded',
        ],
      ],
    ]);
  });

  it('lacks a step of a rotation if a call does not state its key, or whether it succeeded', async () => {
    const event = {
      eventVersion: '1.09',
      eventID: '0f5d1b1e-6d0c-4c39-9f5f-1f6d0a8c2b11',
      eventType: 'AwsServiceEvent',
      awsRegion: 'eu-central-1',
      eventSource: 'secretsmanager.amazonaws.com',
      eventName: 'RotationSucceeded',
      eventTime: '2026-08-14T12:22:01Z',
      recipientAccountId: '111122223333',
      additionalEventData: { SecretId: 'prod/checkout' },
    };
    const rotationsOf = async (value: object) =>
      (await gapsOf('trail.json', JSON.stringify({ Records: [value] }))).filter(
        ([kind]) => kind === 'rotations',
      );
    const gap =
      'trail.json holds calls that make, replace or revoke a secret without stating which, or whether they succeeded';
    expect(await rotationsOf(event)).toEqual([['rotations', []]]);
    expect(await rotationsOf({ ...event, eventID: undefined })).toEqual([['rotations', [gap]]]);
    expect(await rotationsOf({ ...event, additionalEventData: undefined })).toEqual([['rotations', [gap]]]);
    expect(await rotationsOf({ ...event, eventID: undefined, errorCode: 'AccessDenied' })).toEqual([
      ['rotations', []],
    ]);
  });
});
