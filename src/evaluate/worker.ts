import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { workerData } from 'piscina';
import { type LoadedPolicy, loadPolicy } from '../rego/index.js';
import type { BucketTask, WorkerData } from './bucket-task.js';
import { evaluateBucket } from './evaluate-bucket.js';

const shared = workerData as WorkerData;
const FLUSH_AT = 1 << 20;
const NEWLINE = 10;

let engine: LoadedPolicy | null = null;

/** Evaluates one bucket and writes its observations; gives the number of subjects. The worker thread's only task. */
export default async function evaluateTask(task: BucketTask): Promise<number> {
  const beat = new Int32Array(task.beat);
  const policies = shared.policies.filter((policy) => policy.subject === task.bucket.kind);
  const spare: LoadedPolicy[] = [];
  const work = {
    task,
    dossiers: linesOf(readFileSync(task.bucket.path)),
    policies,
    run: (dossier: Uint8Array, entrypoint: string) => evaluateOne(current(), dossier, entrypoint),
    restart: () => {
      engine = spare.pop() ?? load();
    },
    beat,
  };
  const file = openSync(task.output, 'w');
  try {
    writeAll(file, evaluateBucket(work));
    return task.bucket.subjects;
  } finally {
    closeSync(file);
  }
}

function current(): LoadedPolicy {
  engine ??= load();
  return engine;
}

function load(): LoadedPolicy {
  return loadPolicy(shared.module, { data: shared.data, maxPages: shared.maxPages });
}

function evaluateOne(policy: LoadedPolicy, dossier: Uint8Array, entrypoint: string): unknown {
  const set = policy.evaluate(entrypoint, dossier) as { result: unknown }[];
  return set[0]?.result;
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
