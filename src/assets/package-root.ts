import { existsSync } from 'node:fs';

/**
 * Folder of the installed package, with policies/, frameworks/ and templates/: the nearest one above this file that has a
 * package.json. So it is found from src/, from dist/, and from the bundle of the Action, whose files lie elsewhere.
 */
export const packageRoot = nearestPackage(new URL('./', import.meta.url));

/** @throws Error if no folder above has a package.json, which only a damaged installation lacks. */
function nearestPackage(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder;
  const above = new URL('../', folder);
  if (above.href !== folder.href) return nearestPackage(above);
  throw new Error('package.json of keyproof is missing: install keyproof again.');
}
