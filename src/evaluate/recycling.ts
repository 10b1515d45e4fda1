import type { Engine } from '../opa/engine.js';
import type { Run, Runs } from './evaluate-bucket.js';

const SPARE_BYTES = 2 ** 26;

/**
 * Runs a policy's entrypoints, and loads it again when one leaves it with much more memory than it began with:
 * WebAssembly does not give memory back, and a few large evaluations must not decide the memory of a long run.
 */
export function recycling(
  engine: Pick<Engine, 'evaluate' | 'evaluateRaw' | 'memoryBytes' | 'reset'>,
  spareBytes = SPARE_BYTES,
): Runs {
  const most = engine.memoryBytes() + spareBytes;
  const thenRecycled =
    (run: Run): Run =>
    (dossier, entrypoint) => {
      const result = run(dossier, entrypoint);
      if (engine.memoryBytes() > most) engine.reset();
      return result;
    };
  return {
    quick: thenRecycled((dossier, entrypoint) => engine.evaluateRaw(dossier, entrypoint)[0]?.result),
    exact: thenRecycled((dossier, entrypoint) => engine.evaluate(entrypoint, dossier)),
  };
}
