import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { workerUrl } from '../assets/locate.js';
import type { Bucket, CompiledPolicies, OnProgress, SubjectKind } from '../model/index.js';
import { byText } from '../text/compare-text.js';
import type { IsolatedPolicy, ThreadTask, WorkerData } from './bucket-task.js';
import { evaluatedElements } from './element-outcomes.js';
import { evaluateInThread } from './evaluate-in-thread.js';
import { givenUpBy, type PolicyEnd, type ThreadLimits, withoutGivenUp } from './give-up.js';

/** Limits of an evaluation. */
export type EvaluateOptions = {
  /** Worker threads. */
  workers: number;
  /** Time limit for one subject, ms. */
  subjectTimeoutMs: number;
  /** Folder for observation files. */
  workDir: string;
  /** Most memory one WASM instance may take, and the JavaScript of its thread in addition, in MiB. Default 512. */
  maxMemoryMb?: number;
};

/** The result of an evaluation. */
export type EvaluateResult = {
  /** NDJSON files of observations, one for each bucket, in bucket order. */
  observationFiles: string[];
  /** Subjects evaluated. */
  subjects: number;
};

/** The result of one bucket. */
type BucketEnd = { bucket: Bucket; output: string; ends: PolicyEnd[] };

const MAX_MEMORY_MB = 512;
const BYTES_PER_MB = 1_048_576;

/** Subjects that one thread evaluates in the time that another takes to start. */
const SUBJECTS_PER_THREAD = 500;

/**
 * Evaluates every bucket with every policy of its kind in worker threads. Each module has its own instance and `data` in each
 * thread, so that the policies of one cannot reach another. A policy that throws, traps, or runs over its time or memory on a
 * subject gives an `error` observation there; everything else stands. One whose thread had to be ended on three subjects is
 * given up: in its bucket it is not tried again, and none of its results in any bucket are used. A policy with a fault gives its
 * `error` on every subject.
 */
export async function evaluate(
  buckets: Bucket[],
  modules: readonly CompiledPolicies[],
  options: EvaluateOptions,
  onProgress: OnProgress,
): Promise<EvaluateResult> {
  const { maxMemoryMb = MAX_MEMORY_MB, subjectTimeoutMs } = options;
  const limits = { subjectTimeoutMs, maxMemoryMb };
  const shared = workerData(modules, maxMemoryMb);
  const total = buckets.reduce((sum, bucket) => sum + bucket.subjects, 0);
  const onDone = counter(buckets, (done) => onProgress({ stage: 'evaluate', done, total }));
  const pool = await startPool(shared, threadsFor(buckets, options.workers), maxMemoryMb);
  const one = async (bucket: Bucket): Promise<BucketEnd> => {
    const output = join(options.workDir, `observations-${bucket.kind}-${bucket.index}.ndjson`);
    const ruleIds = ruleIdsOf(shared, bucket.kind);
    const job = { pool, bucket, output, ruleIds, limits, onDone: (done: number) => onDone(bucket, done) };
    return { bucket, output, ends: await evaluateInThread(job) };
  };
  try {
    const ended = await Promise.all(buckets.map(one));
    await merge(ended, shared, limits);
    return { observationFiles: ended.map(({ output }) => output), subjects: total };
  } finally {
    await pool.destroy();
  }
}

/** Applies to all buckets that a policy was given up, which only some of them found. */
async function merge(ended: readonly BucketEnd[], shared: WorkerData, limits: ThreadLimits): Promise<void> {
  const givenUp = givenUpBy(
    ended.flatMap(({ ends }) => ends),
    limits,
  );
  const concerned = ended.filter(({ bucket }) =>
    ruleIdsOf(shared, bucket.kind).some((ruleId) => givenUp.has(ruleId)),
  );
  for (const { output } of concerned) await withoutGivenUp(output, givenUp);
}

/** Returns the number of threads that have enough work to be worth their start. */
function threadsFor(buckets: readonly Bucket[], workers: number): number {
  const subjects = buckets.reduce((sum, bucket) => sum + bucket.subjects, 0);
  return Math.max(1, Math.min(workers, buckets.length, Math.ceil(subjects / SUBJECTS_PER_THREAD)));
}

/** Adds up the progress that buckets report. */
function counter(
  buckets: readonly Bucket[],
  report: (done: number) => void,
): (bucket: Bucket, done: number) => void {
  const done = new Map(buckets.map((bucket) => [bucket, 0]));
  return (bucket, subjects) => {
    done.set(bucket, subjects);
    report([...done.values()].reduce((sum, count) => sum + count, 0));
  };
}

function workerData(modules: readonly CompiledPolicies[], maxMemoryMb: number): WorkerData {
  return {
    modules: modules.map(({ wasm, data }) => ({
      module: new WebAssembly.Module(Uint8Array.from(wasm)),
      data: Buffer.from(JSON.stringify(data)),
    })),
    policies: modules.flatMap(isolated).sort(byText(({ id }) => id)),
    maxBytes: maxMemoryMb * BYTES_PER_MB,
  };
}

function isolated(
  { policies, entrypoints, faults }: CompiledPolicies,
  module: number,
): (IsolatedPolicy & { subject: SubjectKind })[] {
  return policies.map(({ id, severity, subject, domain, ...policy }) => ({
    id,
    severity,
    ...evaluatedElements(policy),
    subject,
    module,
    entrypoint: entrypoints.get(id) ?? '',
    fault: faults.get(id) ?? null,
    listsSorted: domain !== 'custom',
  }));
}

function ruleIdsOf({ policies }: WorkerData, kind: SubjectKind): string[] {
  return policies.filter(({ subject }) => subject === kind).map(({ id }) => id);
}

async function startPool(
  shared: WorkerData,
  threads: number,
  maxMemoryMb: number,
): Promise<Piscina<ThreadTask, number>> {
  const { Piscina: Pool } = await import('piscina');
  return new Pool<ThreadTask, number>({
    filename: fileURLToPath(workerUrl('evaluate')),
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb },
    workerData: shared,
  });
}
