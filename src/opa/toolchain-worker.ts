import { parentPort, workerData } from 'node:worker_threads';
import { toolchainMemory } from './toolchain-memory.js';
import { runReactor } from './wasi-host.js';

/** What the toolchain's thread answers: the response as JSON bytes, or why there is none. */
export type ToolchainReply = { stdout: Uint8Array } | { failure: string };

const { module } = workerData as { module: WebAssembly.Module };

parentPort?.on('message', (request: Uint8Array) => parentPort?.postMessage(reply(request)));

function reply(request: Uint8Array): ToolchainReply {
  try {
    const run = runReactor(module, toolchainMemory(), 'toolchain_run', request);
    if (run.exitCode === 0) return { stdout: run.stdout };
    return { failure: `exit code ${run.exitCode}: ${run.stderr.slice(0, 2000)}` };
  } catch (error) {
    return { failure: String(error) };
  }
}
