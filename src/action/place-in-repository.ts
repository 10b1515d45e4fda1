import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * Returns a function that finds the path of a file in the checkout, with forward slashes; null for one that is not in it.
 * @param workspace folder of the checkout.
 * @param root folder that paths of the evidence are relative to; those of a scanned repository are relative to the checkout.
 */
export function placesIn(workspace: string, root: string): (uri: string) => string | null {
  return (uri) => {
    if (/^[a-z][a-z+.-]*:/i.test(uri)) return null;
    const found = [root, workspace].map((folder) => resolve(folder, uri)).find((path) => existsSync(path));
    if (found === undefined) return null;
    const path = relative(workspace, found);
    return path === '' || path.startsWith('..') || isAbsolute(path) ? null : path.split(sep).join('/');
  };
}
