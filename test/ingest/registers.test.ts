import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inspect } from '../../src/ingest/index.js';
import { type Proposal, proposeSources } from '../../src/ingest/proposal/propose-source.js';
import type { AuditPlan, SourceSpec } from '../../src/model/index.js';
import { type Read, readFolder, type Written } from './folder.js';
import { planFromConfig } from './plan-from-config.js';

const known = (day: string, tolerance_ms = 86_399_999) => ({
  state: 'known',
  ms: Date.parse(`${day}T00:00:00Z`),
  tolerance_ms,
});
const rows = (...lines: string[]): string => `${lines.join('\n')}\n`;
const source = (spec: Partial<SourceSpec>, path: string): Partial<AuditPlan> => ({
  sources: [{ path, ...spec }],
});
/** Canonical records without where they come from. */
const plain = (records: Written[] = []) =>
  records.map(({ source: _, stated_by: __, unclear: ___, ...record }) => record);
const unread = ({ file }: Read) =>
  file.unreadable.map(({ record, field, reason }) => `${record} ${field}: ${reason}`);

describe('a register kept in a spreadsheet', () => {
  const REGISTER = rows(
    'Northbridge Bank - credential register,,,,,',
    '"State of 30/09/2026, kept by Card Operations",,,,,',
    ',,,,,',
    'Key Name,Env,Owner,Created,Last rotated,Status',
    'PRODUCTION,,,,,',
    'gate-1,PROD,Cards IT,12/01/2024,15/09/2026,Live',
    'gate-2,PROD,Cards IT,2023-05-30,03/04/2026,Live',
    'fx-1,PROD,TBD,Jan-24,n/a,Retired in 2025',
    'Total keys,3,,,,',
    '* shared with the processor,,,,,',
  );
  const spec = source({ kind: 'keys', columns: { key_id: 'Key Name' } }, 'register.csv');

  it('finds the header, leaves out what is no key and loses no key for a bad cell', async () => {
    const read = await readFolder({ 'register.csv': REGISTER }, spec);
    expect(plain(read.records.keys)).toEqual([
      {
        key_id: 'gate-1',
        environment: 'production',
        owner: 'Cards IT',
        status: 'active',
        last_rotated: known('2026-09-15'),
      },
      {
        key_id: 'gate-2',
        environment: 'production',
        owner: 'Cards IT',
        status: 'active',
        created: known('2023-05-30'),
        last_rotated: known('2026-04-03'),
      },
      {
        key_id: 'fx-1',
        environment: 'production',
        owner: '',
        last_rotated: { state: 'not-tracked', ms: null, tolerance_ms: 0 },
      },
    ]);
    expect(read.file).toMatchObject({ records: 3, rejected: 0, unreadableFields: 3 });
    expect(read.file.skipped).toEqual({
      'heading or footnote: a row with one cell': 2,
      'title above the header': 2,
      'totals row': 1,
    });
    expect(read.file.decisions).toEqual([
      'column "Last rotated": the day stands before the month, because of "15/09/2026" (row 6)',
      'row 4 holds the column names',
      'environment: "PROD" is read as production',
      'status: "Live" is read as active',
      'left out as no record (title above the header): row 1 "Northbridge Bank - credential register", row 2 "State of 30/09/2026, kept by Card Operations"',
      'left out as no record (heading or footnote: a row with one cell): row 5 "PRODUCTION", row 10 "* shared with the processor"',
      'left out as no record (totals row): row 9 "Total keys"',
    ]);
    expect(unread(read)).toEqual([
      'row 6 created: "12/01/2024" is not a date: day and month cannot be told apart; write it as YYYY-MM-DD, or state dates: dmy or mdy in keyproof.yaml (column "Created")',
      'row 8 status: "Retired in 2025" is not one of active, inactive, revoked, expired, pending-deletion, destroyed (column "Status")',
      'row 8 created: "Jan-24" is not a date: expected YYYY-MM-DD or an ISO date-time such as 2026-09-30T14:05:00Z (column "Created")',
    ]);
    expect(read.records.keys?.map(({ source: place }) => place.record)).toEqual(['row 6', 'row 7', 'row 8']);
  });

  it('reads by the settings of keyproof.yaml: order of dates, day numbers, header, words, decimals', async () => {
    const text = rows(
      'Liste;;;;',
      'Schlüssel;Umgebung;Stufe;Erneuert;Alle (Tage)',
      'k1;P;1;03/04/26;1.095',
      'k2;Abnahme;2;45931;90',
    );
    const read = await readFolder(
      { 'liste.csv': text },
      source(
        {
          kind: 'keys',
          header: 2,
          dates: 'dmy',
          dayNumbers: 1900,
          decimals: 'comma',
          columns: {
            key_id: 'Schlüssel',
            environment: 'Umgebung',
            risk_tier: 'Stufe',
            last_rotated: 'Erneuert',
            rotation_interval_days: 'Alle (Tage)',
          },
          values: { environment: { p: 'production' }, risk_tier: { '1': 'critical', '2': 'high' } },
        },
        'liste.csv',
      ),
    );
    expect(unread(read)).toEqual([]);
    expect(plain(read.records.keys)).toEqual([
      {
        key_id: 'k1',
        environment: 'production',
        risk_tier: 'critical',
        last_rotated: known('2026-04-03'),
        rotation_interval_days: 1095,
      },
      {
        key_id: 'k2',
        environment: 'staging',
        risk_tier: 'high',
        last_rotated: known('2025-10-01'),
        rotation_interval_days: 90,
      },
    ]);
    expect(read.file.decisions).toContain('risk_tier: "1" is read as critical');
  });

  it.each([
    [{ tier: { a: 'high' } }, 'maps words of "tier", which is no field of keys'],
    [{ risk_tier: { a: 'urgent' } }, 'maps the word "a" of risk_tier wrongly: "urgent" is not one of'],
  ])('says what is wrong with the words %j', async (values, sentence) => {
    const { file } = await readFolder(
      { 'keys.csv': 'key_id,name,owner\nk1,a,o\n' },
      source({ kind: 'keys', values }, 'keys.csv'),
    );
    expect(file.state).toBe('unreadable');
    expect(file.warnings.join()).toContain(sentence);
  });

  it('has no totals among its records, however few its columns', async () => {
    const read = await readFolder({
      'keys.csv': rows('key_id;owner;created', 'k-1;ines;2026-01-05', 'total-api;;', 'Summe;;', 'Total: ;2;'),
    });
    expect(read.records.keys?.map(({ key_id }) => key_id)).toEqual(['k-1', 'total-api']);
    expect(read.file.skipped).toEqual({ 'totals row': 2 });
  });

  it('keeps a row that has nothing but what may be an id', async () => {
    const { records } = await readFolder({
      'keys.csv': rows('key_id,name,owner,environment', 'pay-1,a,o,prod', 'pay-2,,,', 'UAT,,,'),
    });
    expect(records.keys?.map((key) => key['key_id'])).toEqual(['pay-1', 'pay-2']);
  });

  it('decides nothing from values that contradict each other, and says so', async () => {
    const read = await readFolder({
      'keys.csv': rows(
        'key_id,name,owner,created',
        'k1,a,o,15/09/2026',
        'k2,a,o,9/30/2026',
        'k3,a,o,03/04/2026',
      ),
    });
    expect(read.records.keys?.map((key) => key['created'])).toEqual([
      known('2026-09-15'),
      known('2026-09-30'),
      undefined,
    ]);
    expect(unread(read)).toEqual([
      'row 4 created: "03/04/2026" is not a date: day and month cannot be told apart, because the column has "15/09/2026" (row 2) and "9/30/2026" (row 3); write it as YYYY-MM-DD',
    ]);
    expect(read.file.decisions[0]).toContain('contradict each other');
  });

  it('takes the order of a column from no other column, and finds it in JSON too', async () => {
    const text = JSON.stringify([
      { key_id: 'k1', name: 'a', dates: { created: '9/30/2025', rotated: '03/04/2026' } },
      { key_id: 'k2', name: 'a', dates: { created: '03/04/2025', rotated: '04/05/2026' } },
    ]);
    const columns = { key_id: 'key_id', created: 'dates.created', last_rotated: 'dates.rotated' };
    const read = await readFolder({ 'k.json': text }, source({ kind: 'keys', columns }, 'k.json'));
    expect(plain(read.records.keys)).toEqual([
      { key_id: 'k1', name: 'a', created: known('2025-09-30') },
      { key_id: 'k2', name: 'a', created: known('2025-03-04') },
    ]);
    expect(read.file.unreadableFields).toBe(2);
  });

  it('takes dashes and placeholders in tickets and owners for none', async () => {
    const cells = ['--', '—', 'TBD', '???', '..............', 'n.a.', 'k.A.', 'CHG0040001'];
    const { records } = await readFolder({
      'rotations.csv': rows(
        'key_id,step,at,actor,ticket',
        ...cells.map((cell) => `k1,rotated,2026-05-01T08:00:00Z,${cell},${cell}`),
      ),
    });
    expect(records.rotations?.map((rotation) => [rotation['actor'], rotation['ticket']])).toEqual([
      ['', ''],
      ['', ''],
      ['', ''],
      ['', ''],
      ['', ''],
      [undefined, undefined],
      [undefined, undefined],
      ['CHG0040001', 'CHG0040001'],
    ]);
  });
});

