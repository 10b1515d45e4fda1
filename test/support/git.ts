import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { PROGRAM_FILES } from './closed-set.js';
import { describeUnlessProved } from './verdict.js';

/**
 * A describe whose tests depend on what the program reads and on git as it is on this machine. It is skipped if it has passed on
 * the same files with the same version, configuration and variables of git.
 *
 * @param testFile `import.meta.url` of the test.
 * @param globs further files that the tests read, from the root of the repository.
 */
export function describeWithGit(
  name: string,
  testFile: string,
  globs: readonly string[],
  body: () => void,
): void {
  describeUnlessProved(name, testFile, [...PROGRAM_FILES, ...globs], body, machine());
}

let told: string[] | undefined;

/** What tells git here from git elsewhere: outside a repository the configuration is that of the user and of the system. */
function machine(): string[] {
  told ??= [printed('--version'), printed('config', '--list'), ...variables()];
  return told;
}

function printed(...args: string[]): string {
  const { stdout, error } = spawnSync('git', args, { encoding: 'utf8', cwd: tmpdir() });
  return error === undefined ? stdout : 'git is not there';
}

function variables(): string[] {
  const set = Object.entries(process.env).filter(([name]) => name.startsWith('GIT_'));
  return set.map(([name, value]) => `${name}=${value}`).sort();
}
