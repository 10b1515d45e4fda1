import { setFlagsFromString } from 'node:v8';

/**
 * Flags that have V8 optimise later than it does by itself, for the version that runs. Functions of WebAssembly: about as many bytes
 * of code as one runs before it is optimised, 1,800,000 in Node 20, 13,000,000 in Node 24; OPA's toolchain is thousands of large
 * functions that run for a second or two (docs/decisions/0178). Functions of JavaScript: likewise, 67,584 up to Node 21; later versions
 * count calls, and begin late themselves (docs/decisions/0245). Optimising took more time than the faster code then saved.
 */
export const LATE_FLAGS: readonly string[] = [
  '--wasm-tiering-budget=20000000',
  ...(Number.parseInt(process.versions.v8, 10) < 12 ? ['--interrupt-budget=600000'] : []),
];

/** Has V8 optimise later than it does by itself. */
export function tierUpLate(): void {
  for (const flag of LATE_FLAGS) setFlagsFromString(flag);
}
