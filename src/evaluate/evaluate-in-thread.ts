import type { Piscina } from 'piscina';
import type { Bucket } from '../model/index.js';
import { type BucketTask, createBeat, type ThreadTask } from './bucket-task.js';
import { givenUpBy, type PolicyEnd, saidOnce, type ThreadLimits } from './give-up.js';
import { type Stuck, stuckAt, watch } from './watchdog.js';

/** A bucket to evaluate, and what is needed for it. */
export type ThreadJob = {
  pool: Piscina<ThreadTask, number>;
  bucket: Bucket;
  /** NDJSON file to write observations to. */
  output: string;
  /** Rule ids of the policies of its kind, in the order in which the worker has them. */
  ruleIds: readonly string[];
  limits: ThreadLimits;
  /** Called repeatedly with the number of subjects done. */
  onDone: (subjects: number) => void;
};

const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * Evaluates one bucket in a thread of a pool, and starts it again each time its thread ends before the bucket is
 * done. It keeps no state beyond this bucket.
 * @returns which policies ended their thread and why, in the order in which they did.
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

/** Why a thread ended before its bucket was done, and the subject and policy it was evaluating. */
type ThreadEnd = { stuck: Stuck; cause: PolicyEnd['cause'] };

/** Runs a bucket once. @returns null if it finished, otherwise how its thread ended. */
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
