import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

// `npm run check:static`: each check by itself, as many at a time as there are processors, the longest first. What a check prints
// is printed when it has ended; every check runs, and one that fails fails the whole. `--but CHECK` leaves one out, which .ci/run
// has begun before there was a build.
const CHECKS = [
  'policies',
  'toolchain:check',
  'types',
  'generate:check',
  'arrows',
  'unused',
  'lint',
  'suite:check',
  'regal',
  'lockfile',
];

const { but = [] } = parseArgs({ options: { but: { type: 'string', multiple: true } } }).values;
const unknown = but.filter((check) => !CHECKS.includes(check));
if (unknown.length > 0) throw new Error(`no such check: ${unknown.join(', ')}`);

// Checks read dist/: none may run while it is written.
const failed = (await ended('build')) ? [] : ['build'];
const waiting = failed.length > 0 ? [] : CHECKS.filter((check) => !but.includes(check));
await Promise.all(Array.from({ length: availableParallelism() }, lane));
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function lane() {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
    if (!(await ended(check))) failed.push(check);
}

function ended(check) {
  const began = performance.now();
  const child = spawn('npm', ['run', '--silent', check], { shell: process.platform === 'win32' });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(part));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      console.log(
        `${check}: ${code === 0 ? 'ok' : 'FAILED'}, ${((performance.now() - began) / 1000).toFixed(0)} s`,
      );
      process.stdout.write(Buffer.concat(said));
      resolve(code === 0);
    });
  });
}
