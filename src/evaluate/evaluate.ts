import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import type { Bucket, OnProgress, Policy, SubjectKind } from '../model/index.js';
import { type BucketTask, createBeat, type WorkerData } from './bucket-task.js';
import { type Stuck, stuckAt, watch } from './watchdog.js';

/** Compiled policies as `evaluate` needs them. */
export type CompiledForEvaluation = {
  /** One WASM module with an entrypoint for each subject kind and each policy. */
  wasm: Uint8Array;
  /** The policies in it, sorted by id. */
  policies: Policy[];
  /** Entrypoint of a policy's own result, by rule id. */
  entrypoints: { [ruleId: string]: string };
  /** Why a policy is not in the module, by rule id. */
  faults?: { [ruleId: string]: string };
  /** The `data` document. */
  data: object;
};

/** Limits of an evaluation. */
export type EvaluateOptions = {
  /** Worker threads. */
  workers: number;
  /** Time limit for one subject, ms. */
  subjectTimeoutMs: number;
  /** Folder for observation files. */
  workDir: string;
  /** Most memory one WASM instance may take, in MiB, and the JavaScript of its thread beside it. Default 512. */
  maxMemoryMb?: number;
};

/** What an evaluation left behind. */
export type EvaluateResult = {
  /** NDJSON files of observations, one a bucket, in bucket order. */
  observationFiles: string[];
  /** Subjects evaluated. */
  subjects: number;
};

const GIVE_UP_AFTER = 3;
const MAX_MEMORY_MB = 512;
const BYTES_PER_MB = 1_048_576;
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

/** Subjects that one thread evaluates in the time that another takes to start. */
const SUBJECTS_PER_THREAD = 500;

type Run = {
  pool: Piscina<BucketTask, number>;
  policies: Policy[];
  options: EvaluateOptions;
  /** How often a policy ended its worker, by rule id. */
  ended: Map<string, number>;
  disabled: Map<string, string>;
  done: Map<string, number>;
  /** Policies left out when a bucket was last evaluated, by its output. */
  without: Map<string, ReadonlyMap<string, string>>;
  report: () => void;
};

/**
 * Evaluates every bucket with every policy of its kind in worker threads that share one compiled module. A policy that
 * throws, traps, or runs over its time or memory on a subject gives an `error` observation there; everything else stands. A
 * policy whose worker had to be ended on three subjects is given up for the whole run, and none of its results are used. A
 * policy with a fault gives its `error` on every subject.
 */
export async function evaluate(
  buckets: Bucket[],
  compiled: CompiledForEvaluation,
  options: EvaluateOptions,
  onProgress: OnProgress,
): Promise<EvaluateResult> {
  const total = buckets.reduce((sum, bucket) => sum + bucket.subjects, 0);
  const run = await startRun(compiled, options, threadsFor(buckets, options.workers), () =>
    onProgress({ stage: 'evaluate', done: subjectsDone(run), total }),
  );
  try {
    for (let due = buckets; due.length > 0; due = buckets.filter((bucket) => isOutdated(run, bucket))) {
      await Promise.all(due.map((bucket) => evaluateUntilDone(run, bucket)));
    }
    return { observationFiles: buckets.map((bucket) => outputOf(run, bucket)), subjects: total };
  } finally {
    await run.pool.destroy();
  }
}

/** As many threads as have work enough to be worth their start. */
function threadsFor(buckets: readonly Bucket[], workers: number): number {
  const subjects = buckets.reduce((sum, bucket) => sum + bucket.subjects, 0);
  return Math.max(1, Math.min(workers, buckets.length, Math.ceil(subjects / SUBJECTS_PER_THREAD)));
}

