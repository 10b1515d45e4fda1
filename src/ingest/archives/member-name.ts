import { isHidden } from '../walk.js';

/**
 * Returns why a member of an archive is not unpacked because of its name; null if the name is a path inside the archive.
 */
export function nameProblem(name: string): string | null {
  const parts = name.split('/');
  const leaves = name.startsWith('/') || /^[a-z]:/i.test(name) || name.includes('\\') || parts.includes('..');
  if (leaves || name.includes('\0'))
    return 'its path leads out of the archive: pack the folder of exports itself';
  return null;
}

/** Returns whether a member is no export by its name: hidden files, and what macOS adds to archives. */
export function isLeftOut(name: string): boolean {
  return name.split('/').some((part) => isHidden(part) || part === '__MACOSX');
}
