import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Adapter, Emit } from '../../src/ingest/adapter.js';
import { startFileLog } from '../../src/ingest/file-log.js';
import { ingestFile } from '../../src/ingest/ingest-file.js';
import { noWriter } from '../../src/ingest/part-writer.js';
import { readRecords } from '../../src/ingest/read-records.js';
import { openInput } from '../../src/ingest/reading/open-input.js';
import { sampleFile } from '../../src/ingest/reading/sample.js';
import type { SourceSpec } from '../../src/model/index.js';
import { readFolder } from './folder.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-once-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = 'key_id,name,environment,owner';
const ROWS = Array.from(
  { length: 20_000 },
  (_, n) => `k${n},Card gateway ${n},prod,moss@northbridge.example`,
);

/** What comes out of a pipe cannot be read a second time. */
async function throughPipe(name: string, bytes: Buffer) {
  const pipe = join(folder, `${name}.pipe`);
  writeFileSync(join(folder, name), bytes);
  execFileSync('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', `cat "${join(folder, name)}" > "${pipe}"`]);
  try {
    const task = { absolute: pipe, path: name, spec: null, named: true, parts: null };
    return (await ingestFile(task)).file;
  } finally {
    writer.kill();
  }
}

describe.skipIf(process.platform === 'win32')('a file is read once', () => {
  const csv = Buffer.from([HEADER, ...ROWS].join('\n'));
  it.each([
    ['keys.csv', csv],
    ['keys.csv.gz', gzipSync(csv)],
    ['keys.json', Buffer.from(JSON.stringify({ keys: [{ key_id: 'k1', name: 'a', owner: 'b' }] }))],
  ])('%s: records, encoding and hash come out of one reading', async (name, bytes) => {
    expect(await throughPipe(name, bytes)).toMatchObject({
      state: 'used',
      adapter: 'canonical',
      records: name === 'keys.json' ? 1 : 20_000,
      warnings: [],
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });
});

/** Reads a text with an adapter that is not registered. */
async function read(name: string, text: string, adapter: Adapter, spec: SourceSpec | null = null) {
  const path = join(folder, name);
  writeFileSync(path, text);
  const input = await openInput(path);
  const log = startFileLog(name, spec);
  const added: Emit[] = [];
  const writer = { ...noWriter(), add: (emit: Emit) => void added.push(emit) };
  const job = { input, reopen: () => openInput(path), sampled: sampleFile(name, input), log };
  await readRecords(job, adapter, writer);
  return { added, result: log.result() };
}

describe('a file that is not what its beginning shows', () => {
  it('is read again as Windows-1252 if it stops being UTF-8, and nothing is counted twice', async () => {
    const bytes = Buffer.from([HEADER, ...ROWS, 'last,Überweisung,prod,Zoë'].join('\n'), 'latin1');
    const { file, records } = await readFolder({ 'keys.csv': bytes });
    expect(file).toMatchObject({ state: 'used', records: 20_001, produced: { keys: 20_001 } });
    expect(file.warnings).toEqual([expect.stringContaining('Windows-1252')]);
    expect(records.keys).toHaveLength(20_001);
    expect(records.keys?.at(-1)).toMatchObject({ name: 'Überweisung', owner: 'Zoë' });
  });

  it('has the hash of all of its bytes, also if they are not all read', async () => {
    const broken = Buffer.from(
      `[{"key_id":"k1","name":"a","owner":"b"},{"key_id" "k2"}]${' '.repeat(600_000)}`,
    );
    const trailing = Buffer.concat([gzipSync(HEADER), Buffer.from('garbage after the end'.repeat(30_000))]);
    const { files } = await readFolder({ 'keys.json': broken, 'keys.csv.gz': trailing });
    expect(files.map(({ sha256 }) => sha256)).toEqual(
      [trailing, broken].map((bytes) => createHash('sha256').update(bytes).digest('hex')),
    );
  });
});

it('refuses a file that two adapters recognise, and reads it as keyproof.yaml says', async () => {
  const header =
    'user,arn,user_creation_time,access_key_1_active,RuleID,Commit,File,Secret,StartLine,Fingerprint';
  const row = 'a,arn:aws:iam::111122223333:user/a,2026-01-01T00:00:00Z,false,r,c,f,s,1,x';
  const both = { 'both.csv': `${header}\n${row}\n` };
  const { file } = await readFolder(both);
  expect(file).toMatchObject({ state: 'unreadable', adapter: null });
  expect(file.warnings).toEqual([
    'it looks like both aws-iam-credential-report and gitleaks; state which in keyproof.yaml, under sources, as: aws-iam-credential-report',
  ]);
  const told = await readFolder(both, { sources: [{ path: 'both.csv', as: 'gitleaks' }] });
  expect(told.file).toMatchObject({ state: 'used', adapter: 'gitleaks', produced: { secret_findings: 1 } });
});

it('gives a file in a language of its own to its adapter as one text', async () => {
  const policy = 'path "secret/*" {\n  capabilities = ["read"]\n}\n';
  const adapter: Adapter = {
    id: 'policy',
    title: 'A policy',
    recognisedBy: 'nothing',
    proves: 'nothing',
    cannot: 'anything',
    produces: ['keys'],
    formats: ['text'],
    signature: [],
    recognise: () => null,
    open: (_file, { file }) => ({
      items: [''],
      convert: ({ record, value }) => [
        { kind: 'keys', record: { key_id: String(value['text']), source: { file, record } } },
      ],
    }),
  };
  const { added } = await read('policy.hcl', policy, adapter);
  expect(added).toEqual([
    { kind: 'keys', record: { key_id: policy, source: { file: 'policy.hcl', record: '/' } } },
  ]);
});

describe('what several records say together', () => {
  /** One key for all records of a file, with as many scopes as there are records. */
  const together: Adapter = {
    id: 'together',
    title: 'A file that is one key',
    recognisedBy: 'nothing',
    proves: 'nothing',
    cannot: 'anything',
    produces: ['keys'],
    formats: ['ndjson'],
    signature: [],
    recognise: () => null,
    open(_file, { file }) {
      const scopes: string[] = [];
      return {
        items: [''],
        convert(raw) {
          scopes.push(String(raw.value['scope']));
          return [];
        },
        end: () => [{ kind: 'keys', record: { key_id: 'k1', scopes, source: { file, record: 'line 1' } } }],
      };
    },
  };

  it('is said at the end of the file, with constants and without secrets', async () => {
    const token = ['ghp', 'NorthbridgeFictional0123456789ABCDEFGH'].join('_');
    const { added, result } = await read(
      'scopes.ndjson',
      `{"scope":"read"}\n{"scope":"${token}"}\n`,
      together,
      { path: 'scopes.ndjson', constants: { environment: 'prod' } },
    );
    expect(added).toEqual([
      {
        kind: 'keys',
        record: {
          key_id: 'k1',
          environment: 'production',
          scopes: ['read', expect.stringMatching(/^sha256:[0-9a-f]{32}$/)],
          source: { file: 'scopes.ndjson', record: 'line 1' },
          stated_by: ['environment: constants of keyproof.yaml'],
        },
      },
    ]);
    expect(result).toMatchObject({ records: 2, produced: { keys: 1 } });
    expect(result.warnings).toEqual([expect.stringContaining('scopes held what looks like a live secret')]);
  });
});
