import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapter as awsSecretsManager } from '../../../src/ingest/adapters/aws/secrets-manager/adapter.js';
import {
  at,
  convertOne,
  readCase,
  readFileWith,
  readTextWith,
  records,
  sampleExport,
} from './read-with-adapter.js';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:';
const secret = (members: object) => ({
  ARN: `${ARN}prod/x-AbCdEf`,
  Name: 'prod/x',
  CreatedDate: '2026-01-01T00:00:00Z',
  ...members,
});
const listed = (...secrets: object[]) => JSON.stringify({ SecretList: secrets });
const readOne = async (members: object) => {
  const reading = await readTextWith(awsSecretsManager, listed(secret(members)), 'secrets.json');
  return { ...reading, key: records(reading, 'keys')[0] };
};

/** What `describe-secret` of CLI v1 prints, run twice into one file: documents one after the other, epoch seconds. */
const DESCRIBED = `{
    "ARN": "arn:aws:secretsmanager:eu-west-1:777788889999:secret:dev/payments/sandbox-key-Dv0001",
    "Name": "dev/payments/sandbox-key",
    "RotationEnabled": false,
    "LastRotatedDate": 1774000000.25,
    "LastChangedDate": 1790000000.5,
    "LastAccessedDate": 1790640000.0,
    "Tags": [{ "Key": "environment", "Value": "dev" }, { "Value": "low", "Key": "tier" }],
    "VersionIdsToStages": { "a1b2c3d4-5678-90ab-cdef-111111111111": ["AWSCURRENT"] },
    "CreatedDate": 1750000000.66
}
{
    "ARN": "arn:aws:secretsmanager:eu-west-1:777788889999:secret:dev/fraud/sandbox-key-Dv0002",
    "Name": "dev/fraud/sandbox-key",
    "VersionIdsToStages": { "a1b2c3d4-5678-90ab-cdef-222222222222": ["AWSCURRENT"] },
    "CreatedDate": 1750000000.66
}
`;

