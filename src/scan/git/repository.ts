import { resolve } from 'node:path';
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
  /** `owner/name` of its remote, else the name of its folder. */
  name: string;
};

/** Returns the repository that a folder belongs to; null if it belongs to none or git is not installed. */
export async function openRepository(folder: string): Promise<GitRepository | null> {
  const facts = await gitAnswer(folder, ['rev-parse', '--is-bare-repository', '--is-shallow-repository']);
  if (facts === null) return null;
  const [isBare, isShallow] = facts.split('\n').map((line) => line === 'true');
  const top = isBare ? folder : ((await gitAnswer(folder, ['rev-parse', '--show-toplevel'])) ?? folder);
  const roots = await gitAnswer(top, ['rev-list', '--max-parents=0', '--all']);
  return {
    folder: resolve(top),
    isBare: isBare === true,
    isShallow: isShallow === true,
    head: await gitAnswer(top, ['rev-parse', '--verify', '--quiet', 'HEAD']),
    root: roots?.split('\n').sort()[0] || null,
    name: nameOf(await gitAnswer(top, ['config', '--get', 'remote.origin.url']), top),
  };
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
