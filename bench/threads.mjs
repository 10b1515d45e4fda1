import { createRequire } from 'node:module';
import { evaluate } from '../dist/evaluate/index.js';
import { openEngine } from '../dist/opa/engine.js';
import { describeDossiers } from './dossiers.mjs';
import { bestOfTurns, count, measured, row } from './measure.mjs';

const opaWasm = createRequire(import.meta.url)('@open-policy-agent/opa-wasm');
const ENTRYPOINT = 'keyproof/subject/key/evaluation';
const FORM = { hourCycle: 'h23', weekday: 'long', year: 'numeric', month: 'numeric', day: 'numeric' };
const CLOCK = { hour: 'numeric', minute: 'numeric', second: 'numeric' };
const formats = new Map();

/** Parts of a moment, nanoseconds or `[nanoseconds, zone]`, by their names in Intl. */
function partsOf(moment) {
  const [ns, stated] = [moment].flat();
  const timeZone = stated || 'UTC';
  const known = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { ...FORM, ...CLOCK, timeZone });
  formats.set(timeZone, known);
  return Object.fromEntries(known.formatToParts(ns / 1e6).map(({ type, value }) => [type, value]));
}

/** Built-ins that policies call and opa-wasm leaves to its host. */
const OF_HOST = {
  'time.weekday': (moment) => partsOf(moment).weekday,
  'time.clock': (moment) => Object.keys(CLOCK).map((name) => Number(partsOf(moment)[name])),
  'time.date': (moment) => ['year', 'month', 'day'].map((name) => Number(partsOf(moment)[name])),
};
const TURNS = 4;
/** How often each bucket is evaluated, so that the start of threads and their last bucket do not decide. */
const ROUNDS = 4;

/** Prints how fast one thread evaluates: our loaded policy beside plain opa-wasm, on the same module and the same bytes. */
export async function compareWithPlainOpaWasm(prepared) {
  const [{ wasm, data }] = prepared.compiled;
  const ours = openEngine(wasm, { data });
  const plain = await opaWasm.loadPolicy(Uint8Array.from(wasm).buffer, undefined, OF_HOST);
  plain.setData(data);
  const bytes = prepared.lines.map((line) => new TextEncoder().encode(line));
  requireSameAnswers(prepared.lines, ours, plain);
  const [plainBest, rawBest, exactBest] = bestOfTurns(
    [
      () => bytes.forEach((line) => void plain.evaluate(line.buffer, ENTRYPOINT)),
      () => bytes.forEach((line) => void ours.evaluateRaw(line, ENTRYPOINT)),
      () => bytes.forEach((line) => void ours.evaluate(ENTRYPOINT, line)),
    ],
    TURNS,
  );
  const line = (name, best) => row(name, count(bytes.length / best), (plainBest / best).toFixed(2));
  console.log(`One thread, no start: ${describeDossiers(prepared)}; best of ${TURNS} turns`);
  console.log(row('', 'keys a CPU s', 'to opa-wasm'));
  console.log(line('opa-wasm', plainBest));
  console.log(line('evaluateRaw, the same result', rawBest));
  console.log(`${line("evaluate, sets in OPA's order", exactBest)}\n`);
}

function requireSameAnswers(lines, ours, plain) {
  for (const line of lines.slice(0, 100)) {
    const [a, b] = [ours.evaluateRaw(line, ENTRYPOINT), plain.evaluate(JSON.parse(line), ENTRYPOINT)];
    if (JSON.stringify(sorted(a)) !== JSON.stringify(sorted(b)))
      throw new Error(`keyproof and opa-wasm differ on ${line.slice(0, 200)}`);
  }
}

/** The order of a set's members and an object's keys is not part of an answer. */
function sorted(value) {
  if (Array.isArray(value))
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

/** Prints how much faster two workers evaluate than one, the start of their threads included. */
export async function compareWorkers({ compiled, buckets, folder, lines }) {
  const often = buckets.flatMap((bucket) =>
    Array.from({ length: ROUNDS }, (_, round) => ({
      ...bucket,
      index: bucket.index + round * buckets.length,
    })),
  );
  const run = (workers) =>
    measured(() =>
      evaluate(often, compiled, { workers, subjectTimeoutMs: 60_000, workDir: folder }, () => undefined),
    );
  const results = [];
  for (const workers of [1, 2, 1, 2]) results.push({ workers, ...(await run(workers)) });
  const best = (workers, what) =>
    Math.min(...results.filter((result) => result.workers === workers).map((result) => result[what]));
  const keys = lines.length * ROUNDS;
  console.log(
    `Evaluation stage of ${count(keys)} keys in ${often.length} buckets, threads started anew; best of 2`,
  );
  console.log(row('', 'keys/s', 'CPU seconds'));
  for (const workers of [1, 2])
    console.log(
      row(
        `${workers} worker${workers > 1 ? 's' : ''}`,
        count(keys / best(workers, 'seconds')),
        best(workers, 'cpuSeconds').toFixed(2),
      ),
    );
  console.log(row('two against one', (best(1, 'seconds') / best(2, 'seconds')).toFixed(2)));
  // On a busy machine the line above says what the machine had to spare; this one what the second thread costs.
  const byCpu = (2 * best(1, 'cpuSeconds')) / best(2, 'cpuSeconds');
  console.log(`${row('the same with a free core each', byCpu.toFixed(2))}\n`);
}
