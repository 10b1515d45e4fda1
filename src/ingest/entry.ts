import { type Stats, statSync } from 'node:fs';

/** Returns what a path leads to; null if that cannot be told: nothing, a link to itself, a folder that may not be entered. */
export function entryAt(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

/**
 * Returns why a path must not be opened; null if it may be, or if opening it tells. A device or a pipe may have no end, or
 * never begin.
 */
export function refusal(path: string): string | null {
  const entry = entryAt(path);
  if (entry === null || entry.isFile() || entry.isDirectory()) return null;
  return 'a device, pipe or socket is no file: save what it gives to a file and audit that';
}