async function startRun(
  compiled: CompiledForEvaluation,
  options: EvaluateOptions,
  threads: number,
  report: () => void,
): Promise<Run> {
  const { maxMemoryMb = MAX_MEMORY_MB } = options;
  const workerData: WorkerData = {
    module: new WebAssembly.Module(Uint8Array.from(compiled.wasm)),
    data: compiled.data,
    policies: compiled.policies.map(({ id, severity, subject, domain }) => ({
      id,
      severity,
      subject,
      entrypoint: compiled.entrypoints[id] ?? '',
      fault: compiled.faults?.[id] ?? null,
      listsSorted: domain !== 'custom',
    })),
    maxBytes: maxMemoryMb * BYTES_PER_MB,
  };
  const { Piscina: Pool } = await import('piscina');
  const pool = new Pool<BucketTask, number>({
    filename: fileURLToPath(new URL('./worker.js', import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb },
    workerData,
  });
  return {
    pool,
    policies: compiled.policies,
    options,
    ended: new Map(),
    disabled: new Map(),
    done: new Map(),
    without: new Map(),
    report,
  };
}

/** A bucket is begun again whenever its worker came to an end before it. */
async function evaluateUntilDone(run: Run, bucket: Bucket): Promise<void> {
  const isolated: number[] = [];
  const blocked = new Map<string, string>();
  for (;;) {
    const disabled = new Map(run.disabled);
    const end = await attempt(run, { bucket, isolated, blocked, disabled });
    run.without.set(outputOf(run, bucket), disabled);
    if (end === null) return;
    noteEnd(run, bucket, end, isolated, blocked);
  }
}

/** Whether a policy was given up after the bucket had been evaluated with it, so that what it said must go. */
function isOutdated(run: Run, bucket: Bucket): boolean {
  const without = run.without.get(outputOf(run, bucket)) ?? run.disabled;
  return policiesOf(run, bucket.kind).some(({ id }) => run.disabled.has(id) && !without.has(id));
}

function noteEnd(
  run: Run,
  bucket: Bucket,
  { stuck, cause }: WorkerEnd,
  isolated: number[],
  blocked: Map<string, string>,
): void {
  if (!isolated.includes(stuck.place)) isolated.push(stuck.place);
  if (stuck.policy === null) return;
  const ruleId = policiesOf(run, bucket.kind)[stuck.policy]?.id ?? '';
  const say = ENDS[cause](run.options);
  blocked.set(`${stuck.place}:${ruleId}`, say.once);
  const times = (run.ended.get(ruleId) ?? 0) + 1;
  run.ended.set(ruleId, times);
  if (times >= GIVE_UP_AFTER) run.disabled.set(ruleId, say.often);
}

/** Why a worker ended before its bucket did, and what it was at. */
type WorkerEnd = { stuck: Stuck; cause: 'time' | 'memory' };

/** What a policy that ended its worker is said to have done, on one subject and on several. */
const ENDS: {
  [C in WorkerEnd['cause']]: (limits: EvaluateOptions) => { once: string; often: string };
} = {
  time: ({ subjectTimeoutMs }) => ({
    once: `the policy did not finish within ${subjectTimeoutMs} ms`,
    often: `the policy ran over its time limit of ${subjectTimeoutMs} ms on several subjects, so it was given up`,
  }),
  memory: ({ maxMemoryMb = MAX_MEMORY_MB }) => ({
    once: `the policy took more than the ${maxMemoryMb} MiB of memory that its thread has`,
    often: `the policy took more than the ${maxMemoryMb} MiB of memory that its thread has on several subjects, so it was given up`,
  }),
};

/** Runs a bucket once. Gives null when it finished, or how its thread ended before. */
async function attempt(
  run: Run,
  state: Pick<BucketTask, 'bucket' | 'isolated' | 'blocked' | 'disabled'>,
): Promise<WorkerEnd | null> {
  const beat = createBeat();
  const abort = new AbortController();
  let stuck: Stuck | null = null;
  const key = outputOf(run, state.bucket);
  const stop = watch(
    beat,
    run.options.subjectTimeoutMs,
    (where) => {
      stuck = where;
      abort.abort();
    },
    (place) => advance(run, key, place - 1),
  );
  const task: BucketTask = { ...state, output: key, beat: beat.buffer };
  try {
    advance(run, key, await run.pool.run(task, { signal: abort.signal }));
    return null;
  } catch (error) {
    if (stuck !== null) return { stuck, cause: 'time' };
    if (!isOutOfMemory(error) || beat[0] === 0) throw error;
    return { stuck: stuckAt(beat), cause: 'memory' };
  } finally {
    stop();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === OUT_OF_MEMORY;
}

function advance(run: Run, key: string, done: number): void {
  run.done.set(key, done);
  run.report();
}

function subjectsDone(run: Run): number {
  return [...run.done.values()].reduce((sum, count) => sum + count, 0);
}

function policiesOf(run: Run, kind: SubjectKind): Policy[] {
  return run.policies.filter((policy) => policy.subject === kind);
}

function outputOf(run: Run, bucket: Bucket): string {
  return join(run.options.workDir, `observations-${bucket.kind}-${bucket.index}.ndjson`);
}
