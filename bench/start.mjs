import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { row, runProgram } from './measure.mjs';

const TIMES = 7;
const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const first = fileURLToPath(new URL('first-evaluation.mjs', import.meta.url));

/** Prints what processes take from start to end, the least of several runs, and what they take beyond Node itself. */
export function measureStarts(folder) {
  const cache = join(folder, 'cache');
  run([first, cache]);
  if (run([first, cache]).stdout !== 'warm') throw new Error('the compile cache did not keep the policy');
  const node = least(['-e', '0']);
  console.log(`From start to end of a process, warm cache; least of ${TIMES}`);
  console.log(row('', 'ms', 'less Node', 'CPU ms', 'less Node'));
  console.log(row('node -e 0', ...cells(node, { seconds: 0, cpuSeconds: 0 })));
  for (const [name, args] of [
    ['first evaluation of a policy', [first, cache]],
    ['keyproof --version', [cli, '--version']],
    ['keyproof policy list', [cli, 'policy', 'list']],
    ['keyproof frameworks', [cli, 'frameworks']],
    ['keyproof explain rotation-max-age', [cli, 'explain', 'rotation-max-age']],
    ['keyproof audit of five keys', auditOfFive(folder)],
  ])
    console.log(row(name, ...cells(least(args), node)));
  console.log('');
}

/** An audit of an inventory of five keys, JSON only. */
function auditOfFive(folder) {
  const exports = join(folder, 'five');
  mkdirSync(exports, { recursive: true });
  const rows = [1, 2, 3, 4, 5].map(
    (n) => `k${n},production,active,jane,2026-0${n}-01,2026-08-01,high,secrets-manager`,
  );
  const header = 'key_id,environment,status,owner,created,last_rotated,risk_tier,storage';
  writeFileSync(join(exports, 'keys.csv'), `${[header, ...rows].join('\n')}\n`);
  const output = join(folder, 'five-pack');
  const options = [
    '--as-of',
    '2026-09-30',
    '--format',
    'json',
    '--output',
    output,
    '--fail-on',
    'none',
    '--quiet',
  ];
  return [cli, 'audit', exports, ...options];
}

function least(args) {
  const runs = Array.from({ length: TIMES }, () => run(args));
  const of = (what) => Math.min(...runs.map((one) => one[what]));
  return { seconds: of('seconds'), cpuSeconds: of('cpuSeconds') };
}

const run = (args) => runProgram(process.execPath, args);

const cells = (whole, node) =>
  ['seconds', 'cpuSeconds'].flatMap((what) => [
    Math.round(whole[what] * 1000),
    Math.round((whole[what] - node[what]) * 1000),
  ]);
