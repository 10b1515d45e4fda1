import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dossiersOf, prepareDossiers } from './dossiers.mjs';
import { generateExports } from './generate-exports.mjs';
import { count, row } from './measure.mjs';
import { compareWithOpaEval } from './opa-comparison.mjs';
import { measureStarts } from './start.mjs';
import { compareWithPlainOpaWasm, compareWorkers } from './threads.mjs';

// `npm run bench [-- 10000 100000]`: whole audits of synthetic banks, then the evaluation beside its peers, all in one run.
// `npm run bench -- 0` leaves out the audits.
const DEFAULT_SIZES = [10_000, 100_000];
const COMPARED_KEYS = 4000;
const MEMORY_LIMIT_MB = 1536;
const given = process.argv.slice(2).map(Number);
const sizes = (given.length > 0 ? given : DEFAULT_SIZES).filter((size) => size > 0);
const folder = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
const northbridge = fileURLToPath(new URL('../examples/northbridge/exports', import.meta.url));
const workers = availableParallelism();
console.log(`Node ${process.versions.node}, ${workers} workers\n`);
try {
  measureStarts(folder);
  const compared = join(folder, 'compared');
  mkdirSync(compared);
  const prepared = await prepareDossiers(compared, COMPARED_KEYS);
  await compareWithPlainOpaWasm(prepared);
  const example = join(folder, 'example');
  mkdirSync(example);
  await compareWithPlainOpaWasm(await dossiersOf(example, northbridge));
  await compareWorkers(prepared);
  await compareWithOpaEval(prepared, workers);
  for (const size of sizes) await measureAudit(size);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One whole audit in a process of its own, stage by stage. */
async function measureAudit(keys) {
  const exports = join(folder, String(keys));
  const made = await generateExports(exports, keys);
  const script = fileURLToPath(new URL('stages.mjs', import.meta.url));
  const output = execFileSync(process.execPath, [script, exports, String(workers)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  rmSync(exports, { recursive: true });
  print(made, JSON.parse(output));
}

function print(made, figures) {
  console.log(
    `${count(made.keys)} keys, ${count(made.rotations)} rotations, ${count(made.grants)} grants, ${count(made.events)} events; ${figures.policies} policies, ${count(figures.observations)} observations, ${count(figures.failed)} failed`,
  );
  console.log(row('stage', 'seconds', 'CPU seconds', 'keys/s', 'peak MB so far'));
  for (const { name, seconds, cpuSeconds, peakMb } of figures.stages)
    console.log(
      row(name, seconds.toFixed(2), cpuSeconds.toFixed(2), count(made.keys / seconds), count(peakMb)),
    );
  const { peakMb } = figures.stages.at(-1);
  const verdict = peakMb < MEMORY_LIMIT_MB ? 'below' : 'ABOVE';
  console.log(
    `  Peak memory ${count(peakMb)} MB, ${verdict} the limit of ${MEMORY_LIMIT_MB} MB: this process and its threads, without the browser\n`,
  );
}
