import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapter as accessReview } from '../../../src/ingest/adapters/access-review/list/adapter.js';
import { parseAccess } from '../../../src/ingest/adapters/access-review/list/entitlement.js';
import {
  at,
  convertOne,
  readCase,
  readFileWith,
  readTextWith,
  records,
  sampleExport,
} from './read-with-adapter.js';

describe('Okta past campaign details', async () => {
  const reading = await readCase(accessReview, 'access-review/list', 'okta');
  const grants = records(reading, 'grants');

  it('is recognised', () => expect(reading.recognised).toEqual({ version: 'okta' }));

  it('gives a grant for each row, without a decision that the export does not have', () => {
    expect(grants[0]).toMatchObject({
      principal_id: 'ines.ferreira@northbridge.example',
      key_id: 'Acquira Gateway',
      action: 'admin',
      reviewer: 'max.brandt@northbridge.example',
      reviewed_at: null,
      decision: null,
      source: { file: 'input.csv', record: 'row 2' },
    });
    expect(grants).toHaveLength(3);
  });

  it('says that the export proves neither decision nor date', () => {
    expect(reading.file.warnings.join()).toContain('no column with the decision');
    expect(reading.file.warnings.join()).toContain('no column with the date');
  });

  it('keeps each person once, under the e-mail address, with the id as another name', () => {
    expect(records(reading, 'principals')).toMatchObject([
      { principal_id: 'ines.ferreira@northbridge.example', aliases: ['00u1'], name: 'Ines Ferreira' },
      { principal_id: 'Novak, Tomas', aliases: [], name: 'Novak, Tomas' },
    ]);
  });

  it('records a review of one’s own access, and a group as a role', () => {
    expect(grants[1]).toMatchObject({
      principal_id: 'ines.ferreira@northbridge.example',
      reviewer: 'ines.ferreira@northbridge.example',
      key_id: 'pay-prod-operators',
      role: 'pay-prod-operators',
      action: null,
    });
    expect(reading.file.warnings.join()).toContain('about groups');
  });

  it('rejects a row without a person', () => {
    expect(reading.file.rejects).toMatchObject([{ record: 'row 5', field: 'reviewItem.principalUserEmail' }]);
  });

  it('reads a decision column where the export has one', async () => {
    const header =
      'campaign.id,reviewItem.principalUserEmail,reviewItem.resourceName,reviewItem.reviewerEmail,reviewItem.decision,reviewItem.decided';
    const row = 'icr7,a@b.example,Gateway,c@b.example';
    const text = `${header}\n${row},APPROVE,2026-08-17T10:00:00Z\n${row},UNREVIEWED,\n${row},REVOKE,2026-08-17T10:00:00Z\n`;
    const found = records(await readTextWith(accessReview, text, 'r.csv'), 'grants');
    expect(found.map(({ decision, reviewed_at }) => [decision, reviewed_at])).toEqual([
      ['keep', at('2026-08-17T10:00:00Z')],
      ['none', null],
      ['revoke', at('2026-08-17T10:00:00Z')],
    ]);
  });
});

