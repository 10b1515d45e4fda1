import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { KeyproofError } from '../../model/index.js';
import { gitAnswer } from './git.js';

/** A repository of git. */
export type GitRepository = {
  /** Absolute folder in which git is run: the top of the working tree, or the bare repository. */
  folder: string;
  /** Whether it has no working tree. */
  isBare: boolean;
  /** Whether it holds a part of the history only. */
  isShallow: boolean;
  /** Commit that is checked out; null before the first commit. */
  head: string | null;
  /** Id of its first commit, the same in every clone; null before the first commit. */
  root: string | null;
  /** Folder of it that was named, as `services/api`; null if it is the top. */
  within: string | null;
  /** Author date of `head`, epoch ms; null without one. */
  headMs: number | null;
  /** `owner/name` of its remote, else the name of its folder. */
  name: string;
};

/**
 * Returns the repository that a folder belongs to; null if it belongs to none, or is ignored by it.
 * @throws KeyproofError if it belongs to one that git does not read: its history must not be passed over
 */
export async function openRepository(folder: string): Promise<GitRepository | null> {
  const facts = await gitAnswer(folder, ['rev-parse', '--is-bare-repository', '--is-shallow-repository']);
  if (facts === null && hasRepository(resolve(folder))) throw new KeyproofError(`${folder}: ${NOT_READ}`);
  if (facts === null) return null;
  const [isBare, isShallow] = facts.split('\n').map((line) => line === 'true');
  const top = isBare ? folder : await gitAnswer(folder, ['rev-parse', '--show-toplevel']);
  if (top === null) return null;
  const within = isBare ? null : await withinOf(folder);
  if (within !== null && (await isIgnored(top, within))) return null;
  const roots = await gitAnswer(top, ['rev-list', '--max-parents=0', '--all']);
  return {
    folder: resolve(top),
    isBare: isBare === true,
    isShallow: isShallow === true,
    head: await gitAnswer(top, ['rev-parse', '--verify', '--quiet', 'HEAD']),
    headMs: msOf(await gitAnswer(top, ['show', '-s', '--format=%at', 'HEAD'])),
    within,
    root: roots?.split('\n').sort()[0] || null,
    name: nameOf(await gitAnswer(top, ['config', '--get', 'remote.origin.url']), top),
  };
}

const NOT_READ =
  'git does not read this repository; install git, allow it if it belongs to another user (git config --global --add safe.directory FOLDER), or repair it (git fsck).';

/** Returns whether a folder, or one above it, looks like a repository. */
function hasRepository(folder: string): boolean {
  const isBare = existsSync(join(folder, 'HEAD')) && existsSync(join(folder, 'objects'));
  if (isBare || existsSync(join(folder, '.git', 'HEAD')) || isLink(join(folder, '.git'))) return true;
  const above = dirname(folder);
  return above !== folder && hasRepository(above);
}

/** Returns whether `.git` is the file that a working tree or submodule has in place of the folder. */
function isLink(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

async function withinOf(folder: string): Promise<string | null> {
  return (await gitAnswer(folder, ['rev-parse', '--show-prefix']))?.replace(/\/$/, '') || null;
}

/** Returns whether git ignores a folder: what is in it belongs to no repository. */
async function isIgnored(top: string, within: string): Promise<boolean> {
  return (await gitAnswer(top, ['check-ignore', '-q', `${within}/`])) !== null;
}

function msOf(seconds: string | null): number | null {
  return seconds === null || seconds === '' ? null : Number(seconds) * 1000;
}

/** Returns the arguments that limit git to the folder that was named; none if it is the top. */
export function pathspecOf({ within }: GitRepository): string[] {
  return within === null ? [] : ['--', `:(top,literal)${within}`];
}

const REMOTE = /(?:[/:]|^)([^/:\s]+\/[^/:\s]+?)(?:\.git)?\/?$/;

/** Returns the name of a repository: of its remote, without user and host, else of its folder. */
function nameOf(remote: string | null, folder: string): string {
  const isLink = remote !== null && /^(?:https?|ssh|git):\/\/|^[\w.-]+@[^/]+:/.test(remote);
  const named = isLink ? REMOTE.exec(remote)?.[1] : undefined;
  return (
    named ??
    (folder
      .replace(/[\\/]+$/, '')
      .replace(/\.git$/, '')
      .split(/[\\/]/)
      .pop() ||
      'repository')
  );
}
