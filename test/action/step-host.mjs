import { keptAudits } from './kept-audits.mjs';

// Runs steps one after another in this process, each in its own environment, as `main` does in a process of its own. What they
// audit again is not computed again.
const write = process.stdout.write;
const wait = globalThis.setTimeout;
let steps = 0;
let keeping;

/** Waits before a request is made again: the library for artifacts has five, of 3 to 16 seconds. */
const isWait = (ms) => ms >= 1000 && ms <= 16_000;
const noWait = (run, ms, ...given) => wait(run, isWait(ms) ? 0 : ms, ...given);

process.on('message', async ({ program, env, cwd, skipsWaits }) => {
  globalThis.setTimeout = skipsWaits ? noWait : wait;
  const log = [];
  process.stdout.write = (text) => {
    log.push(text);
    return true;
  };
  steps += 1;
  replaceEnvironment({ ...env, GITHUB_API_URL: addressOf(env) });
  process.chdir(cwd);
  const code = await runStep(program);
  process.stdout.write = write;
  process.send({ code, log: log.join('') });
});

/** Both are imported in the environment of a step: DuckDB's library is where it says. */
async function runStep(program) {
  const { runAction } = await import(new URL('action/run-action.js', program).href);
  keeping ??= keptAudits((await import(new URL('index.js', program).href)).audit);
  return runAction(process.env, keeping);
}

/** An address of its own for each step: a process leaves three seconds between two comments to one, and each step is a process. */
const addressOf = ({ GITHUB_API_URL }) => `${GITHUB_API_URL}/step-${steps}`;

function replaceEnvironment(env) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
}
