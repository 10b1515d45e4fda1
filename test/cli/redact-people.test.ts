import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { findBrowser } from '../../dist/report/index.js';
import type { Manifest } from '../../src/model/index.js';
import { workbookParts } from '../../src/pack/guard/workbook-parts.js';
import { csvFile } from '../../src/text/csv.js';
import { keyproof } from '../support/cli.js';
import { packOfQuarter } from '../support/small-bank-packs.js';

/** A person for every place in which one can stand; the place is where the name is found if this fails. */
const WHO = {
  ownerOfKey: 'Aldous Quillfeather',
  holder: 'Berenike Vantongeren',
  holderMail: 'b.vantongeren@northbridge.example',
  reviewer: 'c.ostrowicki@northbridge.example',
  approver: 'Dagny Ulvestad',
  requester: 'emeric.palfalvi',
  author: 'Fenella Gruffydd',
  authorMail: 'fenella@gruffydd.example',
  leaver: 'Gwidon Szczepanski',
  ownerOfDocument: 'Hjalmar Bjornebekk',
  approverOfDocument: 'Iphigenie Castellucci',
  signedBy: 'Jorunn Kvalvaag',
  takesPart: 'Kasimir Dworzak',
  asksForWaiver: 'Leocadia Featherstonehaugh',
  approvesWaiver: 'Mordecai Ravnsborg',
  inReason: 'nikodemus@thorvaldsen.example',
  ownerOfRow: 'Ottoline Blackthorne',
  inNotes: 'p.zauberbuhler@northbridge.example',
  setsThreshold: 'qvortrup',
  rotates: 'Rosamunde Eichendorff',
  decidesScope: 'Tancred Wolkenstein',
  inFileName: 'Sixten Haraldsen',
};

const KEY = 'fictional key of a test of redaction';
const hasBrowser = await findBrowser().then(
  () => true,
  () => false,
);
const FORMATS = ['html', 'actions', 'checklist', 'findings', 'access', 'sarif', 'junit'];
if (hasBrowser) FORMATS.push('pdf', 'pdf-annex');

const csv = (...rows: { [column: string]: string }[]): string =>
  csvFile(
    Object.keys(rows[0] ?? {}),
    rows.map((row) => Object.values(row)),
  );

const grant = (more: { [column: string]: string }) => ({
  grant_id: 'G-1',
  principal_id: 'NB-1001',
  key_id: 'k-old',
  action: 'admin',
  environment: 'production',
  requested_by: WHO.requester,
  approved_by: WHO.approver,
  approved_at: '2025-02-01T08:00:00Z',
  granted_at: '2025-01-02T08:00:00Z',
  reviewed_at: '2025-03-01T08:00:00Z',
  reviewer: WHO.reviewer,
  decision: 'keep',
  ticket: '',
  justification: '',
  ...more,
});

const person = (principal_id: string, name: string, aliases: string, status = 'active') => ({
  principal_id,
  name,
  aliases,
  kind: 'human',
  roles: 'developer',
  status,
  departed_at: status === 'left' ? '2026-08-01' : '',
});

const FILES = {
  'exports/people.csv': csv(
    person('NB-1001', WHO.holder, WHO.holderMail),
    person(WHO.requester, 'Emeric Palfalvi', ''),
    person('NB-1003', WHO.leaver, '', 'left'),
    person('NB-1004', WHO.inFileName, ''),
  ),
  'exports/grants-of-sixten-haraldsen.csv': csv(
    grant({}),
    grant({ grant_id: 'G-2', principal_id: 'NB-1003', requested_by: WHO.approver }),
    grant({ grant_id: 'G-3', principal_id: WHO.requester, approved_by: WHO.requester }),
  ),
  'exports/rotations.csv': csv({
    rotation_id: 'r-1',
    key_id: 'k-old',
    step: 'rotated',
    at: '2025-01-10T08:00:00Z',
    actor: WHO.rotates,
    actor_type: 'human',
    status: 'success',
  }),
  'exports/gitleaks-core.json': JSON.stringify([
    {
      RuleID: 'generic-api-key',
      Description: 'Generic API Key',
      File: `src/${WHO.authorMail}/config.ts`,
      StartLine: 3,
      Commit: 'd'.repeat(40),
      Author: WHO.author,
      Email: WHO.authorMail,
      Date: '2026-08-01T10:00:00Z',
      Secret: '',
      Match: '',
    },
  ]),
  'exports/attestations.csv': csv({
    rule: 'gov-policy-current',
    document_title: `Key policy, see ${WHO.inReason}`,
    document_sha256: 'a'.repeat(64),
    version: '1',
    owner: WHO.ownerOfDocument,
    approver: WHO.ownerOfDocument,
    approved_on: '2024-02-01',
    next_review: '2025-02-01',
    participants: WHO.takesPart,
    attestor: WHO.signedBy,
    attested_on: '2024-02-02',
  }),
  'checklist.csv': csv({
    ID: 'rotation-max-age',
    Owner: WHO.ownerOfRow,
    'Due date': '',
    Status: 'open',
    Notes: `Ask ${WHO.inNotes}`,
  }),
};

const CONFIG = stringify({
  scope: [
    {
      ids: ['k-old', `token-of-${WHO.holderMail}`],
      facts: { personal_data: true },
      by: WHO.decidesScope,
      reason: `${WHO.inNotes} said so`,
    },
  ],
  waivers: [
    {
      id: 'W-1',
      rule: 'rotation-max-age',
      subjects: ['k-waived'],
      reason: `As ${WHO.inReason} wrote`,
      risk: 'The key is old',
      compensatingControl: 'Two addresses only',
      requestedBy: WHO.asksForWaiver,
      approver: WHO.approvesWaiver,
      granted: '2026-07-01',
      expires: '2026-12-31',
      ticket: 'RSK-204',
    },
  ],
  thresholds: {
    'rotation-max-age': {
      params: { max_age_days: { critical: 5, high: 5, medium: 5, low: 5 } },
      by: WHO.setsThreshold,
      reason: `${WHO.approver} asked`,
    },
  },
});