describe('a table written by a program', () => {
  it.each([
    ['a type line', '#TYPE System.Object\r\n"key_id","name","owner"\r\n"k1","a","o"\r\n', ['row 3']],
    ['a blank first line', '\r\nkey_id;name;owner\r\nk1;a;o\r\n', ['row 3']],
    ['sep= in quotes', '"sep=;"\r\nkey_id;name;owner\r\nk1;a;o\r\n', ['row 2']],
    ['sep= and CR', 'sep=;\rkey_id;name;owner\rk1;a;o\r', ['row 2']],
    ['LF rows below a CRLF header', 'key_id,name,owner\r\nk1,a,o\nk2,b,o\n', ['row 2', 'row 3']],
    ['one LF among CRLF', 'key_id,name,owner\r\nk1,a,o\nk2,b,o\r\nk3,c,o\r\n', ['row 2', 'row 3', 'row 4']],
    ['a repeated header', 'key_id,name,owner\nk1,a,o\n\ufeffkey_id,name,owner\nk2,b,o\n', ['row 2', 'row 4']],
    ['a header in two lines', '"key\nid",name,owner\nk1,a,o\n', ['row 2']],
  ])('with %s is read with the right row numbers', async (_, text, places) => {
    const { file, records } = await readFolder({ 'keys.csv': text });
    expect(file).toMatchObject({ state: 'used', rejected: 0 });
    expect(records.keys?.map((key) => key.source.record)).toEqual(places);
  });

  it('with CR line ends is read whatever its size', async () => {
    const lines = Array.from({ length: 3_000 }, (_, n) => `k${n},name ${n},owner@northbridge.example,prod`);
    const { records } = await readFolder({
      'keys.csv': ['key_id,name,owner,environment', ...lines].join('\r'),
    });
    expect(records.keys?.map((key) => key.source.record)).toEqual(lines.map((_, n) => `row ${n + 2}`));
  });

  it('with merge keys of YAML is read with what they stand for', async () => {
    const text = rows(
      'defaults: &live {environment: production, owner: cards, status: active}',
      'keys:',
      '  - <<: *live',
      '    key_id: k1',
      '  - <<: *live',
      '    key_id: k2',
      '    status: revoked',
    );
    const { records } = await readFolder({ 'keys.yaml': text });
    expect(plain(records.keys)).toEqual([
      { key_id: 'k1', environment: 'production', owner: 'cards', status: 'active' },
      { key_id: 'k2', environment: 'production', owner: 'cards', status: 'revoked' },
    ]);
  });

  it.each(['rows', 'value', 'items', 'data', 'results', 'result'])(
    'with its records under %s is read as a list, and a next page is said',
    async (name) => {
      const page = { [name]: [{ key_id: 'k1', name: 'a', owner: 'o' }], nextLink: 'https://x.example/2' };
      const { file, records } = await readFolder({ 'export.json': JSON.stringify(page) });
      expect(plain(records.keys)).toEqual([{ key_id: 'k1', name: 'a', owner: 'o' }]);
      expect(file).toMatchObject({ records: 1, truncated: true });
    },
  );

  it.each([
    [
      'keys.csv',
      '<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>',
      'a web page ("Sign in")',
    ],
    ['keys.json', '{"message":"Unauthorized","code":401}', 'an error message ("Unauthorized")'],
    [
      'keys.csv',
      '\nAn error occurred (AccessDenied) when calling it',
      'an error message ("An error occurred',
    ],
    [
      'report.csv',
      Buffer.from(`user,arn,user_creation_time\n${'svc,arn:aws:iam::1,2026-01-01\n'.repeat(9)}`).toString(
        'base64',
      ),
      'base64 of an IAM credential report',
    ],
    [
      'keys.csv',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n',
      'a pointer of Git LFS is here instead of the export',
    ],
    [
      'keys.yaml',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n',
      'a pointer of Git LFS is here instead of the export',
    ],
    [
      'gitleaks.json',
      '{"$schema":"http://json.schemastore.org/sarif-1.0.0","version":"1.0.0","runs":[]}',
      'SARIF of version 1.0.0, which is not read: write it as SARIF 2.1.0',
    ],
    [
      'secrets.txt',
      `${'-'.repeat(30)}\n|        ListSecrets         |\n+----------------------------+\n`,
      'a table that aws prints for people was saved instead of the export: export again with --output json',
    ],
    [
      'secrets.txt',
      'ContentType    Name    Enabled\n-------------  ------  -------\n',
      'a table that az prints',
    ],
    [
      'secrets.txt',
      '\nVault Name   : nb-pay\nName         : sepa\nVersion      :\nEnabled      : True\nExpires      :\n',
      'a table that PowerShell prints for people was saved instead of the export: export again with | ConvertTo-Json',
    ],
    [
      'api-keys.txt',
      '  Current |   Key   | Description | Owner\n----------+---------+-------------+-------\n',
      'a table that confluent prints for people',
    ],
    ['secrets.txt', 'NAMESPACE   NAME    TYPE     DATA   AGE\n', 'a table that kubectl prints'],
    ['token.txt', 'Key                Value\n---                -----\n', 'a table that vault prints'],
    ['secrets.txt', 'NAME   CREATED   REPLICATION_POLICY   LOCATIONS\n', 'a table that gcloud prints'],
  ])('%s is named for what it is and leaves the run incomplete', async (name, text, sentence) => {
    const { file } = await readFolder({ [name]: text });
    expect(file.state).toBe('unreadable');
    expect(file.warnings).toHaveLength(1);
    expect(file.warnings[0]).toContain(sentence);
  });
});

