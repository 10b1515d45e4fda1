// Runs steps one after another in this process, each in its own environment, as `main` does in a process of its own.
const write = process.stdout.write;
let steps = 0;

process.on('message', async ({ main, env, cwd }) => {
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
