import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/duckdb/database.js';
import { exhaustedError } from '../../src/duckdb/exhausted.js';

it('says what to do if the database runs out of memory, also if the error was wrapped', async () => {
  const workDir = mkdtempSync(join(tmpdir(), 'keyproof-exhausted-'));
  const database = await openDatabase(workDir, { memoryLimitMb: 20 });
  try {
    const cause = await database
      .rows("SELECT list(repeat('x', 100) || range) AS texts FROM range(1000000)")
      .catch((error: unknown) => error);
    expect(
      exhaustedError(new Error('The keys read from keys.csv cannot be loaded.', { cause })),
    ).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('Set KEYPROOF_MEMORY_MB to more (default 500)'),
    });
  } finally {
    await database.close();
    rmSync(workDir, { recursive: true });
  }
});

it('says what to do about a full disk, and nothing about any other error', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(exhaustedError(full)).toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('disk is full'),
  });
  expect(exhaustedError(new Error('Binder Error: no such column'))).toBeNull();
});
