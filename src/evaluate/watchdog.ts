import type { Beat } from './bucket-task.js';

const LOOK_EVERY_MS = 100;

/** The subject and policy at which a worker was ended. */
export type Stuck = {
  /** Place of the subject, 0-based. */
  place: number;
  /** Index of the policy, or null while all ran together. */
  policy: number | null;
};

/**
 * Watches a beat; calls `onStuck` once when it has not changed for `limitMs`, `onBeat` with the place while it
 * changes.
 * @param limitMs time limit, ms.
 * @returns the function that stops the watch.
 */
export function watch(
  beat: Beat,
  limitMs: number,
  onStuck: (stuck: Stuck) => void,
  onBeat: (place: number) => void,
): () => void {
  let seen = position(beat);
  let since = performance.now();
  const timer = setInterval(() => {
    const now = position(beat);
    if (now !== seen) {
      seen = now;
      since = performance.now();
      onBeat(Atomics.load(beat, 0));
      return;
    }
    if (Atomics.load(beat, 0) === 0 || performance.now() - since < limitMs) return;
    clearInterval(timer);
    onStuck(stuckAt(beat));
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

function position(beat: Beat): string {
  return `${Atomics.load(beat, 0)}:${Atomics.load(beat, 1)}`;
}

/** Returns the subject and policy that the worker of a beat is evaluating. */
export function stuckAt(beat: Beat): Stuck {
  const policy = Atomics.load(beat, 1);
  return { place: Atomics.load(beat, 0) - 1, policy: policy === 0 ? null : policy - 1 };
}
