import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KeyproofError } from '../../../index.js';

const run = promisify(execFile);

/**
 * Lists the files below a folder that differ from git HEAD: changed, staged, deleted, and new files that are not
 * ignored.
 *
 * @returns absolute paths.
 * @throws KeyproofError if git is missing, the folder is in no repository, or the repository has no commit yet.
 */
export async function changedFiles(dir: string): Promise<string[]> {
  const top = (await git(dir, ['rev-parse', '--show-toplevel'])).trim();
  const changed = await git(dir, ['diff', '--name-only', '-z', 'HEAD', '--', '.']);
  const fresh = await git(dir, [
    'ls-files',
    '--others',
    '--exclude-standard',
    '--full-name',
    '-z',
    '--',
    '.',
  ]);
  return `${changed}${fresh}`
    .split('\0')
    .filter(Boolean)
    .map((path) => join(top, path));
}

async function git(dir: string, args: readonly string[]): Promise<string> {
  try {
    return (await run('git', ['-C', dir, ...args], { maxBuffer: 1 << 26 })).stdout;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : '';
    throw new KeyproofError(`--changed: ${dir} cannot be compared with git HEAD: ${reason}`);
  }
}
