import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { entryAt } from './entry.js';

/** What is in a folder and below. */
export type Walk = {
  /** Whatever is no folder, absolute: also links that lead nowhere, and devices. */
  files: string[];
  /** Files and folders not looked into: names that begin with a dot, `node_modules`. */
  hidden: string[];
};

/** Exports that are named so by the tool that writes them. */
const READ_ALTHOUGH_HIDDEN = new Set(['.secrets.baseline']);

/** Names of what programs leave behind: packages, locks of open Office files, thumbnails and views of folders. */
const MADE_BY_PROGRAMS = /^(?:node_modules|~\$.*|(?:eh)?thumbs\.db|desktop\.ini)$/i;

/**
 * Lists a folder and everything below it, in the order of names. Links are followed; each real folder is
 * entered once, so that loops end.
 */
export function walk(folder: string): Walk {
  const found: Walk = { files: [], hidden: [] };
  enter(folder, found, new Set());
  return found;
}

function enter(folder: string, found: Walk, entered: Set<string>): void {
  const real = realPath(folder);
  if (entered.has(real)) return;
  entered.add(real);
  const names = namesIn(folder);
  if (names === null) found.files.push(folder);
  for (const name of names ?? []) {
    const path = join(folder, name);
    if (isHidden(name)) found.hidden.push(path);
    else if (entryAt(path)?.isDirectory()) enter(path, found, entered);
    else found.files.push(path);
  }
}

/** Returns where a path leads; the path itself if the system does not tell, as for what /proc links to and what was just removed. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Returns whether a file or folder of this name is not looked into. */
export function isHidden(name: string): boolean {
  return (name.startsWith('.') && !READ_ALTHOUGH_HIDDEN.has(name)) || MADE_BY_PROGRAMS.test(name);
}

/** Returns sorted names; null if the folder may not be read: it is then reported like a file that cannot be opened. */
function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder).sort();
  } catch {
    return null;
  }
}
