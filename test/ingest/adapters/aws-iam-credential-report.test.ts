import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapter as awsIamCredentialReport } from '../../../src/ingest/adapters/aws/iam-credential-report/adapter.js';
import {
  at,
  caseInput,
  convertOne,
  readFileWith,
  readTextWith,
  records,
  sampleExport,
} from './read-with-adapter.js';

const USER = 'arn:aws:iam::111122223333:user/';
const report = caseInput('aws/iam-credential-report', 'report');

describe('the CSV report', async () => {
  const reading = await readFileWith(awsIamCredentialReport, report);
  const keys = records(reading, 'keys');
  const principals = records(reading, 'principals');
  const byId = (id: string) => keys.find((key) => key.key_id === id);

  it('is recognised, with 23 columns', () => expect(reading.recognised).toEqual({ version: null }));

  it('gives a key for each credential that exists, and none for those that do not', () => {
    expect(keys.map((key) => [key.source.record, key.key_id?.split(':').pop(), key.status])).toEqual([
      ['row 2', 'root#access_key_1', 'active'],
      ['row 3', 'user/staff/ines.ferreira#access_key_1', 'inactive'],
      ['row 4', 'user/svc-payments-acquira#access_key_1', 'active'],
      ['row 4', 'user/svc-payments-acquira#access_key_2', 'active'],
      ['row 4', 'user/svc-payments-acquira#cert_1', 'active'],
      ['row 7', 'user/maybe#access_key_1', null],
      ['row 8', 'user/baddate#access_key_1', 'active'],
    ]);
  });

  it('reads an access key in full', () => {
    expect(byId(`${USER}svc-payments-acquira#access_key_1`)).toEqual({
      key_id: `${USER}svc-payments-acquira#access_key_1`,
      aliases: ['111122223333/svc-payments-acquira#access_key_1'],
      name: 'svc-payments-acquira access_key_1',
      store: 'aws-iam',
      type: 'access-key',
      status: 'active',
      created: at('2026-08-01T09:00:00Z'),
      last_rotated: at('2026-08-01T09:00:00Z'),
      last_used: at('2026-09-30T07:00:00Z'),
      rotation_enabled: false,
      account_kind: 'application',
      interactive_login_capable: false,
      source: { file: 'input.csv', record: 'row 4' },
    });
  });

  it('keeps the dates of an inactive key, and a use in S3, whose region is N/A', () => {
    expect(byId(`${USER}staff/ines.ferreira#access_key_1`)).toMatchObject({
      status: 'inactive',
      created: at('2024-03-01T09:00:00Z'),
      last_used: at('2025-01-10T09:00:00Z'),
      account_kind: 'user',
      interactive_login_capable: true,
    });
  });

  it('tells never used from not tracked: IAM records use since 2015-04-22', () => {
    expect(byId(`${USER}svc-payments-acquira#access_key_2`)?.last_used?.state).toBe('never');
    expect(byId('arn:aws:iam::111122223333:root#access_key_1')?.last_used?.state).toBe('not-tracked');
  });

  it('does not say when a certificate was used, because the report does not', () => {
    const certificate = byId(`${USER}svc-payments-acquira#cert_1`);
    expect(certificate).toMatchObject({ type: 'certificate', created: at('2025-05-05T09:00:00Z') });
    expect(certificate).not.toHaveProperty('last_used');
  });

  it('gives a principal for every user, also one without keys, and does not say who still works here', () => {
    expect(
      principals.map(({ principal_id, kind, status, aliases }) => [principal_id, kind, status, aliases]),
    ).toEqual([
      ['arn:aws:iam::111122223333:root', 'human', undefined, []],
      [`${USER}staff/ines.ferreira`, 'human', undefined, ['ines.ferreira']],
      [`${USER}svc-payments-acquira`, null, undefined, ['svc-payments-acquira']],
      [`${USER}nobody`, null, undefined, ['nobody']],
      [`${USER}maybe`, null, undefined, ['maybe']],
      [`${USER}baddate`, null, undefined, ['baddate']],
    ]);
  });

  it('rejects a row without an ARN, and leaves what a cell cannot tell unknown', () => {
    expect(reading.file.rejects.map(({ record, field }) => [record, field])).toEqual([['row 6', 'arn']]);
    expect(reading.file.unreadable.map(({ record, field }) => [record, field])).toEqual([
      ['row 7', 'status'],
      ['row 8', 'created'],
      ['row 8', 'last_rotated'],
      ['row 8', 'last_used'],
    ]);
    expect(reading.file.unreadable[1]?.reason).toContain("a spreadsheet's day number");
    expect(byId(`${USER}baddate#access_key_1`)).toMatchObject({ last_rotated: null, last_used: null });
  });

  it('says that it has no date, and that it names credentials it does not list', () => {
    expect(reading.file.warnings.join()).toContain('does not say when it was made');
    expect(reading.file.warnings.join()).toContain('additional_credentials_info');
  });
});

