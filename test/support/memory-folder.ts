import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const MEMORY = '/dev/shm';

/** Bytes that must be free: tests of the Action unpack DuckDB several times, and each worker a browser. */
const ROOM = 4_000_000_000;

/**
 * Has the tests write their temporary files to memory, where the machine has such a folder with room: thousands of files that live
 * for a moment cost time on a disk (docs/decisions/0200). What they leave behind is removed at the end. A folder
 * that TMPDIR names stays.
 */
export function keepFilesInMemory(env: NodeJS.ProcessEnv = process.env): void {
  if (env['TMPDIR'] || !isRoomy(MEMORY)) return;
  const folder = mkdtempSync(join(MEMORY, 'keyproof-tests-'));
  env['TMPDIR'] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** Whether a folder is a file system in memory with room, from which programs and libraries may be started. */
function isRoomy(folder: string): boolean {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
    const [, , type, options = ''] = mounts.find((line) => line.split(' ')[1] === folder)?.split(' ') ?? [];
    const { bavail, bsize } = statfsSync(folder);
    return type === 'tmpfs' && !options.split(',').includes('noexec') && bavail * bsize >= ROOM;
  } catch {
    return false;
  }
}
