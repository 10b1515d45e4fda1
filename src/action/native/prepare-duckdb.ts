import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duckdbPackage, thisMachine } from './duckdb-package.js';
import { type FoundDuckdb, findDuckdb } from './find-duckdb.js';

/**
 * Makes DuckDB's library ready for this process and its threads, which look for it in KEYPROOF_DUCKDB_PATH.
 * @param named value of `duckdb-path`; null if it is not set.
 * @throws Error if it cannot be had.
 */
export async function prepareDuckdb(named: string | null): Promise<FoundDuckdb> {
  // The same folder in every run: actions/cache finds a file again under its path only.
  const workDir = join(process.env['RUNNER_TEMP'] || tmpdir(), 'keyproof-duckdb');
  await mkdir(workDir, { recursive: true });
  const found = await findDuckdb(duckdbPackage(thisMachine()), named, workDir);
  process.env['KEYPROOF_DUCKDB_PATH'] = found.folder;
  if (!found.folder.startsWith(workDir)) await rm(workDir, { recursive: true, force: true });
  return found;
}
