import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** What a run of the command line left behind. */
export type CliRun = { code: number | null; stdout: string; stderr: string };

/** Runs the built command line as a user would; stderr is no terminal, KEYPROOF_* of the outer environment is left out. */
export function keyproof(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): CliRun {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('KEYPROOF_') || name === 'KEYPROOF_CACHE_DIR',
  );
  const run = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    cwd: options.cwd,
    env: { ...Object.fromEntries(inherited), ...options.env },
    maxBuffer: 1 << 26,
  });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}
