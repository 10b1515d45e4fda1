import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledProgram } from '../../dist/report/pdf/bundled-browser.js';
import { browsers } from '../../dist/report/pdf/find-browser.js';

const isHere = await hasBundled();

async function hasBundled(): Promise<boolean> {
  for await (const { description } of browsers({ env: {} }))
    if (description.includes('@sparticuz/chromium')) return true;
  return false;
}

describe.skipIf(!isHere)('the browser inside @sparticuz/chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-browser-test-'));
  const before = process.env['TMPDIR'];
  beforeAll(() => {
    process.env['TMPDIR'] = folder;
  });
  afterAll(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
  });

  it('is unpacked whole into the cache by two at once, and not taken from the folder for temporary files', async () => {
    writeFileSync(join(folder, 'chromium'), '#!/bin/sh\n', { mode: 0o755 });
    const cache = join(folder, 'cache');
    const env = { KEYPROOF_CACHE_DIR: cache };
    const [one, two] = await Promise.all([bundledProgram(env), bundledProgram(env)]);
    expect(two).toBe(one);
    expect(readdirSync(cache)).toEqual([expect.stringMatching(/^browser-\d+\.\d+\.\d+$/)]);
    expect(readdirSync(dirname(one))).toEqual(expect.arrayContaining(['chromium', 'libGLESv2.so']));
    const { size, ino } = statSync(one);
    expect(size).toBeGreaterThan(100_000_000);
    expect(statSync(await bundledProgram(env)).ino).toBe(ino);
  });

  it('is unpacked for one run where the cache cannot be written', async () => {
    const cache = join(folder, 'file');
    writeFileSync(cache, '');
    const program = await bundledProgram({ KEYPROOF_CACHE_DIR: cache });
    expect(dirname(program)).toMatch(/keyproof-browser-\w+$/);
    expect(statSync(program).size).toBeGreaterThan(100_000_000);
  });
});
