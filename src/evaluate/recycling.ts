import type { LoadedPolicy } from '../rego/loaded-policy.js';
import type { Run } from './evaluate-bucket.js';

const SPARE_BYTES = 2 ** 26;

/**
 * Runs a policy's entrypoints, and starts it afresh when one has left it with much more memory than it began with:
 * WebAssembly does not give memory back, and a few hungry evaluations must not decide what a long run takes.
 */
export function recycling(
  engine: Pick<LoadedPolicy, 'evaluate' | 'memoryBytes' | 'reset'>,
  spareBytes = SPARE_BYTES,
): Run {
  const most = engine.memoryBytes() + spareBytes;
  return (dossier, entrypoint) => {
    const result = engine.evaluate(entrypoint, dossier);
    if (engine.memoryBytes() > most) engine.reset();
    return result;
  };
}
