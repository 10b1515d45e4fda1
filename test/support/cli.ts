import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { run } from '../../dist/cli/run.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** What a run of the command line left behind. */
export type CliRun = { code: number | null; stdout: string; stderr: string };

/**
 * Where a command is run: a folder, environment variables beside those of the tests, what comes on standard input, and the columns
 * of the terminal; none if it is no terminal.
 */
export type Place = { cwd?: string; env?: NodeJS.ProcessEnv; stdin?: string; columns?: number };

/** Runs a command in this process, in a world of its own; it has a terminal only if the place states columns. */
export async function keyproof(args: readonly string[], place: Place = {}): Promise<CliRun> {
  const { cwd = process.cwd(), env = {}, stdin = '', columns } = place;
  let stdout = '';
  let stderr = '';
  const terminal = {
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: (text: string) => {
      stderr += text;
    },
    stdin: async () => stdin,
    isTTY: columns !== undefined,
    columns: columns ?? 100,
    ...(columns === undefined ? {} : { outColumns: columns }),
  };
  const code = await run(args, { cwd, env: { ...inherited(), ...env }, terminal });
  return { code, stdout, stderr };
}

/** Runs the built command line as a user would, in a process of its own, which costs a second or more. */
export function keyproofProcess(args: readonly string[], { cwd, env, stdin = '' }: Place = {}): CliRun {
  const ran = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    cwd,
    env: { ...inherited(), ...env },
    input: stdin,
    maxBuffer: 1 << 26,
  });
  return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
}

/** The outer environment; of KEYPROOF_* only the folder of the compile cache. */
function inherited(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('KEYPROOF_') || name === 'KEYPROOF_CACHE_DIR',
  );
  return Object.fromEntries(kept);
}
