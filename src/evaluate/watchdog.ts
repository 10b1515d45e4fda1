import type { Beat } from './bucket-task.js';

const LOOK_EVERY_MS = 100;
/** How many times the limit may pass by the clock while the machine gives this process less time than the limit. */
const PATIENCE = 20;

/** The subject and policy at which a worker was ended. */
export type Stuck = {
  /** Place of the subject, 0-based. */
  place: number;
  /** Index of the policy, or null while all ran together. */
  policy: number | null;
};

/**
 * Watches a beat; calls `onStuck` once when it has not changed for `limitMs`, `onBeat` with the place while it
 * changes. Time counts while this process is computing: on a machine that is busy with other work, a policy that is only
 * waiting for its turn has not used its time.
 * @param limitMs time limit, ms of the clock and of computing.
 * @returns the function that stops the watch.
 */
export function watch(
  beat: Beat,
  limitMs: number,
  onStuck: (stuck: Stuck) => void,
  onBeat: (place: number) => void,
): () => void {
  let seen = position(beat);
  let since = clocks();
  const timer = setInterval(() => {
    const now = position(beat);
    if (now !== seen) {
      seen = now;
      since = clocks();
      onBeat(Atomics.load(beat, 0));
      return;
    }
    if (Atomics.load(beat, 0) === 0 || !isOver(since, limitMs)) return;
    clearInterval(timer);
    onStuck(stuckAt(beat));
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/** Time by the clock, and time that the threads of this process have computed, both in ms. */
type Clocks = { passedMs: number; computedMs: number };

function clocks(): Clocks {
  const { user, system } = process.cpuUsage();
  return { passedMs: performance.now(), computedMs: (user + system) / 1000 };
}

function isOver(since: Clocks, limitMs: number): boolean {
  const now = clocks();
  const passed = now.passedMs - since.passedMs;
  const computed = now.computedMs - since.computedMs;
  return passed >= limitMs && (computed >= limitMs || passed >= PATIENCE * limitMs);
}

function position(beat: Beat): string {
  return `${Atomics.load(beat, 0)}:${Atomics.load(beat, 1)}`;
}

/** Returns the subject and policy that the worker of a beat is evaluating. */
export function stuckAt(beat: Beat): Stuck {
  const policy = Atomics.load(beat, 1);
  return { place: Atomics.load(beat, 0) - 1, policy: policy === 0 ? null : policy - 1 };
}
