import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `https://github.com/owner/name` as a folder: `owner+name`. */
export const folderOf = (url) => url.replace('https://github.com/', '').replace('/', '+');

/** The bare repositories of a folder, cloned when they are first asked for. */
export function gitCorpus(folder) {
  const pathOf = (url) => join(folder, folderOf(url), 'repo');
  const git = (url, ...args) =>
    execFileSync('git', ['--git-dir', pathOf(url), ...args], {
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  return {
    pathOf,
    git,
    /** Clones a repository that is not there, and checks that it has the commit. */
    need({ url, commit }) {
      if (!existsSync(pathOf(url)))
        execFileSync('git', ['clone', '--bare', '--quiet', `${url}.git`, pathOf(url)], { stdio: 'inherit' });
      if (commit) git(url, 'cat-file', '-e', commit);
    },
    paths: ({ url, commit }) =>
      git(url, 'ls-tree', '-r', '-z', '--name-only', commit).toString().split('\0').filter(Boolean),
    /** Writes files of a commit; all of them, or those that are wanted. */
    exportTree({ url, commit }, into, isWanted = () => true) {
      const wanted = git(url, 'ls-tree', '-r', '-z', commit)
        .toString()
        .split('\0')
        .map((entry) => entry.split('\t'))
        .filter(([facts, path]) => facts.startsWith('100') && isWanted(path))
        .map(([facts, path]) => ({ id: facts.split(' ')[2], path }));
      writeBlobs(pathOf(url), wanted, into);
    },
  };
}

function writeBlobs(repository, wanted, into) {
  const { stdout } = spawnSync('git', ['--git-dir', repository, 'cat-file', '--batch'], {
    input: wanted.map(({ id }) => `${id}\n`).join(''),
    maxBuffer: 1 << 30,
  });
  let at = 0;
  for (const { path } of wanted) {
    const line = stdout.indexOf(10, at);
    const [, type, size] = stdout.toString('latin1', at, line).split(' ');
    at = line + 1;
    if (type === 'missing') continue;
    mkdirSync(dirname(join(into, path)), { recursive: true });
    writeFileSync(join(into, path), stdout.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
}
