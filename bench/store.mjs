import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateExports } from './generate-exports.mjs';

// `node bench/store.mjs [keys] [memory limit in MB]`: the evidence store alone, stage by stage, with its memory.
const [keys = '100000', memoryLimitMb, prepared] = process.argv.slice(2);
const room = (name) => import(`../dist/${name}/index.js`);
await (prepared ? prepare(prepared) : measureInFolder());

async function measureInFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-store-'));
  try {
    // A process of its own, so that the memory of making the input is not counted as the store's.
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), keys, '0', folder], { stdio: 'inherit' });
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(folder) {
  for (const name of ['parts', 'buckets']) mkdirSync(join(folder, name));
  console.log(await generateExports(join(folder, 'exports'), Number(keys)));
  const { ingest } = await room('ingest');
  const { parts } = await ingest(await planOf(folder), join(folder, 'parts'), () => undefined);
  const observations = writeObservations(folder, Number(keys) * 20);
  writeFileSync(join(folder, 'input.json'), JSON.stringify({ parts, observations }));
}

async function planOf(folder) {
  const { buildPlan } = await room('config');
  const exports = join(folder, 'exports');
  const output = join(folder, 'out');
  return buildPlan({ paths: [exports], asOf: '2026-09-30', output, workers: '2', cwd: exports, nowMs: 0 });
}

async function measure(folder) {
  const { parts, observations } = JSON.parse(readFileSync(join(folder, 'input.json'), 'utf8'));
  const { openStore } = await room('store');
  const plan = await planOf(folder);
  const limit = memoryLimitMb ? { memoryLimitMb: Number(memoryLimitMb) } : {};
  const store = await openStore(folder, { threads: 2, ...limit });
  await timed('load', () => store.load(parts));
  await timed('resolve', () => store.resolve(plan));
  const buckets = await timed('dossiers', () => store.writeBuckets(join(folder, 'buckets'), plan));
  await timed('evidence hashes', () => store.keepEvidenceHashes(buckets));
  const bytes = buckets.reduce((sum, { path }) => sum + statSync(path).size, 0);
  const dossiers = buckets.reduce((sum, { subjects }) => sum + subjects, 0);
  console.log(`  ${dossiers} dossiers in ${buckets.length} buckets, ${Math.round(bytes / 1e6)} MB`);
  await timed('load observations', () => store.loadObservations(observations));
  await timed('observations.parquet', () => store.exportObservations(join(folder, 'o.parquet')));
  await timed('subjects.parquet', () => store.exportSubjects(join(folder, 's.parquet')));
  await store.close();
}

async function timed(stage, work) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${stage.padEnd(22)} ${seconds} s, ${((user + system) / 1e6).toFixed(1)} CPU s, peak so far ${peak} MB`,
  );
  return result;
}

/** Observations as workers write them, a tenth of them failed, in files of 100,000. */
function writeObservations(folder, count) {
  const files = Array.from({ length: Math.ceil(count / 100_000) }, (_, n) => join(folder, `o-${n}.ndjson`));
  for (const [n, file] of files.entries()) {
    const lines = Array.from({ length: Math.min(100_000, count - n * 100_000) }, (_, i) =>
      JSON.stringify(observation(n * 100_000 + i)),
    );
    writeFileSync(file, `${lines.join('\n')}\n`);
  }
  return files;
}

function observation(n) {
  const failed = n % 10 === 0;
  const records = [{ file: 'keys.csv', record: `row ${n}`, sha256: 'a'.repeat(64) }];
  return {
    id: n.toString(16).padStart(16, '0'),
    ruleId: `rule-${n % 20}`,
    subject: { kind: 'key', id: `key-${Math.floor(n / 20)}` },
    outcome: failed ? 'fail' : 'pass',
    severity: failed ? 'high' : null,
    violations: failed ? [{ message: `${n} days old; the limit is 90`, facts: { days: n }, records }] : [],
    missing: [],
    reasons: [],
    error: null,
  };
}
