import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { KeyproofError, type OnProgress } from '../model/index.js';
import { keyStatedIn } from '../secrets/fingerprint-key.js';
import { redactSecrets } from '../secrets/redact.js';
import { scanReport } from './report-text.js';
import { scanRepository } from './scan-repository.js';

/** The report of a scan made for an audit, or the reason why there is none. */
export type ScannedSource = {
  /** Path to show, such as `scan/payments-api.json`. */
  path: string;
  /** Absolute path of the report; of the repository if there is none. */
  absolute: string;
  /** Why there is none; null if there is one. */
  failure: string | null;
};

/** What a scan for an audit needs to know. */
export type ScanSourceOptions = {
  /** Folder that the reports are written to. */
  workDir: string;
  /** Worker threads. */
  workers: number;
  /** As-of date of the audit, epoch ms: the same evidence gives the same report whenever it is made. */
  nowMs: number;
  /** Environment: KEYPROOF_FINGERPRINT_KEY. */
  env: Readonly<Record<string, string | undefined>>;
  /** Sees how far it is. */
  onProgress: OnProgress;
};

/** Scans repositories with their history, and writes a report of each for the audit to read. One that fails costs nothing else. */
export async function scanSources(
  folders: readonly string[],
  { workDir, workers, nowMs, env, onProgress }: ScanSourceOptions,
): Promise<ScannedSource[]> {
  const key = keyStatedIn(env);
  const sources: ScannedSource[] = [];
  for (const [index, folder] of folders.entries()) {
    const path = redactSecrets(`scan/${basename(folder)}.json`);
    try {
      const scan = await scanRepository(folder, { scope: 'history', nowMs, key, workers, onProgress });
      const absolute = join(workDir, `scan-${index}.json`);
      await writeFile(absolute, JSON.stringify(scanReport([scan], { nowMs, keyed: key !== null })));
      sources.push({ path, absolute, failure: null });
    } catch (error) {
      if (!(error instanceof KeyproofError)) throw error;
      sources.push({ path, absolute: folder, failure: FAILED });
    }
  }
  return sources;
}

const FAILED =
  'the repository could not be scanned; check the path under `scan` in keyproof.yaml, that git is installed, and that it reads the repository (git status)';
