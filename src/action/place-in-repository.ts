import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isSameRepository } from '../index.js';
import { pathIn } from '../text/path-in.js';
import type { FindPlace } from './annotations.js';
import type { RunEvent } from './run-event.js';

/** Base of paths in a scanned repository, before its name, in results.sarif; any other base is the audited folder. */
const REPOSITORY = 'REPOSITORY ';

/**
 * Returns a function that finds a file in the checkout: one of the audited folder, or one of this repository. A path in another
 * repository is none, even if this one has a file of that name.
 * @param root the audited folder.
 */
export function placesIn(event: Pick<RunEvent, 'workspace' | 'owner' | 'repo'>, root: string): FindPlace {
  return (uri, base) => {
    if (base.startsWith(REPOSITORY)) {
      const isThis = isSameRepository(base.slice(REPOSITORY.length), `${event.owner}/${event.repo}`);
      return isThis ? inside(event.workspace, resolve(event.workspace, uri)) : null;
    }
    return inside(event.workspace, resolve(root, uri));
  };
}

function inside(workspace: string, file: string): string | null {
  const path = pathIn(workspace, file);
  return path === null || path === '' || !existsSync(file) ? null : path;
}
