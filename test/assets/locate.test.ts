import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastGlob from 'fast-glob';
import { expect, it } from 'vitest';
import { FONTS, fontFolder } from '../../src/assets/font-folder.js';
import { ASSETS, type Asset, assetPath, assetUrl, WORKERS, workerUrl } from '../../src/assets/locate.js';
import { packageRoot } from '../../src/assets/package-root.js';

const root = fileURLToPath(packageRoot);
const names = Object.keys(ASSETS) as Asset[];

it('finds every asset', () => {
  for (const name of names) {
    expect(existsSync(assetUrl(name))).toBe(true);
    expect(existsSync(assetPath(name))).toBe(true);
  }
});

it('lists what the package must contain, so that an installed one has every asset', () => {
  const { files } = JSON.parse(readFileSync(assetUrl('manifest'), 'utf8')) as { files: string[] };
  const shipped = [...files, 'package.json', 'dist'];
  for (const name of names) expect(shipped).toContain(ASSETS[name].replace(/\/$/, ''));
});

it('names the entry files of threads by their sources', () => {
  for (const file of Object.values(WORKERS))
    expect(existsSync(`${root}src/${file.replace(/\.js$/, '.ts')}`)).toBe(true);
  expect(fileURLToPath(workerUrl('ingest'))).toBe(`${root}dist/ingest/worker.js`);
});

it('finds the folder of every font', () => {
  for (const font of FONTS) expect(existsSync(`${fontFolder(font)}/files`)).toBe(true);
});

it('is the only file that knows where files of the package are', () => {
  const others = fastGlob
    .sync('src/**/*.ts', { cwd: root })
    .filter((file) => !/^src\/(assets\/|action\/start\.ts)/.test(file));
  const own = others.filter((file) =>
    /new URL\([^)]*(import\.meta|packageRoot)/.test(readFileSync(root + file, 'utf8')),
  );
  expect(own).toEqual([]);
});