describe('a plain list', async () => {
  const reading = await readCase(accessReview, 'access-review/list', 'own-columns');
  const grants = records(reading, 'grants');

  it('is recognised', () => expect(reading.recognised).toEqual({ version: null }));

  it('reads a row in full', () => {
    expect(grants[0]).toEqual({
      principal_id: 'ines.ferreira@northbridge.example',
      key_id: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/payments/key-Qz81Lm',
      action: 'rotate',
      role: null,
      grant_id: null,
      environment: 'production',
      break_glass: null,
      granted_at: null,
      removed_at: null,
      approved_by: null,
      approved_at: null,
      requested_by: null,
      ticket: 'NB-1201',
      known_by_review: true,
      justification: 'still needed',
      reviewer: 'max.brandt@northbridge.example',
      reviewed_at: { ...at('2026-08-17'), tolerance_ms: 86_399_999 },
      decision: 'keep',
      source: { file: 'input.csv', record: 'row 2' },
    });
    expect(grants[1]).toMatchObject({
      key_id: 'prod/ledger/db',
      action: 'read',
      decision: 'revoke',
      reviewed_at: at('2026-08-17T12:05:00Z'),
    });
  });

  it('takes a blank decision for none, also where one reviewed oneself', () => {
    expect(grants[2]).toMatchObject({
      key_id: 'prod/fraud/webhook',
      action: 'admin',
      decision: 'none',
      reviewed_at: null,
    });
    expect(grants[2]?.reviewer).toBe(grants[2]?.principal_id);
  });

  it('rejects a row without a person or an access', () => {
    expect(reading.file.rejects.map(({ record, field }) => [record, field])).toEqual([
      ['row 7', 'User'],
      ['row 8', 'Entitlement'],
    ]);
    expect(grants).toHaveLength(5);
  });

  it('leaves a decision or date that it cannot read unknown, and takes no such decision for none', () => {
    expect(reading.file.unreadable.map(({ record, field }) => [record, field])).toEqual([
      ['row 5', 'decision'],
      ['row 6', 'reviewed_at'],
    ]);
    expect(reading.file.unreadable[0]?.reason).toContain('expected keep, revoke or none');
    expect(reading.file.unreadable[1]?.reason).toContain('cannot be told apart');
    expect(grants.slice(3)).toMatchObject([
      { source: { record: 'row 5' }, decision: null },
      { source: { record: 'row 6' }, decision: 'keep', reviewed_at: null },
    ]);
  });
});

describe('other exports', () => {
  it('reads GMT dates in the order that keyproof.yaml states, and takes AM and PM for no order', async () => {
    const text =
      'Campaign Name,Identity Name,Access Name,Reviewer Name,Decision,Date Completed\nQ3,Ines Ferreira,prod/x (read),Max Brandt,Approved,01/05/2026 09:12 PM GMT\n';
    const unstated = await readTextWith(accessReview, text, 'status.csv');
    expect(unstated.file.unreadable[0]?.reason).toContain('day and month cannot be told apart');
    const spec = { path: 'status.csv', dates: 'mdy' as const };
    const reading = await readTextWith(accessReview, text, 'status.csv', spec);
    expect(records(reading, 'grants')).toMatchObject([
      {
        principal_id: 'Ines Ferreira',
        reviewed_at: at('2026-01-05T21:12:00Z'),
        decision: 'keep',
        action: 'read',
      },
    ]);
  });

  it('says that a campaign description reviews nothing', async () => {
    const text =
      'Campaign ID,Campaign Name,Type,Date of Creation,Deadline\n1,Q3,Manager,01/05/2026 09:12 AM GMT,01/31/2026\n';
    const reading = await readTextWith(accessReview, text, 'campaign.csv');
    expect(reading.recognised).toEqual({ version: 'campaign description' });
    expect(Object.values(reading.records).flat()).toEqual([]);
    expect(reading.file.skipped).toEqual({ 'campaign without reviewed items': 1 });
    expect(reading.file.produced).toEqual({});
    expect(reading.file.warnings.join()).toContain('lists nothing that was reviewed');
  });

  it('uses the columns of keyproof.yaml, by canonical field', async () => {
    const text = 'Wer,Schluessel,Entscheid,Pruefer,Wann\nines,prod/x,keep,max,2026-08-17\n';
    const columns = {
      principal_id: 'Wer',
      key_id: 'Schluessel',
      decision: 'Entscheid',
      reviewer: 'Pruefer',
      reviewed_at: 'Wann',
    };
    const reading = await readTextWith(accessReview, text, 'r.csv', {
      path: 'r.csv',
      as: 'access-review',
      columns,
    });
    expect(records(reading, 'grants')).toMatchObject([
      { principal_id: 'ines', key_id: 'prod/x', decision: 'keep', reviewer: 'max' },
    ]);
    expect(reading.file.warnings).toEqual([]);
  });

  it('refuses a mapping to a column that is not there', async () => {
    const spec = { path: 'r.csv', columns: { decision: 'Entscheid' } };
    const text = 'user,key,reviewer,decision\na,b,c,keep\n';
    const { file, recognised } = await readTextWith(accessReview, text, 'r.csv', spec);
    expect(recognised).not.toBeNull();
    expect(file.state).toBe('unreadable');
    expect(file.warnings.join()).toContain('maps decision to the column "Entscheid", which the file lacks');
  });

  it.each([
    ['principal_id,key_id,action,reviewer,reviewed_at,decision', 'canonical grants'],
    ['key_id,owner,environment,created', 'a key inventory'],
    ['user,entitlement', 'a list without a review'],
    ['reviewer,decision,reviewed at', 'a list without access'],
  ])('does not take %s for a review (%s)', async (header) => {
    expect((await readTextWith(accessReview, `${header}\n1,2,3,4,5,6\n`, 'r.csv')).recognised).toBeNull();
  });
});

