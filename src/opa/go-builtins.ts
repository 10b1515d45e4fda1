import { MemoryAbort, PolicyAbort } from './policy-abort.js';
import { toolchainMemory } from './toolchain-memory.js';
import { toolchainModuleSync } from './toolchain-module.js';
import { startReactor, type WasiReactor } from './wasi-host.js';

/** What built-ins see of the world during one evaluation: the clock stands still in it, and chance repeats itself. */
export type Evaluation = {
  /** Most memory that OPA's own built-ins may take together with their arguments and results, in bytes. */
  readonly maxBytes: number;
  /** Wall clock, in nanoseconds since 1970. */
  readonly nowNs: bigint;
  /** Fills its argument with random bytes. */
  readonly random: (bytes: Uint8Array) => void;
};

type Exports = {
  builtin_request(bytes: number): number;
  builtin_begin(nowNs: bigint): void;
  builtin_call(): bigint;
};

/** The first byte of an answer; src/rego/toolchain/builtins.go. */
const STATUS = { undefined: 0, defined: 1, failed: 2, aborted: 3 } as const;
const NETWORK = new Set(['http.send', 'net.lookup_ip_addr']);
const RECYCLE_BYTES = 256 * 2 ** 20;

/** Go takes 23 MiB to start. */
const LEAST_BYTES = 64 * 2 ** 20;

let reactor: WasiReactor | undefined;
let reactorBytes = 0;
let current: Evaluation | undefined;

/**
 * Runs one of OPA's own built-ins, in Go, in this thread. The first call of a thread starts the toolchain module (about
 * half a second); the next ones take about 40 \u00b5s.
 *
 * @param args Rego terms as `opa_value_dump` writes them, in UTF-8.
 * @returns the result for `opa_value_parse`; undefined if the result is undefined in Rego, as it does for most errors.
 * @throws PolicyAbort for errors that end an evaluation, MemoryAbort for a call that wants more memory than it may
 * have; RegoToolchainError if the toolchain is missing.
 */
export function callGoBuiltin(
  evaluation: Evaluation,
  name: string,
  args: readonly Uint8Array[],
): Uint8Array | undefined {
  const answer = ask(evaluation, name, args);
  if (answer[0] === STATUS.defined) return answer.subarray(1);
  if (answer[0] === STATUS.undefined) return undefined;
  const reason = Buffer.from(answer.subarray(1)).toString();
  if (answer[0] === STATUS.aborted) throw new PolicyAbort(`${name}: ${reason}`);
  // An answer that only the network has is not undefined: it is not known.
  if (NETWORK.has(name) && !reason.startsWith('eval_type_error')) throw new PolicyAbort(noNetwork(name));
  return undefined;
}

function noNetwork(name: string): string {
  return `${name} needs a network, which a policy has not got here: put the data in input or data, or give openEngine a built-in of that name`;
}

function ask(evaluation: Evaluation, name: string, args: readonly Uint8Array[]): Uint8Array {
  const maxBytes = Math.max(evaluation.maxBytes, LEAST_BYTES);
  if (reactor === undefined || reactorBytes !== maxBytes) reactor = started(evaluation, maxBytes);
  try {
    const exports = reactor.exports as unknown as Exports;
    begin(exports, evaluation);
    const request = joined([Buffer.from(name), ...args]);
    const at = exports.builtin_request(request.length);
    new Uint8Array(reactor.memory.buffer).set(request, at);
    const packed = BigInt.asUintN(64, exports.builtin_call());
    const answer = Number(packed >> 32n);
    return new Uint8Array(reactor.memory.buffer).slice(answer, answer + Number(packed & 0xffff_ffffn));
  } catch (cause) {
    const said = reactor?.stderr().trim().split('\n')[0] || String(cause);
    reactor = undefined;
    throw /out of memory|cannot allocate memory/.test(said)
      ? new MemoryAbort(`${name} wants more than ${maxBytes / 2 ** 20} MiB of memory`, { cause })
      : new PolicyAbort(`${name} failed: ${said}`, { cause });
  } finally {
    if (reactor !== undefined && reactor.memory.buffer.byteLength > RECYCLE_BYTES) reactor = undefined;
  }
}

function started(evaluation: Evaluation, maxBytes: number): WasiReactor {
  current = evaluation;
  reactorBytes = maxBytes;
  const fresh = startReactor(toolchainModuleSync(), toolchainMemory(maxBytes), {
    nowNs: () => current?.nowNs ?? 0n,
    random: (bytes) => current?.random(bytes),
  });
  current = undefined;
  return fresh;
}

function begin(exports: Exports, evaluation: Evaluation): void {
  if (current === evaluation) return;
  current = evaluation;
  exports.builtin_begin(evaluation.nowNs);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const end = new Uint8Array(1);
  return Buffer.concat(parts.flatMap((part) => [part, end]));
}
