import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyproofError } from '../model/index.js';
import { removedAtExit } from './removed-at-exit.js';

/**
 * Makes a new folder for temporary files, in the folder of the system for them; it is removed with the end of the process at the latest.
 * @param prefix how its name begins
 * @throws KeyproofError if that folder does not exist or may not be written
 */
export async function makeWorkFolder(prefix = 'keyproof-'): Promise<string> {
  try {
    return removedAtExit(await mkdtemp(join(tmpdir(), prefix)));
  } catch (cause) {
    throw new KeyproofError(
      `${tmpdir()}: the folder for temporary files does not exist or cannot be written; create it, or set TMPDIR to another.`,
      undefined,
      { cause },
    );
  }
}
