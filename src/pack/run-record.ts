import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { schemaValidator } from '../assets/schemas.js';
import type { RunEntry, RunRecord } from '../model/index.js';
import { RUN_RECORD } from '../text/pack-manifest.js';

/** Returns the runs that a pack's run.json records; none if it has no such file, or one that is not a run record. */
export function readRuns(pack: string): RunEntry[] {
  try {
    const value: unknown = JSON.parse(readFileSync(join(pack, RUN_RECORD), 'utf8'));
    return schemaValidator<RunRecord>('run-record')(value) ? value.runs : [];
  } catch {
    return [];
  }
}

/** Writes run.json into the folder of a pack; the manifest does not list it. */
export async function writeRuns(dir: string, runs: readonly RunEntry[]): Promise<void> {
  const record: RunRecord = { schemaVersion: '1.0.0', runs: [...runs] };
  await writeFile(join(dir, RUN_RECORD), `${JSON.stringify(record, null, 2)}\n`);
}
