// Runs steps one after another in this process, each in its own environment, as `main` does in a process of its own.
const write = process.stdout.write;
const wait = globalThis.setTimeout;
let steps = 0;

/** Waits before a request is made again: the library for artifacts has five, of 3 to 16 seconds. */
const isWait = (ms) => ms >= 1000 && ms <= 16_000;
const noWait = (run, ms, ...given) => wait(run, isWait(ms) ? 0 : ms, ...given);

process.on('message', async ({ main, env, cwd, skipsWaits }) => {
  globalThis.setTimeout = skipsWaits ? noWait : wait;
  const log = [];
  process.stdout.write = (text) => {
    log.push(text);
    return true;
  };
  replaceEnvironment(env);
  process.chdir(cwd);
  process.exitCode = 0;
  steps += 1;
  await import(`${main}?step=${steps}`);
  process.stdout.write = write;
  process.send({ code: process.exitCode, log: log.join('') });
});

function replaceEnvironment(env) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
}
