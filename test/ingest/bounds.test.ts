import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspect } from '../../src/ingest/index.js';
import { CONTENT_BOUNDS } from '../../src/ingest/reading/bounded-bytes.js';
import { openInput } from '../../src/ingest/reading/open-input.js';
import { planFor, readFolder } from './folder.js';

const GOOD = { key_id: 'k1', name: 'Card gateway', owner: 'moss@northbridge.example' };
const REST = 'key_id,name,owner\nk9,Ledger sync,moss@northbridge.example\n';
const keys = (...records: object[]): string => JSON.stringify({ keys: records });

/** What became of a hostile file beside a good one. */
async function hostile(name: string, content: string | Buffer) {
  const { files, records } = await readFolder({ [name]: content, 'rest/keys.csv': REST });
  const file = files.find(({ path }) => path === name);
  const rest = files.find(({ path }) => path === 'rest/keys.csv');
  const ids = (records.keys ?? []).map((record) => record['key_id']);
  return { file, ids, rest: rest?.state };
}

describe('a file that passes a bound is reported, keeps what was read, and costs no other file', () => {
  const deep = '['.repeat(5_000_000);
  const pages = 'keys:\n  - &a {key_id: k1, name: a, owner: b}\n';

  it.each([
    ['brackets.json.gz', gzipSync(deep), 'nesting of objects and lists is more than 200 levels', []],
    [
      'keys.json',
      `{"keys":[${JSON.stringify(GOOD)},{"key_id":"k2","x":${deep}`,
      'more than 200 levels',
      ['k1'],
    ],
    [
      'keys.json',
      keys(GOOD, Object.fromEntries(Array.from({ length: 100_001 }, (_, n) => [`m${n}`, 1]))),
      'number of members of one object is more than 100,000',
      ['k1'],
    ],
    [
      'keys.csv',
      `key_id,name,owner\nk1,a,b\nk2,${'n'.repeat(5_000_000)},b\n`,
      'row 3 and those after it are lost: one row, or one quoted cell that is not closed, is more than 4 MB',
      ['k1'],
    ],
    [
      'keys.json',
      JSON.stringify([{ key_id: 'k'.repeat(1_000_000), owner: 'a' }, GOOD]),
      'the text of a field of the first record is so long that what the file lists cannot be told',
      [],
    ],
    ['keys.yaml', `${pages}x: ${'['.repeat(50_000)}`, 'more than 200 levels', []],
    ['keys.yaml', `${pages}x: ${'- '.repeat(50_000)}a`, 'more than 200 levels', []],
    [
      'keys.yaml',
      `${pages}x:\n${'  - *a\n'.repeat(1_001)}`,
      'number of aliases in a YAML file is more than 1,000',
      [],
    ],
  ])('%s', async (name, content, sentence, ids) => {
    const read = await hostile(name, content);
    expect(read.file).toMatchObject({ state: 'unreadable' });
    expect(read.file?.warnings.join()).toContain(sentence);
    expect(read.ids.sort()).toEqual([...ids, 'k9']);
    expect(read.rest).toBe('used');
  });

  it('a line of NDJSON that is nested too deep costs the line', async () => {
    const line = (id: string, more = ''): string =>
      `{"kind":"keys","key_id":"${id}","name":"a","owner":"b"${more}}`;
    const text = [line('k1'), line('k2', `,"x":${'['.repeat(300)}${']'.repeat(300)}`), line('k3')].join('\n');
    const { file, ids } = await hostile('keys.ndjson', text);
    expect(file).toMatchObject({ state: 'used', records: 3, rejected: 1 });
    expect(file?.rejects).toEqual([
      {
        record: 'line 2',
        field: null,
        reason:
          'the nesting of objects and lists is more than 200 levels; export the records without what is nested so deep',
      },
    ]);
    expect(ids).toEqual(['k1', 'k3', 'k9']);
  });

  it('brackets and commas inside texts do not count', async () => {
    const owner = `${'[{,\\"'.repeat(2_000)}`;
    const { file, ids } = await hostile('keys.json', keys({ ...GOOD, owner }));
    expect(file).toMatchObject({ state: 'used', rejected: 0, unreadableFields: 0 });
    expect(ids).toEqual(['k1', 'k9']);
  });
});

describe('a field that passes a bound', () => {
  it('costs the record if it is the id, and only itself if it is not', async () => {
    const records = [
      GOOD,
      { ...GOOD, key_id: 'k'.repeat(1_000_000) },
      { ...GOOD, key_id: 'k3', owner: 'o'.repeat(70_000) },
      { ...GOOD, key_id: 'k4', scopes: Array.from({ length: 10_001 }, (_, n) => `s${n}`) },
    ];
    const { file, records: read } = await readFolder({ 'keys.json': keys(...records) });
    expect(read.keys?.map(({ key_id, owner }) => [key_id, owner])).toEqual([
      ['k1', GOOD.owner],
      ['k3', undefined],
      ['k4', GOOD.owner],
    ]);
    expect(file).toMatchObject({ state: 'used', records: 4, rejected: 1, produced: { keys: 3 } });
    expect(file.rejects).toEqual([
      {
        record: '/keys/1',
        field: 'key_id',
        reason:
          'an id, or another field that a record cannot be without, is more than 2,048 characters; correct it or export again',
      },
    ]);
    expect(file.unreadable.map(({ record, field }) => [record, field])).toEqual([
      ['/keys/2', 'owner'],
      ['/keys/3', 'scopes'],
    ]);
  });
});

