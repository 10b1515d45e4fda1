import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapter as gitleaks } from '../../../src/ingest/adapters/gitleaks/report/adapter.js';
import { repositoryFromLink, repositoryFromPath } from '../../../src/ingest/findings/repository.js';
import {
  at,
  caseInput,
  convertOne,
  readCase,
  readFileWith,
  readTextWith,
  records,
  sampleExport,
} from './read-with-adapter.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const COMMIT = '69235ea9ea4d59e18e2cc3c295526de46aa1365c';
const v8 = caseInput('gitleaks/report', 'v8');

describe('a version 8 report', async () => {
  const reading = await readCase(gitleaks, 'gitleaks/report', 'v8');
  const findings = records(reading, 'secret_findings');

  it('is recognised', () => expect(reading.recognised).toEqual({ version: '8' }));

  it('reads a finding in full; a test path does not suppress it', () => {
    expect(findings[0]).toEqual({
      finding_id: `${COMMIT}:test/fixtures/client.ts:generic-api-key:21`,
      repository_id: 'northbridge/payments-api',
      rule: 'generic-api-key',
      path: 'test/fixtures/client.ts',
      line: 21,
      column: 10,
      commit: COMMIT,
      secret_sha256: sha256('nb-fictional-0001-value'),
      first_seen: at('2026-09-16T18:17:59Z'),
      state: 'open',
      tool: 'gitleaks',
      source: { file: 'gitleaks-northbridge__payments-api.json', record: '/0' },
    });
  });

  it('has no hash of a redacted secret, no date of year 1, and an id of its own where there is no fingerprint', () => {
    expect(findings[1]).toMatchObject({ secret_sha256: null, first_seen: null, commit: null });
    expect(findings[1]?.finding_id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('takes the repository of a link before that of the file, and keeps a finding with a broken date', () => {
    expect(findings[2]).toMatchObject({
      repository_id: 'northbridge/fraud-engine',
      secret_sha256: null,
      commit: null,
      first_seen: null,
    });
    expect(reading.file.warnings).toEqual([
      'Some findings have a date that cannot be read; they are kept without one.',
    ]);
  });

  it('rejects a finding without a file', () => {
    expect(reading.file.rejects).toMatchObject([{ record: '/3', field: 'File' }]);
  });

  it('keeps no secret, author, e-mail or commit message', () => {
    const text = JSON.stringify(reading);
    for (const word of ['fictional', 'Novak', '@northbridge.example', 'add client'])
      expect(text).not.toContain(word);
  });

  it('gives a finding without fingerprint the same id from the same place, another from another repository', async () => {
    const text = readFileSync(v8, 'utf8');
    const id = async (name: string) =>
      records(await readTextWith(gitleaks, text, name), 'secret_findings')[1]?.finding_id;
    expect(await id('old/gitleaks-northbridge__payments-api.json')).toBe(findings[1]?.finding_id);
    expect(await id('gitleaks-other.json')).not.toBe(findings[1]?.finding_id);
  });
});

describe('other shapes', () => {
  it('reads the CSV of version 8, with a line break in a cell and the date of gitleaks’ own tests', async () => {
    const reading = await readCase(gitleaks, 'gitleaks/report', 'v8-csv');
    expect(reading.recognised).toEqual({ version: '8' });
    expect(records(reading, 'secret_findings')).toMatchObject([
      {
        line: 21,
        secret_sha256: sha256('nb-fictional-0003-value'),
        first_seen: { ms: Date.parse('2026-10-19'), tolerance_ms: 86_399_999 },
        source: { record: 'row 2' },
      },
    ]);
    expect(JSON.stringify(reading)).not.toContain('fictional');
  });

  it('says once that nobody told the repository', async () => {
    const reading = await readFileWith(gitleaks, v8, { as: 'scan.json' });
    expect(records(reading, 'secret_findings')[0]?.repository_id).toBeNull();
    expect(reading.file.warnings.filter((warning) => warning.includes('which repository'))).toHaveLength(1);
  });

  it('takes the repository from keyproof.yaml where the finding has no link', async () => {
    const spec = { path: 'scan.json', constants: { repository_id: 'northbridge/ledger' } };
    const reading = await readFileWith(gitleaks, v8, { as: 'scan.json', spec });
    expect(records(reading, 'secret_findings').map((finding) => finding.repository_id)).toEqual([
      'northbridge/ledger',
      'northbridge/ledger',
      'northbridge/fraud-engine',
    ]);
  });

  it('reads version 7', async () => {
    const leak = {
      line: 'token = nb-fictional-0004-value',
      lineNumber: 23,
      offender: 'nb-fictional-0004-value',
      commit: COMMIT,
      repo: 'payments-api',
      repoURL: 'https://git.northbridge.example/northbridge/payments-api.git',
      rule: 'Generic',
      commitMessage: 'x',
      file: 'src/a.ts',
      date: '2021-05-06T07:08:09+02:00',
      tags: 'key, AWS',
    };
    const reading = await readTextWith(gitleaks, JSON.stringify([leak]), 'leaks.json');
    expect(reading.recognised).toEqual({ version: '7' });
    expect(records(reading, 'secret_findings')).toMatchObject([
      {
        repository_id: 'northbridge/payments-api',
        rule: 'Generic',
        path: 'src/a.ts',
        line: 23,
        secret_sha256: sha256('nb-fictional-0004-value'),
        first_seen: at('2021-05-06T05:08:09Z'),
      },
    ]);
    expect(JSON.stringify(reading)).not.toContain('fictional');
  });

  it.each([
    ['[]', 'gitleaks-payments-api.json', { version: '8' }],
    ['[\n]\n', 'scans/gitleaks/payments-api.json', { version: '8' }],
    ['null', 'gitleaks-payments-api.json', { version: '7' }],
    ['[]', 'something.json', null],
    ['[{"ruleId":"x","message":"y"}]', 'gitleaks-payments-api.json', null],
  ])('takes %j in %s for %j', async (text, path, recognised) => {
    const reading = await readTextWith(gitleaks, text, path);
    expect(reading.recognised).toEqual(recognised);
    if (recognised) expect(Object.values(reading.records).flat()).toEqual([]);
  });
});

describe('repository of a report', () => {
  it.each([
    ['gitleaks-payments-api.json', 'payments-api'],
    ['exports/gitleaks_payments-api.json.gz', 'payments-api'],
    ['northbridge__payments-api.gitleaks.json', 'northbridge/payments-api'],
    ['payments-api-gitleaks-report.json', 'payments-api'],
    ['gitleaks-payments-api-report.json', 'payments-api'],
    ['scans/gitleaks/payments-api.json', 'payments-api'],
    ['payments-api/gitleaks-report.json', 'payments-api'],
    ['payments-api/gitleaks.json', 'payments-api'],
    ['gitleaks-2026-09-30.json', null],
    ['gitleaks/report.json', null],
    ['gitleaks-report.json', null],
    ['scan.json', null],
    ['repos/payments-api.json', null],
  ])('%s is of %s', (path, repository) => expect(repositoryFromPath(path)).toBe(repository));

  it.each([
    ['https://github.com/northbridge/payments-api/blob/abc/src/a.ts#L3', 'northbridge/payments-api'],
    ['https://gitlab.com/bank/team/api/-/blob/abc/a.ts', 'bank/team/api'],
    ['https://dev.azure.com/bank/project/_git/api/commit/abc', 'bank/project/api'],
    ['git@github.com:northbridge/payments-api.git', 'northbridge/payments-api'],
    ['https://github.com/', null],
    ['not a link', null],
    ['', null],
  ])('%s points into %s', (link, repository) => expect(repositoryFromLink(link)).toBe(repository));
});

describe('any finding', () => {
  const member = fc.constantFrom(
    'RuleID',
    'File',
    'StartLine',
    'Secret',
    'Date',
    'Link',
    'Fingerprint',
    'offender',
    'file',
  );
  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.dictionary(member, fc.oneof(fc.jsonValue(), fc.string())),
        fc.string(),
        (value, path) => {
          return convertOne(gitleaks, value, path).emits.length <= 1;
        },
      ),
    );
  });

  it('never shows the secret, whichever member a damaged row has it in', () => {
    const hidden = fc.stringMatching(/^[A-Za-z0-9_/+-]{16,60}$/);
    fc.assert(
      fc.property(
        hidden,
        fc.constantFrom('Secret', 'Match', 'Message', 'Date', 'Author', 'StartLine', 'offender', 'line'),
        (secret, name) => {
          const value = { RuleID: 'r', File: 'f', Secret: secret, Match: `x${secret}y`, [name]: secret };
          const converted = convertOne(gitleaks, value, 'gitleaks-a.json');
          return converted.emits.length === 1 && !JSON.stringify(converted).includes(secret);
        },
      ),
    );
  });
});

describe.skipIf(!existsSync(sampleExport('gitleaks')))('samples/gitleaks', () => {
  it.each([
    ['v8.expected.json', '8', 1],
    ['v8.expected.csv', '8', 1],
    ['v8.baseline.json', '8', 2],
    ['v8.many.json', '8', 4],
    ['issue4336.json', '7', 1],
  ])('%s of version %s gives %d findings and no reject', async (file, version, count) => {
    const reading = await readFileWith(gitleaks, sampleExport(`gitleaks/${file}`));
    expect(reading.recognised).toEqual({ version });
    expect(reading.file.rejects).toEqual([]);
    expect(records(reading, 'secret_findings')).toHaveLength(count);
  });

  it('leaves SARIF to others', async () => {
    const path = sampleExport('gitleaks/v8.expected.sarif');
    expect((await readFileWith(gitleaks, path)).recognised).toBeNull();
  });
});