describe('parseAccess', () => {
  it.each([
    [null, 'prod/x:read', null, 'prod/x', 'read'],
    [null, 'read:prod/x', null, 'prod/x', 'read'],
    [null, 'Admin of prod/x', null, 'prod/x', 'admin'],
    [null, 'prod/x - rotate', null, 'prod/x', 'rotate'],
    [null, 'prod/x', null, 'prod/x', null],
    [null, 'prod/x:version-2', null, 'prod/x:version-2', null],
    [null, 'prod/x:*', null, 'prod/x', 'admin'],
    ['Gateway', 'api-keys:use', null, 'Gateway', 'use'],
    ['Gateway', 'read', null, 'Gateway', 'read'],
    ['Gateway', 'arn:aws:x:secret:y:read', null, 'arn:aws:x:secret:y', 'read'],
    ['prod/x', null, 'Rotate', 'prod/x', 'rotate'],
    ['prod/x', null, 'superuser', 'prod/x', null],
    ['prod/x', 'constructor', null, 'prod/x', null],
  ])('%j and %j with %j is %s, %s', (resource, entitlement, action, key_id, allowed) => {
    expect(parseAccess(resource, entitlement, action)).toEqual({ key_id, action: allowed });
  });
});

it('never throws on any cell', () => {
  const header = [
    'user',
    'user email',
    'entitlement',
    'resource type',
    'decision',
    'reviewer',
    'reviewed at',
    'env',
    'break-glass',
  ];
  const row = fc.array(
    fc.oneof(fc.string(), fc.constantFrom('keep', '2026-08-17', 'group', '1.2E+15', '#N/A')),
    {
      minLength: header.length,
      maxLength: header.length,
    },
  );
  fc.assert(
    fc.property(row, (cells) => {
      const value = Object.fromEntries(header.map((name, index) => [name, cells[index]]));
      const { emits, rejects } = convertOne(accessReview, value, 'r.csv', header);
      return emits.length > 0 ? rejects.length === 0 : rejects.length > 0;
    }),
  );
});

describe.skipIf(!existsSync(sampleExport('user-access-review')))('samples/user-access-review', () => {
  it('reads both rows of the Okta export', async () => {
    const reading = await readFileWith(
      accessReview,
      sampleExport('user-access-review/okta-past-campaign-details.csv'),
    );
    expect(reading.recognised).toEqual({ version: 'okta' });
    expect(reading.file.rejects).toEqual([]);
    expect(records(reading, 'grants')).toMatchObject([
      { principal_id: 'jane.doe@bank.example', action: 'admin' },
      { principal_id: 'john.doe@bank.example', action: null },
    ]);
  });

  it('recognises the SailPoint composition report as one without reviews', async () => {
    const path = sampleExport('user-access-review/sailpoint-campaign-composition.csv');
    const reading = await readFileWith(accessReview, path);
    expect(reading.recognised).toEqual({ version: 'campaign description' });
    expect(Object.values(reading.records).flat()).toEqual([]);
  });
});