/** Cases beside the repository; a checkout without them skips the tests on them. */
const CASES = ['../../../shared/', '../../../../shared/']
  .map((path) => fileURLToPath(new URL(`${path}cases/exports/`, import.meta.url)))
  .find(existsSync);

/** Records, rejected records, fields that could not be read, and rows left out, of the files of a case that are read. */
type Counts = {
  [file: string]: readonly [records: number, rejected: number, unreadable: number, skipped: number];
};

describe.skipIf(CASES === undefined)(
  'exports that were read wrongly (shared/cases/exports beside the repository)',
  () => {
    it.each<[string, Counts]>([
      ['05-excel-drops-trailing-separators', { 'key-register.csv': [32, 0, 0, 0] }],
      ['06-powershell-secret-list', { 'secrets.json': [1, 0, 0, 0] }],
      ['06b-powershell7-min-value', { 'secrets.json': [1, 0, 0, 0] }],
      ['09-german-thousands', { 'log-quellen.csv': [3, 0, 4, 0], 'routes.csv': [2, 0, 3, 0] }],
      ['09b-truth', { 'log-quellen.csv': [3, 0, 0, 0], 'routes.csv': [2, 0, 0, 0] }],
      ['10-compact-timestamps', { 'hsm-keys.csv': [5, 0, 8, 0], 'hsm-keys.json': [2, 0, 0, 0] }],
      ['11-yaml-merge-keys', { 'keys.yaml': [3, 0, 0, 0] }],
      ['12-powershell-type-line', { 'keys.csv': [2, 0, 0, 1] }],
      ['12b-type-line-mapped', { 'keys.csv': [2, 0, 0, 1] }],
      ['15-gitleaks-sarif-in-json', { 'gitleaks.json': [1, 0, 0, 0] }],
      ['16-steampipe-rows', { 'secrets.json': [2, 0, 0, 0] }],
      ['17-excel-text-formula-cells', { 'keys.csv': [5, 2, 0, 0], 'rotations.csv': [2, 0, 0, 0] }],
      ['17b-excel-1E15', { 'keys.csv': [2, 2, 0, 0] }],
      ['18-totals-row', { 'keys.csv': [3, 0, 0, 5] }],
      ['21-iam-report-base64', { 'credential-report.csv': [0, 0, 0, 0] }],
      ['21b-iam-report-text-output', { 'credential-report.txt': [0, 0, 0, 0] }],
      [
        '25-gitleaks-v7-repo-dot',
        {
          'gitleaks-northbridge__cards.json': [1, 0, 0, 0],
          'gitleaks-northbridge__payments.json': [1, 0, 0, 0],
        },
      ],
      ['28-mac-excel-cr', { 'keys.csv': [2, 0, 0, 0], 'keys-big.csv': [1200, 0, 0, 0] }],
      [
        '29-mixed-line-ends',
        {
          'keys-crlf-header.csv': [3, 0, 0, 0],
          'keys-lf-header.csv': [2, 0, 0, 0],
          'keys-one-lf.csv': [4, 0, 0, 0],
          'keys-wrapped-header.csv': [2, 0, 0, 0],
        },
      ],
      ['34-months-as-minutes', { 'log_sources.csv': [1, 0, 2, 0], 'routes.csv': [2, 0, 2, 0] }],
      ['35-finnish-month', { 'keys.csv': [3, 0, 2, 0] }],
      [
        '36-error-page-as-export',
        { 'credential-report.csv': [0, 0, 0, 0], 'keys.csv': [0, 0, 0, 0], 'keys.json': [0, 0, 0, 0] },
      ],
      ['r1-register-as-kept', { 'API Key Register Q3 2026.csv': [8, 0, 9, 3] }],
      ['r2-register-cleaned', { 'key-register.csv': [8, 0, 9, 1] }],
      ['r3-german-register', { 'schluesselregister.csv': [4, 0, 1, 0] }],
      ['r4-us-register', { 'keys.csv': [6, 0, 1, 0] }],
      ['r5-intervals-and-people', { 'keys.csv': [5, 0, 4, 0] }],
    ])('%s', async (name, counts) => {
      const { files } = await inspect(planFromConfig(`${CASES}${name}`));
      const seen = files
        .filter(({ state }) => state !== 'not-used')
        .map((file): [string, Counts[string]] => [
          file.path,
          [
            file.records,
            file.rejected,
            file.unreadableFields,
            Object.values(file.skipped).reduce((sum, count) => sum + count, 0),
          ],
        ]);
      expect(Object.fromEntries(seen)).toEqual(counts);
    });

    it.each<[string, string, Counts[string]]>([
      ['r1-register-as-kept', 'API Key Register Q3 2026.csv', [8, 0, 3, 3]],
      ['r2-register-cleaned', 'key-register.csv', [8, 0, 3, 1]],
      ['r3-german-register', 'schluesselregister.csv', [4, 0, 1, 0]],
      ['r4-us-register', 'keys.csv', [6, 0, 1, 0]],
      ['r5-intervals-and-people', 'keys.csv', [5, 0, 4, 0]],
    ])('%s is read by what init --from proposes', async (name, file, counts) => {
      const [proposal] = await proposeSources({ absolute: `${CASES}${name}/${file}`, path: file });
      const { file: read, missing } = proposal as Proposal;
      const skipped = Object.values(read.skipped).reduce((sum, count) => sum + count, 0);
      expect([read.records, read.rejected, read.unreadableFields, skipped]).toEqual(counts);
      expect(missing).toEqual([]);
    });
  },
);