describe('list-secrets of CLI v2', async () => {
  const reading = await readCase(awsSecretsManager, 'aws/secrets-manager', 'list-cli-v2');
  const keys = records(reading, 'keys');
  const byName = (name: string) => keys.find((key) => key.name === name);

  it('is recognised', () => expect(reading.recognised).toEqual({ version: null }));

  it('reads a tagged, rotating secret in full', () => {
    expect(byName('prod/payments/card-processor/api-key')).toEqual({
      key_id: `${ARN}prod/payments/card-processor/api-key-Qz81Lm`,
      aliases: [`${ARN}prod/payments/card-processor/api-key`, 'prod/payments/card-processor/api-key'],
      name: 'prod/payments/card-processor/api-key',
      store: 'aws-sm',
      storage: 'secrets-manager',
      status: 'active',
      created: at('2025-02-02T21:20:45.577Z'),
      last_rotated: at('2026-09-10T02:14:07.557Z'),
      last_used: { ...at('2026-09-29T00:00:00Z'), tolerance_ms: 86_399_999 },
      rotation_enabled: true,
      rotation_interval_days: 28,
      encrypted_at_rest: true,
      encryption_algorithm: 'AES-256',
      kms_key: 'arn:aws:kms:eu-west-1:999988887777:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      kek_location: 'aws-kms:eu-west-1:999988887777',
      dek_location: 'aws-secretsmanager:eu-west-1:111122223333',
      owner: 'ines.ferreira@northbridge.example',
      environment: 'production',
      risk_tier: 'critical',
      purpose: 'Card payments with the processor',
      vendor: 'V-ACQUIRA',
      scopes: ['payments:write', 'refunds:write'],
      approved_scopes: ['payments:write'],
      pci_scope: 'cde',
      icfr_relevant: true,
      personal_data: false,
      fingerprint: '9f86d081884c7d659a2feaa0c55ad015',
      ip_allowlist: ['192.0.2.0/24', '198.51.100.7/32'],
      ticket: 'NB-4711',
      type: 'api-key',
      stated_by: ['environment: tag env', 'owner: tag Owner', 'risk_tier: tag Risk_Tier'],
      source: { file: 'input.json', record: '/SecretList/0' },
    });
  });

  it('does not take a change or a creation for a rotation', () => {
    const key = byName('prod/ledger/db');
    expect(key?.last_rotated).toEqual({ state: 'not-tracked', ms: null, tolerance_ms: 0 });
    expect(key?.rotation_enabled).toBe(false);
    expect(key?.last_used).toEqual({ state: 'never', ms: null, tolerance_ms: 0 });
    expect(key?.kms_key).toBe('alias/aws/secretsmanager');
  });

  it('knows that a secret without an owner tag has no owner, and takes the description for its purpose', () => {
    expect(byName('prod/ledger/db')).toMatchObject({ owner: '', purpose: 'Ledger database password' });
    expect(byName('prod/fraud/webhook')).toMatchObject({ owner: '', purpose: '' });
    expect(byName('prod/old-partner/token')?.owner).toBe('');
  });

  it('calls a rotation that never succeeded never, and says so', () => {
    expect(byName('prod/fraud/webhook')?.last_rotated?.state).toBe('never');
    expect(reading.file.warnings.join()).toContain('never completed a rotation');
  });

  it('uses the schedule and warns where AutomaticallyAfterDays disagrees', () => {
    expect(byName('prod/fraud/webhook')?.rotation_interval_days).toBe(31);
    expect(reading.file.warnings.join()).toContain('"cron(0 4 1 * ? *)" and AutomaticallyAfterDays 90');
    expect(reading.file.warnings.join()).not.toContain('rate(28 days)');
  });

  it('leaves a tag that it cannot read unknown, says so, and does not show what may be a secret', () => {
    const key = byName('prod/fraud/webhook');
    expect(key).not.toHaveProperty('environment');
    expect(key).not.toHaveProperty('fingerprint');
    expect(reading.file.warnings.join()).toContain('Tag environment: "blue" is not one of production');
    expect(JSON.stringify(reading)).not.toContain('maybe-the-value');
  });

  it('marks a secret that is scheduled for deletion', () => {
    expect(byName('prod/old-partner/token')?.status).toBe('pending-deletion');
  });

  it('keeps a replicated secret once, under the ARN of its primary Region', () => {
    expect(keys.filter(({ name }) => name === 'prod/sepa/signing').map((key) => key.key_id)).toEqual([
      `${ARN}prod/sepa/signing-Rep1Ca`,
    ]);
    expect(reading.file.skipped).toEqual({ 'replica of a secret in another Region': 1 });
    expect(byName('prod/sepa/signing')?.last_used?.state).toBe('not-tracked');
  });

  it('keeps a replica whose primary is not in the file', () => {
    expect(byName('prod/swift/token')).toMatchObject({
      key_id: `${ARN}prod/swift/token-Only1X`,
      aliases: expect.arrayContaining([
        'arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/swift/token-Only1X',
      ]),
    });
  });

  it('does not say of a replica where the secret is kept and what wraps it', () => {
    for (const field of ['dek_location', 'kek_location', 'kms_key']) {
      expect(byName('prod/swift/token')).not.toHaveProperty(field);
    }
    expect(byName('prod/swift/token')?.encrypted_at_rest).toBe(true);
  });

  it('leaves owner and purpose unknown where the record carries no tags', () => {
    expect(byName('prod/swift/token')).not.toHaveProperty('owner');
  });

  it('rejects a record without an ARN, and leaves a date that does not exist unknown', () => {
    expect(reading.file.rejects.map(({ record, field }) => [record, field])).toEqual([
      ['/SecretList/7', 'ARN'],
    ]);
    expect(reading.file.unreadable).toMatchObject([{ record: '/SecretList/8', field: 'created' }]);
    expect(reading.file.unreadable[0]?.reason).toContain('2026-02 has no day 31');
  });

  it('says that the export goes on elsewhere', () => {
    expect(reading.file.truncated).toBe(true);
    expect(JSON.stringify(reading)).not.toContain('AQICAHh3');
  });
});

describe('describe-secret', () => {
  it('reads concatenated documents with epoch seconds', async () => {
    const reading = await readTextWith(awsSecretsManager, DESCRIBED, 'described.json');
    expect(reading.recognised).toEqual({ version: null });
    const keys = records(reading, 'keys');
    expect(keys.map(({ source }) => source.record)).toEqual(['doc 1', 'doc 2']);
    expect(keys[0]).toMatchObject({
      environment: 'development',
      risk_tier: 'low',
      created: { state: 'known', ms: 1_750_000_000_660, tolerance_ms: 0 },
      last_rotated: { state: 'known', ms: 1_774_000_000_250, tolerance_ms: 0 },
      last_used: { state: 'known', ms: 1_790_640_000_000, tolerance_ms: 86_399_999 },
      rotation_enabled: false,
    });
    expect(keys[1]).not.toHaveProperty('owner');
  });

  it('reads an array of them, and an array of list pages', async () => {
    const array = await readTextWith(
      awsSecretsManager,
      JSON.stringify([secret({ VersionIdsToStages: {} })]),
      'd.json',
    );
    expect(array.recognised).toEqual({ version: null });
    expect(records(array, 'keys').map(({ source }) => source.record)).toEqual(['/0']);
    const pages = `[{"NextToken":"t","SecretList":[${JSON.stringify(secret({}))}]},{"SecretList":[]}]`;
    const paged = await readTextWith(awsSecretsManager, pages, 'pages.json');
    expect(records(paged, 'keys').map(({ source }) => source.record)).toEqual(['/0/SecretList/0']);
    expect(paged.file.truncated).toBe(true);
  });

  it('does not take list-secret-version-ids or another export for it', async () => {
    const versions = JSON.stringify({ Versions: [], ARN: `${ARN}x-AbCdEf`, Name: 'x' });
    expect((await readTextWith(awsSecretsManager, versions, 'v.json')).recognised).toBeNull();
    const other = JSON.stringify({ ARN: 'arn:aws:kms:eu-west-1:111122223333:key/1', Name: 'x' });
    expect((await readTextWith(awsSecretsManager, other, 'v.json')).recognised).toBeNull();
  });
});

