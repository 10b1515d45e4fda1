import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { makeWorkFolder } from '../../src/assets/work-folder.js';
import { KeyproofError } from '../../src/model/index.js';

afterEach(() => vi.unstubAllEnvs());

it('makes a folder where the system keeps temporary files', async () => {
  const folder = await makeWorkFolder('keyproof-test-');
  expect(existsSync(folder)).toBe(true);
  expect(dirname(folder)).toBe(tmpdir());
  rmSync(folder, { recursive: true });
});

it('says in one sentence that there is no such place', async () => {
  vi.stubEnv('TMPDIR', '/nonexistent/northbridge');
  const failure = await makeWorkFolder().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(KeyproofError);
  expect(failure).toMatchObject({
    exitCode: 2,
    message:
      '/nonexistent/northbridge: the folder for temporary files does not exist or cannot be written; create it, or set TMPDIR to another.',
  });
});
