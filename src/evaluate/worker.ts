import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { workerData } from 'piscina';
import { loadPolicy } from '../rego/loaded-policy.js';
import type { BucketTask, WorkerData } from './bucket-task.js';
import { evaluateBucket } from './evaluate-bucket.js';

const shared = workerData as WorkerData;
const FLUSH_AT = 1 << 20;
const NEWLINE = 10;

const engine = loadPolicy(shared.module, { data: shared.data, memory: { maxBytes: shared.maxBytes } });

/** Evaluates one bucket and writes its observations; gives the number of subjects. The worker thread's only task. */
export default function evaluateTask(task: BucketTask): number {
  const work = {
    task,
    dossiers: linesOf(readFileSync(task.bucket.path)),
    policies: shared.policies.filter((policy) => policy.subject === task.bucket.kind),
    run: (dossier: Uint8Array, entrypoint: string) => engine.evaluateRaw(dossier, entrypoint)[0]?.result,
    beat: new Int32Array(task.beat),
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

function writeAll(file: number, observations: Iterable<object>): void {
  let pending = '';
  for (const observation of observations) {
    pending += `${JSON.stringify(observation)}\n`;
    if (pending.length < FLUSH_AT) continue;
    writeSync(file, pending);
    pending = '';
  }
  writeSync(file, pending);
}
