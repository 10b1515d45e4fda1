import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { unpackBundle } from '../../src/action/unpack-bundle.js';

// Whoever runs the tests may write everywhere, as root in a container.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  access: async () => {
    throw new Error('EROFS: read-only file system');
  },
}));

const cache = mkdtempSync(join(tmpdir(), 'keyproof-cache-'));
afterAll(() => rmSync(cache, { recursive: true }));
const archive = { file: join(cache, 'not-read.tar.br'), version: '0.1.0', sha256: 'a'.repeat(64) };

it('takes the program that a read-only tool cache has', async () => {
  const folder = join(cache, 'keyproof', '0.1.0', 'a'.repeat(16));
  mkdirSync(folder, { recursive: true });
  expect((await unpackBundle(archive, { RUNNER_TOOL_CACHE: cache })).href).toBe(
    pathToFileURL(`${folder}/`).href,
  );
});
