import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compile, openEngine } from '../../dist/opa/index.js';
import { defaultCacheDir } from '../../src/assets/cache-folder.js';
import { contentKey } from '../../src/opa/compile-cache.js';

let cacheDir = '';

beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'keyproof-cache-'));
});

afterEach(() => rm(cacheDir, { recursive: true, force: true }));

const compileValue = (value: number, dir: string | false = cacheDir) =>
  compile({ modules: { 'a.rego': `package a\n\nr := ${value}\n` }, entrypoints: ['a/r'], cacheDir: dir });

const kept = async () => (await readdir(join(cacheDir, 'rego'))).map((name) => join(cacheDir, 'rego', name));

describe('the compile cache', () => {
  it('gives the same module for the same content, and another for other content', async () => {
    const first = await compileValue(1);
    const second = await compileValue(1);
    const other = await compileValue(2);
    expect([first.cached, second.cached, other.cached]).toEqual([false, true, false]);
    expect(second.wasm).toEqual(first.wasm);
    expect(second.annotations).toEqual(first.annotations);
    expect(openEngine(other.wasm).evaluate('a/r')).toBe(2);
    expect(await kept()).toHaveLength(2);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, text.length / 2)],
    ['changed', (text: string) => text.replace('"wasm":"AGFz', '"wasm":"AGFy')],
    ['emptied', () => ''],
  ])('compiles again where the kept file was %s', async (_, damage) => {
    await compileValue(1);
    const [file = ''] = await kept();
    await writeFile(file, damage(await readFile(file, 'utf8')));
    const again = await compileValue(1);
    expect(again.cached).toBe(false);
    expect(openEngine(again.wasm).evaluate('a/r')).toBe(1);
    expect((await compileValue(1)).cached).toBe(true);
  });

  it('does without where it cannot write', async () => {
    const file = join(cacheDir, 'a-file');
    await writeFile(file, '');
    await chmod(cacheDir, 0o500);
    const compiled = await compileValue(1, join(file, 'below'));
    await chmod(cacheDir, 0o700);
    expect(compiled.cached).toBe(false);
    expect(openEngine(compiled.wasm).evaluate('a/r')).toBe(1);
  });

  it('leaves no temporary file', async () => {
    await Promise.all([compileValue(1), compileValue(1), compileValue(1)]);
    expect(await kept()).toHaveLength(1);
  });

  it('keys content, whatever the order of its properties', () => {
    expect(contentKey({ a: 1, b: [1, 2] })).toBe(contentKey({ b: [1, 2], a: 1 }));
    expect(contentKey({ a: [1, 2] })).not.toBe(contentKey({ a: [2, 1] }));
  });

  it('lies where the platform keeps caches', () => {
    expect(defaultCacheDir({ KEYPROOF_CACHE_DIR: '/k', XDG_CACHE_HOME: '/x' })).toBe('/k');
    expect(defaultCacheDir({ XDG_CACHE_HOME: '/x' })).toBe(join('/x', 'keyproof'));
    expect(defaultCacheDir({ LOCALAPPDATA: '/l' }, 'win32')).toBe(join('/l', 'keyproof', 'cache'));
    expect(defaultCacheDir({}, 'linux')).toMatch(/[\\/]\.cache[\\/]keyproof$/);
  });
});
