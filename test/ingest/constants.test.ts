import { expect, it } from 'vitest';
import { ingest } from '../../dist/ingest/index.js';
import { readFolder } from './folder.js';

const EVENT = {
  eventSource: 'secretsmanager.amazonaws.com',
  eventName: 'GetSecretValue',
  eventTime: '2026-09-01T10:00:00Z',
  eventID: '6f2a1c3e-0000-4000-a000-000000000001',
  userIdentity: {
    type: 'IAMUser',
    arn: 'arn:aws:iam::111122223333:user/svc-payments',
    userName: 'svc-payments',
  },
  sourceIPAddress: '10.20.0.9',
  requestParameters: { secretId: 'prod/payments-core/api-key' },
};
const TRAIL = { 'trail.json': JSON.stringify({ Records: [EVENT] }) };

const read = (constants: { [field: string]: string }, content: { [path: string]: string } = TRAIL) =>
  readFolder(content, { sources: [{ path: '*', as: 'aws-cloudtrail', constants }] }, ingest);

it('gives the records of a vendor export what keyproof.yaml states for the whole file', async () => {
  const { records } = await read({ environment: 'prod' });
  expect(records.events?.[0]).toMatchObject({ environment: 'production', source_ip: '10.20.0.9' });
});

it('never overrides what the record itself says', async () => {
  const { records } = await read({ source_ip: '192.0.2.1', workload: 'batch' });
  expect(records.events?.[0]).toMatchObject({ source_ip: '10.20.0.9', workload: 'batch' });
});

it('refuses a constant that no record of the export has, and names the nearest', async () => {
  const { file } = await read({ enviroment: 'production' });
  expect(file.state).toBe('unreadable');
  expect(file.warnings.join(' ')).toMatch(/"enviroment".*no field of events or rotations.*"?environment"?/);
});

it('refuses a constant that cannot be read', async () => {
  const { file } = await read({ environment: 'mars' });
  expect(file.state).toBe('unreadable');
  expect(file.warnings.join(' ')).toMatch(/environment a constant that is wrong.*mars/);
});

it('reads a constant by the kind of record of the file, where kinds have fields of one name', async () => {
  const people = { 'people.csv': 'principal_id,status\nada,active\n' };
  const stated = { sources: [{ path: '*', kind: 'principals' as const, constants: { kind: 'human' } }] };
  const { records, file } = await readFolder(people, stated, ingest);
  expect(file.warnings).toEqual([]);
  expect(records.principals?.[0]).toMatchObject({ principal_id: 'ada', kind: 'human' });
});

it('gives a constant to the kinds of one file that can hold it', async () => {
  const mixed = {
    'mixed.json': JSON.stringify({
      keys: [{ key_id: 'k-1' }],
      changes: [{ change_id: 'C-1', title: 'x' }],
    }),
  };
  const stated = { sources: [{ path: '*', as: 'canonical', constants: { status: 'implemented' } }] };
  const { records } = await readFolder(mixed, stated, ingest);
  expect(records.changes?.[0]).toMatchObject({ status: 'implemented' });
  expect(records.keys?.[0]?.status ?? null).toBeNull();
});
