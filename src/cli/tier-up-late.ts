import { setFlagsFromString } from 'node:v8';

/** About as many bytes of code as a function runs before it is optimised; Node 20 has 1,800,000, Node 24 13,000,000. */
const BYTES_RUN = 20_000_000;

/**
 * Has V8 optimise a function of WebAssembly later than it does by itself. OPA's toolchain is thousands of large functions that run
 * for a second or two: optimising them took more time than they then saved (docs/decisions/0178).
 */
export function tierUpLate(): void {
  setFlagsFromString(`--wasm-tiering-budget=${BYTES_RUN}`);
}
