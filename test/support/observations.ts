import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { type CliRun, keyproof } from './cli.js';

/** One row of observations.parquet. */
export type ObservationRow = Record<string, unknown>;

/** Audits the exports in a folder, packed or not, with its keyproof.yaml as of 30 September 2026 and reads back every observation. */
export async function auditFolder(
  folder: string,
  output: string,
  formats = 'findings,parquet,json',
  more: readonly string[] = [],
): Promise<{ run: CliRun; observations: ObservationRow[] }> {
  const asked = ['--as-of', '2026-09-30', '--output', output, '--format', formats];
  const config = ['--config', join(folder, 'keyproof.yaml')];
  const exports = join(folder, 'exports');
  const run = await keyproof([
    'audit',
    existsSync(exports) ? exports : folder,
    ...config,
    ...asked,
    '--fail-on',
    'none',
    '--json',
    ...more,
  ]);
  const file = await asyncBufferFromFile(join(output, 'observations.parquet'));
  return { run, observations: await parquetReadObjects({ file }) };
}

/** As `auditFolder`, for what policies say alone, which no framework and no report changes: with one framework and no report. */
export async function observationsOf(folder: string, output: string): Promise<ObservationRow[]> {
  return (await auditFolder(folder, output, 'parquet,json', ['--framework', 'soc2'])).observations;
}