describe('content is bounded', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'keyproof-bounds-')), 'keys.json.gz');
  writeFileSync(file, gzipSync(Buffer.alloc(3_000_000, ' ')));

  it.each([
    ['expandedBytes', 1_000_000, 'the content, unpacked, is more than 64 GB'],
    ['freeBytes', 1_000_000, 'is more than 250 times its compressed size'],
    ['readingMs', -1, 'the time of reading it is more than 2 hours'],
  ])('by %s', async (name, limit, sentence) => {
    const input = await openInput(file, undefined, { ...CONTENT_BOUNDS, [name]: limit });
    expect(await input.finish()).toContain(sentence);
    expect(await input.sha256()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('a small file may compress well', async () => {
    expect(await (await openInput(file)).finish()).toBeNull();
  });
});

describe.skipIf(process.platform === 'win32')('what is no file is never opened', () => {
  const root = mkdtempSync(join(tmpdir(), 'keyproof-devices-'));
  const NO_FILE = 'a device, pipe or socket is no file: save what it gives to a file and audit that';
  const states = async (path: string) =>
    (await inspect({ ...planFor(root), paths: [path] })).files.map(({ path, state, warnings }) => [
      path,
      state,
      ...warnings,
    ]);

  it('a link to a device, a pipe and links that lead in a circle are unreadable, found or named', async () => {
    symlinkSync('/dev/zero', join(root, 'keys.json'));
    symlinkSync('/dev/zero', join(root, 'manifest.json'));
    execFileSync('mkfifo', [join(root, 'pipe.json')]);
    symlinkSync(join(root, 'two'), join(root, 'one'));
    symlinkSync(join(root, 'one'), join(root, 'two'));
    writeFileSync(join(root, 'rest.csv'), REST);
    const CIRCLE = 'the file cannot be opened: check that it exists and may be read';
    expect(await states(root)).toEqual([
      ['keys.json', 'unreadable', NO_FILE],
      ['manifest.json', 'unreadable', NO_FILE],
      ['one', 'unreadable', CIRCLE],
      ['pipe.json', 'unreadable', NO_FILE],
      ['rest.csv', 'used'],
      ['two', 'unreadable', CIRCLE],
    ]);
    expect(await states(join(root, 'pipe.json'))).toEqual([['pipe.json', 'unreadable', NO_FILE]]);
    rmSync(root, { recursive: true });
  }, 20_000);

  it.skipIf(process.platform !== 'linux')(
    'nor is what a link of /proc leads to, which has no path',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'keyproof-proc-'));
      symlinkSync('/proc/self/ns/mnt', join(folder, 'mnt.json'));
      writeFileSync(join(folder, 'rest.csv'), REST);
      expect(await states(folder)).toEqual([
        [
          expect.stringMatching(/mnt.json$/),
          'unreadable',
          'the file cannot be opened: check that it exists and may be read',
        ],
        [expect.stringMatching(/rest.csv$/), 'used'],
      ]);
      rmSync(folder, { recursive: true });
    },
  );
});

describe('the same content twice', () => {
  it('is counted once, and said', async () => {
    const { files, records } = await readFolder({ 'a.csv': REST, 'b/copy.csv': REST });
    expect(
      files.map(({ path, state, records: count, warnings }) => [path, state, count, ...warnings]),
    ).toEqual([
      ['a.csv', 'used', 1],
      ['b/copy.csv', 'not-used', 0, 'the same bytes and records as a.csv: counted once'],
    ]);
    expect(records.keys).toHaveLength(1);
  });

  it('is read twice if keyproof.yaml makes other records of it', async () => {
    const { files, records } = await readFolder(
      { 'a.csv': REST, 'b.csv': REST },
      { sources: [{ path: 'b.csv', kind: 'keys', constants: { environment: 'production' } }] },
    );
    expect(files.map(({ state }) => state)).toEqual(['used', 'used']);
    expect(records.keys?.map(({ environment }) => environment ?? null)).toEqual([null, 'production']);
  });

  it('says nothing of two files that hold no records', async () => {
    const { files } = await readFolder({ 'a/gitleaks.json': '[]', 'b/gitleaks.json': '[]' });
    expect(files.map(({ state }) => state)).toEqual(['used', 'used']);
  });
});

describe('a manifest of keyproof', () => {
  const manifest = (...paths: string[]): string =>
    JSON.stringify({ tool: { name: 'keyproof' }, outputs: paths.map((path) => ({ path })) });

  it('hides the files it lists, and not what lies beside them', async () => {
    const { files } = await readFolder({
      'q2/manifest.json': manifest('findings.csv'),
      'q2/findings.csv': 'finding_id\n',
      'q2/keys.csv': REST,
      'stray/manifest.json': manifest(),
      'stray/deep/keys.csv': REST.replace('k9', 'k8'),
      'vendor/manifest.json': JSON.stringify({ tool: 'other', outputs: [] }),
    });
    expect(files.map(({ path, state }) => `${path} ${state}`)).toEqual([
      'q2/findings.csv not-used',
      'q2/keys.csv used',
      'q2/manifest.json not-used',
      'stray/deep/keys.csv used',
      'stray/manifest.json not-used',
      'vendor/manifest.json not-used',
    ]);
  });
});