const STALE = '2025-01-10T08:00:00Z';
let folder = '';
let pack = '';

beforeAll(async () => {
  const made = await packOfQuarter({
    asOf: '2026-09-30',
    keys: [
      { key_id: 'k-old', owner: WHO.ownerOfKey, last_rotated: STALE },
      { key_id: 'k-waived', owner: WHO.ownerOfKey, last_rotated: STALE },
      { key_id: `token-of-${WHO.holderMail}`, owner: WHO.holderMail, last_rotated: STALE, purpose: '' },
    ],
    files: FILES,
    config: CONFIG,
    args: ['--framework', 'soc2,gdpr', '--checklist', 'checklist.csv'],
  });
  folder = made.folder;
  pack = made.pack;
  expect(made.run.code).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a reader finds in a file: its bytes, what is compressed in them, and the text of pages. */
async function readings(file: string): Promise<string[]> {
  const bytes = readFileSync(file);
  if (file.endsWith('.pdf')) {
    const pdf = await PDF.load(bytes);
    return [
      bytes.toString('latin1'),
      pdf
        .getPages()
        .map((page) => page.extractText().text)
        .join('\n'),
    ];
  }
  const texts = [bytes.toString('utf8')];
  if (file.endsWith('.xlsx')) for await (const part of workbookParts(file)) texts.push(part);
  return texts;
}

/** Every name and word of a name that stands in a file. */
async function namesIn(file: string): Promise<string[]> {
  const text = (await readings(file)).join('\n').replaceAll('\u00ad', '').toLowerCase();
  const words = Object.values(WHO).flatMap((name) => name.split('@')[0]?.split(/[ .]/) ?? []);
  return words.filter((word) => word.length > 2 && text.includes(word.toLowerCase()));
}

const redact = (
  output: string,
  env: NodeJS.ProcessEnv = { KEYPROOF_REDACTION_KEY: KEY },
  formats = FORMATS,
) =>
  keyproof(['report', pack, '--redact-people', '--output', output, '--format', formats.join(',')], { env });

test('names nobody in any file, while the pack does', async () => {
  const output = join(folder, 'redacted');
  expect(await redact(output)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Reports without names of people'),
  });
  const files = readdirSync(output).sort();
  expect(files).toEqual(
    expect.arrayContaining(['index.html', 'gap-checklist.xlsx', 'results.sarif', 'run.json']),
  );
  expect(files.filter((name) => /parquet|assessment/.test(name))).toEqual([]);
  expect(files.filter((name) => name.endsWith('.pdf'))).toHaveLength(hasBrowser ? 3 : 0);
  for (const file of files) expect([file, await namesIn(join(output, file))]).toEqual([file, []]);
  const core = await namesIn(join(pack, 'assessment.json'));
  // What no rule reports of, or an adapter does not keep, is in no pack: people who took part or signed, an author of a commit.
  for (const word of [
    'aldous',
    'palfalvi',
    'ravnsborg',
    'featherstonehaugh',
    'blackthorne',
    'qvortrup',
    'wolkenstein',
    'haraldsen',
  ])
    expect(core.map((name) => name.toLowerCase())).toContain(word);
}, 120_000);

test('says that it is redacted, is sealed, and is no pack', async () => {
  const output = join(folder, 'redacted');
  const manifest = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')) as Manifest;
  const of = JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8')) as Manifest;
  const core = of.outputs.find(({ path }) => path === 'assessment.json');
  expect(manifest.redacted).toEqual({ what: 'people', assessmentSha256: core?.sha256 });
  for (const file of ['index.html', 'actions.md', 'gap-checklist.md', 'results.sarif'])
    expect(readFileSync(join(output, file), 'utf8')).toContain(
      'Redacted: names, accounts and e-mail addresses',
    );
  expect((await keyproof(['verify', output])).code).toBe(0);
  expect(await keyproof(['report', output, '--format', 'html'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('holds reports without names of people and no core'),
  });
});

test('gives a person one code, the same with the same key and another without', async () => {
  const codes = async (name: string, env: NodeJS.ProcessEnv) => {
    await redact(join(folder, name), env, ['findings']);
    const text = readFileSync(join(folder, name, 'findings.csv'), 'utf8');
    return [...new Set(text.match(/person [0-9A-Z]{4}-[0-9A-Z]{4} \([a-z ]+\)/g))].sort();
  };
  const [first, again, other] = [
    await codes('first', { KEYPROOF_REDACTION_KEY: KEY }),
    await codes('again', { KEYPROOF_REDACTION_KEY: KEY }),
    await codes('other', {}),
  ];
  expect(first.length).toBeGreaterThan(3);
  expect(again).toEqual(first);
  expect(other).toHaveLength(first.length);
  expect(first.filter((code) => other.includes(code))).toEqual([]);
});

test('refuses the folder of the pack and a short key', async () => {
  expect(await keyproof(['report', pack, '--redact-people'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('name one with --output'),
  });
  expect(await redact(join(folder, 'short'), { KEYPROOF_REDACTION_KEY: 'short' })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('KEYPROOF_REDACTION_KEY: has 5 characters; give it 16 or more'),
  });
});
