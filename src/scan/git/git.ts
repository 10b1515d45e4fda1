import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { KeyproofError } from '../../model/index.js';

/** No prompt, no lock, nothing fetched, no pager, no translation: git only reads what is there. */
const QUIET = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_PAGER: 'cat',
  LC_ALL: 'C',
};

/** What the configuration of a user or a repository may set otherwise, and what is read would differ with it. */
const SETTINGS = [
  'core.quotePath=false',
  'core.fsmonitor=false',
  'color.ui=false',
  'color.diff=false',
  'diff.interHunkContext=0',
  'diff.relative=false',
  'log.showRoot=true',
  'log.showSignature=false',
].flatMap((setting) => ['-c', setting]);

/** Starts git in a folder. */
export function startGit(folder: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn('git', [...SETTINGS, ...args], { cwd: folder, env: { ...process.env, ...QUIET } });
  child.stdin.on('error', () => undefined);
  return child;
}

/**
 * Returns the standard output of git, in pieces; ends when git has ended well.
 * @throws KeyproofError if git is not installed or fails
 */
export async function* gitOutput(
  folder: string,
  args: readonly string[],
  input = '',
): AsyncGenerator<Buffer> {
  const child = startGit(folder, args);
  const ended = endOf(child);
  child.stdin.end(input);
  try {
    for await (const piece of child.stdout) yield piece as Buffer;
    if ((await ended) !== 0) throw failed(args);
  } finally {
    child.kill();
  }
}

/** Resolves with the exit code of git; -1 if it cannot be started. */
function endOf(child: ChildProcessWithoutNullStreams): Promise<number> {
  child.stderr.resume();
  return new Promise((resolve) => {
    child.on('error', () => resolve(-1));
    child.on('close', (code) => resolve(code ?? -1));
  });
}

function failed(args: readonly string[]): KeyproofError {
  return new KeyproofError(
    `git ${args[0] ?? ''} failed; check that git is installed and that the repository is whole (git fsck).`,
  );
}

/**
 * Returns all that git prints, as UTF-8.
 * @throws KeyproofError as `gitOutput`
 */
export async function gitText(folder: string, args: readonly string[], input = ''): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of gitOutput(folder, args, input)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** Returns what git prints, without the line break at its end; null if git fails. */
export async function gitAnswer(folder: string, args: readonly string[]): Promise<string | null> {
  try {
    return (await gitText(folder, args)).replace(/\n$/, '');
  } catch {
    return null;
  }
}

/** Returns the records of an output, as they come; each ends with a byte, NUL by default. */
export async function* gitRecords(
  folder: string,
  args: readonly string[],
  ending = 0,
): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of gitOutput(folder, args)) {
    const bytes: Buffer = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = bytes.indexOf(ending); end !== -1; end = bytes.indexOf(ending, start)) {
      yield bytes.toString('utf8', start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  if (rest.length > 0) yield rest.toString('utf8');
}
