import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBeat } from '../../src/evaluate/bucket-task.js';
import { watch } from '../../src/evaluate/watchdog.js';

const LIMIT_MS = 5000;
let computedMs = 0;

beforeEach(() => {
  computedMs = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  vi.spyOn(process, 'cpuUsage').mockImplementation(() => ({ user: computedMs * 1000, system: 0 }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Lets time pass of which this process has a share to compute in. */
function pass(ms: number, share: number): void {
  for (let passed = 0; passed < ms; passed += 100) {
    computedMs += 100 * share;
    vi.advanceTimersByTime(100);
  }
}

function watched() {
  const beat = createBeat();
  Atomics.store(beat, 0, 1);
  const onStuck = vi.fn();
  const stop = watch(beat, LIMIT_MS, onStuck, () => {});
  return { beat, onStuck, stop };
}

describe('the time limit of a subject', () => {
  it('ends a policy that computes for as long as the limit', () => {
    const { onStuck, stop } = watched();
    pass(LIMIT_MS - 100, 1);
    expect(onStuck).not.toHaveBeenCalled();
    pass(200, 1);
    expect(onStuck).toHaveBeenCalledExactlyOnceWith({ place: 0, policy: null });
    stop();
  });

  it('does not count what a busy machine gives to others', () => {
    const { onStuck, stop } = watched();
    pass(3 * LIMIT_MS, 0.25);
    expect(onStuck).not.toHaveBeenCalled();
    pass(2 * LIMIT_MS, 0.25);
    expect(onStuck).toHaveBeenCalledOnce();
    stop();
  });

  it('ends in the end what does not compute at all', () => {
    const { onStuck, stop } = watched();
    pass(19 * LIMIT_MS, 0);
    expect(onStuck).not.toHaveBeenCalled();
    pass(2 * LIMIT_MS, 0);
    expect(onStuck).toHaveBeenCalledOnce();
    stop();
  });

  it('begins anew with each subject', () => {
    const { beat, onStuck, stop } = watched();
    for (let subject = 1; subject < 5; subject += 1) {
      Atomics.store(beat, 0, subject);
      pass(LIMIT_MS - 300, 1);
    }
    expect(onStuck).not.toHaveBeenCalled();
    stop();
  });
});
