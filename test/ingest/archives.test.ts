import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create, Header } from 'tar';
import { describe, expect, it } from 'vitest';
import { unpackArchives } from '../../src/ingest/archives/unpack-archives.js';
import { inspect } from '../../src/ingest/index.js';
import { CONTENT_BOUNDS } from '../../src/ingest/reading/bounded-bytes.js';
import { zipOf } from '../support/zip.js';
import { planFor, readFolder } from './folder.js';

const keys = (id: string): string => `key_id,name,owner\n${id},Card gateway,moss@northbridge.example\n`;

/** A tar archive of members with a type each: `0` a file, `2` a link. */
function tarOf(
  members: readonly { name: string; content: string; type?: 'File' | 'SymbolicLink' }[],
): Buffer {
  const blocks = members.flatMap(({ name, content, type = 'File' }) => {
    const header = Buffer.alloc(512);
    const size = type === 'File' ? Buffer.byteLength(content) : 0;
    new Header({ path: name, size, type, mode: 0o644, linkpath: type === 'File' ? '' : content }).encode(
      header,
      0,
    );
    const body = Buffer.alloc(Math.ceil(size / 512) * 512);
    if (type === 'File') body.write(content);
    return [header, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const seen = (files: { path: string; state: string; warnings: string[] }[]) =>
  files.map(({ path, state, warnings }) => [path, state, ...warnings.slice(0, 1)]);

describe('an evidence pack in an archive', () => {
  const manifest = JSON.stringify({
    tool: { name: 'keyproof' },
    outputs: [{ path: 'findings.csv' }, { path: 'keys.csv' }],
  });

  it('is no evidence; what was put beside it is', async () => {
    const members = {
      'q2/manifest.json': manifest,
      'q2/run.json': '{}',
      'q2/findings.csv': keys('k1'),
      'q2/keys.csv': keys('k2'),
      'q2/more.csv': keys('k3'),
      'keys.csv': keys('k4'),
    };
    const zip = zipOf(Object.entries(members).map(([name, text]) => ({ name, content: Buffer.from(text) })));
    const { files } = await readFolder({ 'exports.zip': zip });
    const own = 'part of an evidence pack of keyproof: not evidence, left out';
    expect(seen(files).filter(([path]) => path !== 'exports.zip')).toEqual([
      ['exports.zip/keys.csv', 'used'],
      ['exports.zip/q2/findings.csv', 'not-used', own],
      ['exports.zip/q2/keys.csv', 'not-used', own],
      ['exports.zip/q2/manifest.json', 'not-used', own],
      ['exports.zip/q2/more.csv', 'used'],
      ['exports.zip/q2/run.json', 'not-used', own],
    ]);
  });
});

describe('archives', () => {
  const content = {
    'q3/keys.csv': keys('k1'),
    'q3/more.csv.gz': gzipSync(keys('k2')),
    'notes.txt': 'Hello.',
  };
  const entries = Object.entries(content).map(([name, text]) => ({ name, content: Buffer.from(text) }));

  async function packed(name: 'exports.tar' | 'exports.tar.gz' | 'exports.tgz'): Promise<Buffer> {
    const folder = mkdtempSync(join(tmpdir(), 'keyproof-archives-'));
    for (const { name, content } of entries) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    await create({ cwd: folder, file: join(folder, name), gzip: name !== 'exports.tar' }, [
      'q3',
      'notes.txt',
    ]);
    const bytes = readFileSync(join(folder, name));
    rmSync(folder, { recursive: true });
    return bytes;
  }

  it.each(['exports.zip', 'exports.tar', 'exports.tar.gz', 'exports.tgz'] as const)(
    '%s: records name archive and member, and both have their hash',
    async (name) => {
      const bytes = name === 'exports.zip' ? zipOf(entries) : await packed(name);
      const { files, records, parts } = await readFolder({ [name]: bytes });
      expect(seen(files)).toEqual([
        [name, 'not-used', 'an archive: its files (3) are listed by themselves'],
        [`${name}/notes.txt`, 'not-used', 'plain text: not an export that keyproof reads'],
        [`${name}/q3/keys.csv`, 'used'],
        [`${name}/q3/more.csv.gz`, 'used'],
      ]);
      expect(records.keys?.map(({ key_id, source }) => [key_id, source.file])).toEqual([
        ['k1', `${name}/q3/keys.csv`],
        ['k2', `${name}/q3/more.csv.gz`],
      ]);
      const sha256 = (value: string | Buffer): string => createHash('sha256').update(value).digest('hex');
      expect(files[0]?.sha256).toBe(sha256(bytes));
      expect(parts[0]?.sha256).toBe(sha256(content['q3/keys.csv']));
    },
  );

  it('names what is encrypted, nested, hidden, or leads out of the archive, and reads the rest', async () => {
    const text = Buffer.from(keys('k1'));
    const { files, records } = await readFolder({
      'exports.zip': zipOf([
        { name: 'keys.csv', content: text },
        { name: 'locked.csv', content: text, flag: 0x801 },
        { name: 'old.csv', content: text, method: 12 },
        { name: 'inner.zip', content: zipOf([{ name: 'keys.csv', content: text }]) },
        { name: 'inner.tgz', content: gzipSync(tarOf([{ name: 'keys.csv', content: keys('k1') }])) },
        { name: '../../etc/passwd', content: text },
        { name: '/etc/keys.csv', content: text },
        { name: 'c:\\keys.csv', content: text },
        { name: '__MACOSX/._keys.csv', content: text },
      ]),
      'exports.tar': tarOf([
        { name: './sub/keys.csv', content: keys('k2') },
        { name: '../keys.csv', content: keys('k3') },
        { name: 'link.csv', content: '/etc/passwd', type: 'SymbolicLink' },
      ]),
    });
    const OUT = 'its path leads out of the archive: pack the folder of exports itself';
    const NESTED = 'an archive inside an archive is not read: unpack it and audit the files in it';
    expect(seen(files)).toEqual([
      ['exports.tar', 'not-used', 'an archive: its files (3) are listed by themselves'],
      ['exports.tar/../keys.csv', 'unreadable', OUT],
      [
        'exports.tar/link.csv',
        'unreadable',
        'it is a link or a device, which is not followed: pack the file itself',
      ],
      ['exports.tar/sub/keys.csv', 'used'],
      ['exports.zip', 'not-used', 'an archive: its files (9) are listed by themselves'],
      ['exports.zip/../../etc/passwd', 'unreadable', OUT],
      ['exports.zip//etc/keys.csv', 'unreadable', OUT],
      [
        'exports.zip/__MACOSX/._keys.csv',
        'not-used',
        'the name begins with a dot, or programs leave such files behind: left out',
      ],
      ['exports.zip/c:\\keys.csv', 'unreadable', OUT],
      ['exports.zip/inner.tgz', 'unreadable', NESTED],
      ['exports.zip/inner.zip', 'unreadable', NESTED],
      ['exports.zip/keys.csv', 'used'],
      [
        'exports.zip/locked.csv',
        'unreadable',
        'it is encrypted: unpack the archive and audit the files in it',
      ],
      [
        'exports.zip/old.csv',
        'unreadable',
        'it is compressed in a way that is not read: pack it as an ordinary zip (deflate)',
      ],
    ]);
    expect(records.keys?.map(({ key_id }) => key_id)).toEqual(['k2', 'k1']);
    expect(files.find(({ path }) => path.endsWith('locked.csv'))).toMatchObject({ bytes: 0, sha256: null });
  });

  it.each(['exports.tar', 'exports.tar.gz', 'exports.zip'])(
    '%s that was cut off is unreadable',
    async (name) => {
      const tar = tarOf([
        { name: 'keys.csv', content: keys('k1') },
        { name: 'more.csv', content: keys('k2').repeat(5_000) },
      ]);
      const whole =
        { 'exports.tar': tar, 'exports.tar.gz': gzipSync(tar), 'exports.zip': zipOf(entries) }[name] ?? tar;
      const { files } = await readFolder({
        [name]: whole.subarray(0, whole.length - Math.min(2_000, whole.length >> 1)),
      });
      expect(files[0]).toMatchObject({ path: name, state: 'unreadable', records: 0 });
      expect(files[0]?.warnings.join()).toContain('the archive is damaged or was cut off');
      expect(files.filter(({ path }) => path.endsWith('more.csv')).map(({ state }) => state)).not.toContain(
        'used',
      );
    },
  );

  describe('entries of keyproof.yaml name its files as they name files on a disk', () => {
    const member = (name: string, text: string) => ({ name, content: Buffer.from(text) });
    const register = 'Kennung;Verantwortlich\nk1;moss@northbridge.example\n';
    const columns = { key_id: 'Kennung', owner: 'Verantwortlich' };
    const entry = (path: string) => ({ path, as: 'canonical', kind: 'keys' as const, columns });

    it.each([
      ['a glob inside the archive', 'q3.zip', 'reg/keys-1.csv', 'q3.zip/reg/keys-*'],
      ['a glob through the archive', 'q3.zip', 'reg/keys-1.csv', '*.zip/**/*.csv'],
      ['the path of the file unpacked beside it', 'q3.zip', 'reg/keys-1.csv', 'reg/keys-1.csv'],
      ['a glob of files unpacked beside it', 'in/q3.zip', 'reg/keys-1.csv', 'in/reg/*'],
      ['a folder unpacked beside it', 'q3.zip', 'reg/keys-1.csv', 'reg/'],
      ['a glob of files unpacked into a folder of its name', 'q3.tar.gz', 'reg/keys-1.csv', 'q3/**'],
    ])('%s', async (_, archive, name, path) => {
      const bytes = archive.endsWith('zip')
        ? zipOf([member(name, register)])
        : gzipSync(tarOf([{ name, content: register }]));
      const { records, notFound } = await readFolder({ [archive]: bytes }, { sources: [entry(path)] });
      expect(records.keys?.map(({ key_id, owner }) => [key_id, owner])).toEqual([
        ['k1', 'moss@northbridge.example'],
      ]);
      expect(notFound).toEqual([]);
    });

    it('a glob that names nothing in it matches nothing', async () => {
      const bytes = zipOf([member('reg/keys-1.csv', register)]);
      const sources = ['q3.zip/other-*', 'keys-*', 'q3.zip/reg/.csv'].map(entry);
      const { notFound } = await readFolder({ 'q3.zip': bytes }, { sources });
      expect(notFound).toEqual(['keys-*', 'q3.zip/other-*', 'q3.zip/reg/.csv']);
    });

    it('the first entry counts, but for one that goes on inside of the archive', async () => {
      const bytes = zipOf([
        member('a.csv', register),
        member('b.csv', 'id;Eigner\nk2;moss@northbridge.example\n'),
      ]);
      const other = { ...entry('q3.zip/b*'), columns: { key_id: 'id', owner: 'Eigner' } };
      const sources = [entry('q3.*'), { ...other, path: 'a.csv' }, other];
      const { records } = await readFolder({ 'q3.zip': bytes }, { sources });
      expect(records.keys?.map(({ key_id, owner }) => [key_id, owner])).toEqual([
        ['k1', 'moss@northbridge.example'],
        ['k2', 'moss@northbridge.example'],
      ]);
    });

    it('ignore leaves its files out', async () => {
      const bytes = zipOf([member('old/keys.csv', keys('k1')), member('keys.csv', keys('k2'))]);
      const { records, files } = await readFolder({ 'q3.zip': bytes }, { ignore: ['old'] });
      expect(records.keys?.map(({ key_id }) => key_id)).toEqual(['k2']);
      expect(seen(files)).toContainEqual([
        'q3.zip/old/keys.csv',
        'not-used',
        'left out by `ignore` in keyproof.yaml',
      ]);
    });

    it('a register of extracts too', async () => {
      const register = `file,system,query,record_count\nq3/keys.csv,Vault,"kv list, mount kv",1\n`;
      const { files } = await readFolder({
        'q3.zip': zipOf([member('keys.csv', keys('k1'))]),
        'extracts.csv': register,
      });
      const file = files.find(({ path }) => path === 'q3.zip/keys.csv');
      expect(file?.coverage.map(({ completeBy }) => completeBy)).toEqual(['extracts']);
    });
  });

  it('an archive without files is unreadable: it cannot prove clean', async () => {
    const { files } = await readFolder({ 'exports.zip': zipOf([]) });
    expect(seen(files)).toEqual([['exports.zip', 'unreadable', 'the archive holds no files']]);
  });

  it.each(['zip', 'tar.gz'])('a bomb is stopped by its ratio: %s', async (kind) => {
    const root = mkdtempSync(join(tmpdir(), 'keyproof-bomb-'));
    const big = ' '.repeat(3_000_000);
    const bomb =
      kind === 'zip'
        ? zipOf([{ name: 'keys.csv', content: Buffer.from(big) }])
        : gzipSync(tarOf([{ name: 'keys.csv', content: big }]));
    const file = {
      absolute: join(root, `exports.${kind}`),
      path: `exports.${kind}`,
      spec: null,
      named: false,
    };
    writeFileSync(file.absolute, bomb);
    const bounds = { ...CONTENT_BOUNDS, freeBytes: 1_000_000 };
    const { files, listed } = await unpackArchives([file], async () => root, bounds);
    expect(files).toEqual([]);
    expect(listed.map(({ path, state }) => [path, state])).toEqual([
      [`exports.${kind}`, 'unreadable'],
      [`exports.${kind}/keys.csv`, 'unreadable'],
    ]);
    expect(listed[0]?.reason).toContain('more than 250 times its compressed size');
    rmSync(root, { recursive: true });
  });

  it('leaves nothing in the folder for temporary files', async () => {
    const before = unpackedFolders();
    const root = mkdtempSync(join(tmpdir(), 'keyproof-left-'));
    writeFileSync(join(root, 'exports.zip'), zipOf(entries));
    await inspect(planFor(root));
    expect(unpackedFolders()).toEqual(before);
    rmSync(root, { recursive: true });
  });
});

function unpackedFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('keyproof-unpacked-'));
}
