import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { removedAtExit } from '../assets/removed-at-exit.js';
import { KeyproofError } from '../model/index.js';
import { filesOfManifest, RUN_RECORD } from '../text/pack-manifest.js';
import { MANIFEST } from './manifest.js';

/**
 * Writes a pack completely or not at all: `fill` writes into a new folder beside it, which then takes its place.
 * Replaces an earlier pack there; leaves a folder that contains anything else unchanged.
 * @returns what `fill` returns.
 * @throws KeyproofError if `output` is a file, or a folder that is not an evidence pack, or cannot be written.
 */
export async function writePack<T>(output: string, fill: (dir: string) => Promise<T>): Promise<T> {
  checkReplaceable(output);
  const dir = temporaryBeside(output);
  try {
    const result = await fill(dir);
    putInPlace(dir, output);
    return result;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Checks, before any work is done, that a pack may be written there. @throws KeyproofError as `writePack`. */
export function checkReplaceable(output: string): void {
  if (!existsSync(output)) return;
  const entries = readEntries(output);
  if (entries.length === 0) return;
  const files = filesOfManifest(join(output, MANIFEST));
  if (files === null)
    throw new KeyproofError(
      `${basename(output) || output}: the folder exists and is not an evidence pack; name another with --output, or empty it.`,
    );
  const added = entries.find(
    (name) =>
      !files.has(name) && name !== RUN_RECORD && !name.startsWith('.') && !name.startsWith('manifest.'),
  );
  if (added !== undefined)
    throw new KeyproofError(
      `${basename(output)}: holds ${added}, which is no part of the evidence pack there and would be lost; move it away, or name another folder with --output.`,
    );
}

function readEntries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new KeyproofError(`${basename(folder)}: is not a folder; name another with --output.`, undefined, {
      cause,
    });
  }
}

function temporaryBeside(output: string): string {
  try {
    mkdirSync(dirname(output), { recursive: true });
    const dir = removedAtExit(mkdtempSync(join(dirname(output), `.${basename(output)}-`)));
    // A temporary folder is private; a pack is as open as any other folder of the user.
    chmodSync(dir, 0o777 & ~process.umask());
    return dir;
  } catch (cause) {
    throw new KeyproofError(
      `${basename(output)}: the folder it goes into cannot be written; check its permissions.`,
      undefined,
      { cause },
    );
  }
}

function putInPlace(dir: string, output: string): void {
  const retired = `${dir}-old`;
  if (existsSync(output)) renameSync(output, retired);
  renameSync(dir, output);
  rmSync(retired, { recursive: true, force: true });
}
