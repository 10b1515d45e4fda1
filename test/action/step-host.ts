import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fastGlob from 'fast-glob';
import type { Runner } from './runner.js';

/** One process that runs the program which a step unpacked, step after step: the start of a process costs more than a step. */
export type StepHost = {
  /**
   * Runs a step in an environment.
   * @param skipsWaits whether it does not wait before it makes a request again.
   * @returns its exit code and what it printed.
   */
  run(
    env: { [name: string]: string },
    cwd: string,
    skipsWaits?: boolean,
  ): Promise<{ code: number; log: string }>;
  /** Ends the process. */
  close(): Promise<void>;
};

/** Starts a host for the program that an earlier step of the runner unpacked. */
export function startStepHost({ toolCache }: Runner): StepHost {
  const [program] = fastGlob.sync('keyproof/*/*/dist', {
    cwd: toolCache,
    absolute: true,
    onlyDirectories: true,
  });
  if (program === undefined) throw new Error('No step of this runner has unpacked the program.');
  const host = fork(fileURLToPath(new URL('step-host.mjs', import.meta.url)), { stdio: 'inherit' });
  return {
    run: async (env, cwd, skipsWaits = false) => {
      host.send({ program: pathToFileURL(`${program}/`).href, env, cwd, skipsWaits });
      return answerOf(host);
    },
    close: async () => {
      host.disconnect();
      await once(host, 'exit');
    },
  };
}

async function answerOf(host: ChildProcess): Promise<{ code: number; log: string }> {
  const ended = new AbortController();
  const { signal } = ended;
  try {
    return await Promise.race([
      once(host, 'message', { signal }).then(([answer]) => answer),
      once(host, 'exit', { signal }).then(([code]) => {
        throw new Error(`The host of the steps ended with ${code}.`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}
