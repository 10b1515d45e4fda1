import { readFileSync, statSync } from 'node:fs';

/** Largest file that a person writes, in bytes. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Reads a text file that a person wrote.
 * @throws Error if it is no file (a device has no end), larger than 4 MB, or cannot be read
 */
export function readSmallFile(path: string): string {
  const info = statSync(path);
  if (!info.isFile() || info.size > LARGEST) throw new Error('It is no file, or larger than 4 MB.');
  return readFileSync(path, 'utf8');
}
