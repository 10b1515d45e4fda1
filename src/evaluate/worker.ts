import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { Observation } from '../model/index.js';
import { openEngine } from '../opa/engine.js';
import type { ThreadTask, WorkerData } from './bucket-task.js';
import { evaluateBucket, type ReadyModule } from './evaluate-bucket.js';
import { observationLine } from './observation-line.js';
import { recycling } from './recycling.js';

const shared = workerData as WorkerData;
const FLUSH_AT = 1 << 20;
const NEWLINE = 10;

const memory = { maxBytes: shared.maxBytes, maxTextBytes: 2 ** 23 };
const modules = shared.modules.map(ready);

/**
 * Loads a module. One that cannot be loaded, for example because its data is too large, affects only its own
 * policies.
 */
function ready({ module, data }: WorkerData['modules'][number]): ReadyModule {
  try {
    return recycling(openEngine(module, { data, bigIntegers: 'text', memory }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Evaluates one bucket and writes its observations. @returns the number of subjects. */
export default function evaluateTask({ task, beat }: ThreadTask): number {
  const work = {
    task,
    dossiers: linesOf(readFileSync(task.bucket.path)),
    policies: shared.policies.filter((policy) => policy.subject === task.bucket.kind),
    modules,
    beat: new Int32Array(beat),
  };
  const file = openSync(task.output, 'w');
  try {
    writeAll(file, evaluateBucket(work));
    return task.bucket.subjects;
  } finally {
    closeSync(file);
  }
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    if (end > start) yield bytes.subarray(start, end);
    start = end + 1;
  }
}

function writeAll(file: number, observations: Iterable<Observation>): void {
  let pending = '';
  for (const observation of observations) {
    pending += observationLine(observation);
    if (pending.length < FLUSH_AT) continue;
    writeSync(file, pending);
    pending = '';
  }
  writeSync(file, pending);
}