describe('the JSON wrapper', () => {
  const wrap = (csv: string) =>
    JSON.stringify({
      Content: Buffer.from(csv).toString('base64'),
      ReportFormat: 'text/csv',
      GeneratedTime: '2026-09-30T20:11:02+00:00',
    });

  it('gives the same records as the CSV in it, and points into it', async () => {
    const csv = await readFileWith(awsIamCredentialReport, report);
    const json = await readTextWith(
      awsIamCredentialReport,
      wrap(readFileSync(report, 'utf8')),
      'report.json',
    );
    expect(json.recognised).toEqual({ version: null });
    const plain = (found: typeof csv.records) =>
      [found.keys, found.principals].map((list) => list?.map((record) => ({ ...record, source: null })));
    expect(plain(json.records)).toEqual(plain(csv.records));
    expect(json.records.principals?.[0]?.source).toEqual({ file: 'report.json', record: '/Content row 2' });
    expect(json.file.warnings.join()).not.toContain('does not say when it was made');
  });

  it.each(['', '!!!', Buffer.from('user;arn').toString('base64')])('rejects Content %j', (Content) => {
    const { emits, rejects } = convertOne(awsIamCredentialReport, { Content });
    expect(emits).toEqual([]);
    expect(rejects).toMatchObject([{ record: '/0', field: 'Content' }]);
  });
});

it('reads a report without the later columns, and in another order', async () => {
  const csv = `access_key_1_active,access_key_1_last_rotated,user,user_creation_time,arn,password_enabled\ntrue,2026-01-01T00:00:00Z,a,2025-01-01T00:00:00Z,${USER}a,false\n`;
  const reading = await readTextWith(awsIamCredentialReport, csv, 'report.csv');
  expect(reading.recognised).not.toBeNull();
  expect(records(reading, 'keys')).toMatchObject([{ key_id: `${USER}a#access_key_1`, status: 'active' }]);
});

it('never throws on any cell', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('true', 'FALSE', 'N/A', 'no_information', 'not_supported'),
  );
  const row = fc.record(
    {
      user: cell,
      arn: fc.oneof(cell, fc.constant(`${USER}a`)),
      password_enabled: cell,
      access_key_1_active: cell,
      access_key_1_last_rotated: cell,
      access_key_1_last_used_date: cell,
      cert_1_active: fc.jsonValue(),
      Content: fc.oneof(fc.base64String(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(row, (value) => {
      return convertOne(awsIamCredentialReport, value).emits.length <= 5;
    }),
  );
});

describe.skipIf(!existsSync(sampleExport('aws-iam-credential-report')))(
  'samples/aws-iam-credential-report',
  () => {
    it.each([
      ['credential-report.c7n-account.csv'],
      ['credential-report.c7n-two-active-keys.csv'],
      ['get-credential-report.cli-wrapper.json'],
    ])('%s is read without a reject', async (file) => {
      const reading = await readFileWith(
        awsIamCredentialReport,
        sampleExport(`aws-iam-credential-report/${file}`),
      );
      expect(reading.recognised).not.toBeNull();
      expect(reading.file.rejects).toEqual([]);
      expect(records(reading, 'principals').length).toBeGreaterThan(0);
      expect(records(reading, 'keys').every(({ created }) => created?.state === 'known')).toBe(true);
    });

    it('gives both keys of a user with two', async () => {
      const path = sampleExport('aws-iam-credential-report/credential-report.c7n-two-active-keys.csv');
      expect(records(await readFileWith(awsIamCredentialReport, path), 'keys')).toHaveLength(2);
    });
  },
);
