import type { Piscina } from 'piscina';
import type { Bucket } from '../model/index.js';
import { type BucketTask, createBeat, type ThreadTask } from './bucket-task.js';
import { givenUpBy, type PolicyEnd, saidOnce, type ThreadLimits } from './give-up.js';
import { type Stuck, stuckAt, watch } from './watchdog.js';

/** A bucket to evaluate, and what with. */
export type ThreadJob = {
  pool: Piscina<ThreadTask, number>;
  bucket: Bucket;
  /** NDJSON file to write observations to. */
  output: string;
  /** Rule ids of the policies of its kind, in the order in which the worker has them. */
  ruleIds: readonly string[];
  limits: ThreadLimits;
  /** Told how many subjects are done, over and over. */
  onDone: (subjects: number) => void;
};

const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * Evaluates one bucket in a thread of a pool, and begins it again whenever its thread comes to an end before it does. What it
 * knows is of this bucket alone.
 *
 * @returns how often policies ended their thread, in the order in which they did.
 */
export async function evaluateInThread(job: ThreadJob): Promise<PolicyEnd[]> {
  const { bucket, output, limits } = job;
  const task: BucketTask = { bucket, output, isolated: [], blocked: [], givenUp: [] };
  const ends: PolicyEnd[] = [];
  for (;;) {
    const end = await attempt(job, task);
    if (end === null) return ends;
    const { place, policy } = end.stuck;
    if (!task.isolated.includes(place)) task.isolated.push(place);
    if (policy === null) continue;
    const one = { ruleId: job.ruleIds[policy] ?? '', cause: end.cause };
    ends.push(one);
    task.blocked.push({ place, ruleId: one.ruleId, error: saidOnce(one, limits) });
    task.givenUp = [...givenUpBy(ends, limits)].map(([ruleId, error]) => ({ ruleId, error }));
  }
}

/** Why a thread ended before its bucket did, and what it was at. */
type ThreadEnd = { stuck: Stuck; cause: PolicyEnd['cause'] };

/** Runs a bucket once. @returns null when it finished, or how its thread ended before. */
async function attempt({ pool, limits, onDone }: ThreadJob, task: BucketTask): Promise<ThreadEnd | null> {
  const beat = createBeat();
  const abort = new AbortController();
  let stuck: Stuck | null = null;
  const stop = watch(
    beat,
    limits.subjectTimeoutMs,
    (where) => {
      stuck = where;
      abort.abort();
    },
    (place) => onDone(place - 1),
  );
  try {
    onDone(await pool.run({ task, beat: beat.buffer }, { signal: abort.signal }));
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
