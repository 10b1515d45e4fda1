import { TOOLCHAIN } from './toolchain-version.js';

const PAGE_BYTES = 65_536;
const MOST_BYTES = 2 ** 32;

/** Returns memory for one instance of the toolchain module, which asks for more than `maxBytes` in vain. */
export function toolchainMemory(maxBytes: number = MOST_BYTES): WebAssembly.Memory {
  return new WebAssembly.Memory({
    initial: TOOLCHAIN.memoryPages,
    maximum: Math.floor(Math.min(maxBytes, MOST_BYTES) / PAGE_BYTES),
  });
}
