import { rmSync } from 'node:fs';

const folders = new Set<string>();

/**
 * Removes a folder when the process ends, if it is still there: a run that is interrupted does not come to where it would remove it.
 * @returns the folder.
 */
export function removedAtExit(folder: string): string {
  if (folders.size === 0) process.once('exit', removeAll);
  folders.add(folder);
  return folder;
}

function removeAll(): void {
  for (const folder of folders) {
    try {
      // A thread or a browser may still write into it.
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    } catch {
      // Nobody is left to be told, and the next folder is to go as well.
    }
  }
}
