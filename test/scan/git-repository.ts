import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real repository of git in a folder of its own. */
export type TestRepository = {
  folder: string;
  git: (...args: string[]) => string;
  write: (files: Readonly<Record<string, string | Buffer>>) => void;
  /** Commits all there is, with this author date. @returns the commit. */
  commit: (date: string) => string;
};

const PERSON = { GIT_AUTHOR_NAME: 'Moss', GIT_AUTHOR_EMAIL: 'moss@northbridge.example' };
const COMMITTER = { GIT_COMMITTER_NAME: 'Moss', GIT_COMMITTER_EMAIL: 'moss@northbridge.example' };

const made: string[] = [];

/** Makes a repository; `removeRepositories` removes all. */
export function testRepository(name = 'payments-api'): TestRepository {
  const folder = join(testFolder(), name);
  mkdirSync(folder);
  const env = {
    ...process.env,
    ...PERSON,
    ...COMMITTER,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, env, encoding: 'utf8' }).trim();
  git('init', '-q', '-b', 'main');
  git('remote', 'add', 'origin', `https://git.northbridge.example/northbridge/${name}.git`);
  const write = (files: Readonly<Record<string, string | Buffer>>) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  };
  const commit = (date: string) => {
    git('add', '-A');
    execFileSync('git', ['commit', '-q', '--allow-empty', '-m', 'work'], {
      cwd: folder,
      env: { ...env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
    return git('rev-parse', 'HEAD');
  };
  return { folder, git, write, commit };
}

/** Makes a folder that `removeRepositories` removes. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-scan-'));
  made.push(folder);
  return folder;
}

export function removeRepositories(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
