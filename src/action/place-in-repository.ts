import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
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
      const isThis = isRepository(base.slice(REPOSITORY.length), event);
      return isThis ? inside(event.workspace, resolve(event.workspace, uri)) : null;
    }
    return inside(event.workspace, resolve(root, uri));
  };
}

function isRepository(name: string, { owner, repo }: Pick<RunEvent, 'owner' | 'repo'>): boolean {
  const path = `/${name.replace(/\.git$/, '').replace(/^.*:/, '')}`.toLowerCase();
  return path === `/${repo.toLowerCase()}` || path.endsWith(`/${owner}/${repo}`.toLowerCase());
}

function inside(workspace: string, file: string): string | null {
  const path = relative(workspace, file);
  if (path === '' || path.startsWith('..') || isAbsolute(path) || !existsSync(file)) return null;
  return path.split(sep).join('/');
}
