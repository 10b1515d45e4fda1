import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What is in a folder and below. */
export type Walk = {
  /** Files, absolute. */
  files: string[];
  /** Files and folders not looked into: names that begin with a dot, `node_modules`. */
  hidden: string[];
};

/** Exports that are named so by the tool that writes them. */
const READ_ALTHOUGH_HIDDEN = new Set(['.secrets.baseline']);

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
  const real = realpathSync(folder);
  if (entered.has(real)) return;
  entered.add(real);
  const names = namesIn(folder);
  if (names === null) found.files.push(folder);
  for (const name of names ?? []) {
    const path = join(folder, name);
    const info = statSync(path, { throwIfNoEntry: false });
    if (isHidden(name)) found.hidden.push(path);
    else if (info?.isDirectory()) enter(path, found, entered);
    else if (info === undefined || info.isFile()) found.files.push(path);
  }
}

function isHidden(name: string): boolean {
  return (name.startsWith('.') && !READ_ALTHOUGH_HIDDEN.has(name)) || name === 'node_modules';
}

/** Returns sorted names; null if the folder may not be read: it is then reported like a file that cannot be opened. */
function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder).sort();
  } catch {
    return null;
  }
}