describe('single facts', () => {
  it('claims nothing from absence where fields were selected', async () => {
    const {
      key,
      file: { warnings },
    } = await readOne({ CreatedDate: undefined });
    expect(key?.rotation_enabled).toBeNull();
    expect(key?.last_used?.state).toBe('not-tracked');
    expect(key).not.toHaveProperty('kms_key');
    expect(warnings.join()).toContain('without --query');
  });

  it.each([
    [{ AutomaticallyAfterDays: 30 }, 30],
    [{ AutomaticallyAfterDays: 1, ScheduleExpression: 'rate(4 hours)' }, 4 / 24],
    [{ ScheduleExpression: 'every other day' }, null],
    [{}, null],
  ])('reads the rotation interval of %j', async (RotationRules, days) => {
    const { key } = await readOne({ RotationEnabled: true, RotationRules });
    expect(key?.rotation_interval_days).toBe(days);
  });

  it.each([
    ['unrestricted', []],
    ['10.0.0.0/8', ['10.0.0.0/8']],
    ['', []],
  ])('reads the allow-list tag %j', async (Value, ranges) => {
    const { key } = await readOne({ Tags: [{ Key: 'keyproof:ip-allowlist', Value }] });
    expect(key?.ip_allowlist).toEqual(ranges);
  });

  it('stops listing unreadable tags after twenty', async () => {
    const many = Array.from({ length: 50 }, (_, n) => secret({ Tags: [{ Key: 'env', Value: `blue-${n}` }] }));
    const {
      file: { warnings },
    } = await readTextWith(awsSecretsManager, listed(...many), 'secrets.json');
    expect(warnings.filter((sentence) => !sentence.startsWith('Some secrets lack'))).toHaveLength(21);
  });

  it('knows neither owner nor purpose if the tags are a text', async () => {
    const {
      file: { unreadable },
      key,
    } = await readOne({ Tags: 'owner=me' });
    expect(unreadable).toMatchObject([{ record: '/SecretList/0', field: 'Tags' }]);
    expect([key?.owner, key?.purpose]).toEqual([undefined, undefined]);
  });
});

describe('any JSON', () => {
  const value = fc.dictionary(
    fc.constantFrom('ARN', 'Name', 'Tags', 'CreatedDate', 'RotationRules', 'KmsKeyId'),
    fc.jsonValue(),
  );
  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(value, value.map(secret)), (record) => {
        return convertOne(awsSecretsManager, record).emits.length <= 1;
      }),
    );
  });

  it('never shows a secret value that the record holds', () => {
    const hidden = fc.stringMatching(/^[A-Za-z0-9]{24,40}$/);
    fc.assert(
      fc.property(hidden, (text) => {
        const record = secret({
          SecretString: text,
          SecretBinary: text,
          Tags: [{ Key: 'fingerprint', Value: text }],
        });
        return (
          /^[0-9a-f]+$/i.test(text) || !JSON.stringify(convertOne(awsSecretsManager, record)).includes(text)
        );
      }),
    );
  });
});

describe.skipIf(!existsSync(sampleExport('aws-secretsmanager')))('samples/aws-secretsmanager', () => {
  it.each([
    ['list-secrets.cli-v1-epoch.json', 2],
    ['list-secrets.c7n-rotating.cli-v2-iso.json', 2],
    ['list-secrets.c7n-kms.cli-v1-epoch.json', 4],
    ['list-secrets.cartography.json', 2],
    ['describe-secret.json', 1],
  ])('%s gives %d keys and no reject', async (file, count) => {
    const reading = await readFileWith(awsSecretsManager, sampleExport(`aws-secretsmanager/${file}`));
    expect(reading.recognised).not.toBeNull();
    expect(reading.file.rejects).toEqual([]);
    expect(records(reading, 'keys')).toHaveLength(count);
  });

  it('reads the schedule of a secret that rotates every four hours', async () => {
    const path = sampleExport('aws-secretsmanager/list-secrets.c7n-rotating.cli-v2-iso.json');
    const [key] = records(await readFileWith(awsSecretsManager, path), 'keys');
    expect(key?.rotation_interval_days).toBeCloseTo(1 / 6);
    expect(key?.last_rotated).toEqual(at('2025-11-19T23:04:59.557Z'));
  });

  it('does not take version ids for secrets', async () => {
    const path = sampleExport('aws-secretsmanager/list-secret-version-ids.c7n.json');
    expect((await readFileWith(awsSecretsManager, path)).recognised).toBeNull();
  });
});
