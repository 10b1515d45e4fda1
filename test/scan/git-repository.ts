import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** No configuration but this: without it every commit starts a process that looks whether there is something to tidy. */
const CONFIGURATION = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'maintenance.auto',
  GIT_CONFIG_VALUE_0: 'false',
};

const made: string[] = [];

/** Repositories without a commit, by name: git makes each once, and tests get copies. */
const empty = new Map<string, string>();

/** Makes a repository; `removeRepositories` removes all. */
export function testRepository(name = 'payments-api'): TestRepository {
  const folder = join(testFolder(), name);
  const env = { ...process.env, ...PERSON, ...COMMITTER, ...CONFIGURATION };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, env, encoding: 'utf8' }).trim();
  const template = empty.get(name) ?? emptyRepository(name);
  empty.set(name, template);
  cpSync(template, folder, { recursive: true });
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
    return commitOf(join(folder, '.git'));
  };
  return { folder, git, write, commit };
}

function emptyRepository(name: string): string {
  const folder = join(testFolder(), name);
  const git = (...args: string[]) =>
    execFileSync('git', args, { env: { ...process.env, ...CONFIGURATION }, encoding: 'utf8' });
  git('init', '-q', '-b', 'main', folder);
  const remote = `https://git.northbridge.example/northbridge/${name}.git`;
  git('-C', folder, 'remote', 'add', 'origin', remote);
  return folder;
}

/** Returns the commit that is checked out, without a process. */
function commitOf(repository: string): string {
  const head = readFileSync(join(repository, 'HEAD'), 'utf8').trim();
  return head.startsWith('ref: ') ? readFileSync(join(repository, head.slice(5)), 'utf8').trim() : head;
}

/** Makes a folder that `removeRepositories` removes. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-scan-'));
  made.push(folder);
  return folder;
}

export function removeRepositories(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  empty.clear();
}
