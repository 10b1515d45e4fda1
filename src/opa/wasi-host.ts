/** What a call into a WASI module left behind. */
export type WasiRun = {
  /** Exit code of the program; 0 if the function returned. */
  exitCode: number;
  /** Everything it wrote to stdout. */
  stdout: Uint8Array;
  /** Everything it wrote to stderr, as text. */
  stderr: string;
};

/** What the module sees of the world; the machine's own clock and randomness by default. */
export type WasiWorld = {
  /** Bytes on stdin; none by default. */
  stdin?: Uint8Array;
  /** Wall clock, in nanoseconds since 1970. */
  nowNs?: () => bigint;
  /** Fills its argument with random bytes. */
  random?: (bytes: Uint8Array) => void;
};

/** A running WASI reactor: functions that can be called again and again. */
export type WasiReactor = {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly memory: WebAssembly.Memory;
  /** What it wrote to stderr up to now. */
  stderr(): string;
};

const ERRNO = { success: 0, badf: 8, inval: 28, nosys: 52 } as const;
const SUBSCRIPTION_BYTES = 48;
const EVENT_BYTES = 32;
const CHARACTER_DEVICE = 2;

class ProgramExit {
  constructor(readonly code: number) {}
}

type Files = { stdin: Uint8Array; read: number; written: Map<number, Uint8Array[]> };

/**
 * Starts a WASI reactor (wasi_snapshot_preview1) in this thread, with the memory that it imports as `env.memory`. It
 * gets bytes on stdin, a clock and randomness; it has no files, no environment and no network. `node:wasi` would want
 * files for stdin and stdout, is experimental, and opens a window to the host's file system that a compiler for foreign
 * policies need not have.
 *
 * @throws WebAssembly.RuntimeError and what else the program does not catch itself.
 */
export function startReactor(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  world: WasiWorld = {},
): WasiReactor {
  const started = start(module, memory, world);
  return { ...started, stderr: () => outputOf(started.files, 2).toString('utf8') };
}

/**
 * Starts a WASI reactor, calls one of its functions, which takes nothing and gives nothing, and collects what it wrote.
 */
export function runReactor(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  entry: string,
  stdin: Uint8Array,
): WasiRun {
  const { exports, files } = start(module, memory, { stdin });
  const exitCode = exitCodeOf(exports[entry] as () => void);
  return { exitCode, stdout: outputOf(files, 1), stderr: outputOf(files, 2).toString('utf8') };
}

function start(module: WebAssembly.Module, memory: WebAssembly.Memory, world: WasiWorld) {
  const files: Files = {
    stdin: world.stdin ?? new Uint8Array(),
    read: 0,
    written: new Map([
      [1, []],
      [2, []],
    ]),
  };
  const view = () => new DataView(memory.buffer);
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory },
    wasi_snapshot_preview1: { ...refusals(module), ...calls(view, files, world) },
  });
  (exports['_initialize'] as () => void)();
  return { exports, memory, files };
}

function outputOf(files: Files, fd: number): Buffer {
  return Buffer.concat(files.written.get(fd) ?? []);
}

function exitCodeOf(start: () => void): number {
  try {
    start();
    return 0;
  } catch (thrown) {
    if (thrown instanceof ProgramExit) return thrown.code;
    throw thrown;
  }
}

/** Returns every function the module imports, answering "no such function"; the ones we have replace these. */
function refusals(module: WebAssembly.Module): Record<string, () => number> {
  const functions = WebAssembly.Module.imports(module).filter(({ kind }) => kind === 'function');
  return Object.fromEntries(functions.map(({ name }) => [name, () => ERRNO.nosys]));
}

function calls(view: () => DataView, files: Files, world: WasiWorld) {
  return {
    ...processCalls(view, world),
    ...fileCalls(view, files),
    poll_oneoff: (subscriptions: number, events: number, count: number, ready: number) =>
      sleep(view(), subscriptions, events, count, ready),
  };
}

function processCalls(view: () => DataView, world: WasiWorld) {
  const { nowNs = () => BigInt(Date.now()) * 1_000_000n, random = secureRandom } = world;
  const none = (count: number, bytes: number) => {
    view().setUint32(count, 0, true);
    view().setUint32(bytes, 0, true);
    return ERRNO.success;
  };
  return {
    args_sizes_get: none,
    environ_sizes_get: none,
    args_get: () => ERRNO.success,
    environ_get: () => ERRNO.success,
    sched_yield: () => ERRNO.success,
    clock_time_get: (clock: number, _precision: bigint, at: number) => {
      view().setBigUint64(at, clock === 0 ? nowNs() : process.hrtime.bigint(), true);
      return ERRNO.success;
    },
    random_get: (at: number, length: number) => {
      random(new Uint8Array(view().buffer, at, length));
      return ERRNO.success;
    },
    proc_exit: (code: number) => {
      throw new ProgramExit(code);
    },
  };
}

/** Fills any number of bytes from the machine's own source. */
export function secureRandom(bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; done += 65_536) {
    crypto.getRandomValues(bytes.subarray(done, done + 65_536) as Uint8Array<ArrayBuffer>);
  }
}

function fileCalls(view: () => DataView, files: Files) {
  const known = (fd: number) => (fd <= 2 ? ERRNO.success : ERRNO.badf);
  return {
    fd_close: known,
    fd_fdstat_set_flags: known,
    fd_prestat_get: () => ERRNO.badf,
    fd_prestat_dir_name: () => ERRNO.badf,
    fd_fdstat_get: (fd: number, at: number) => {
      if (fd > 2) return ERRNO.badf;
      new Uint8Array(view().buffer, at, 24).fill(0);
      view().setUint8(at, CHARACTER_DEVICE);
      view().setBigUint64(at + 8, 0xffff_ffffn, true);
      return ERRNO.success;
    },
    fd_read: (fd: number, vectors: number, count: number, readAt: number) => {
      if (fd !== 0) return ERRNO.badf;
      view().setUint32(readAt, readInto(buffersOf(view(), vectors, count), files), true);
      return ERRNO.success;
    },
    fd_write: (fd: number, vectors: number, count: number, writtenAt: number) => {
      const chunks = files.written.get(fd);
      if (chunks === undefined) return ERRNO.badf;
      const buffers = buffersOf(view(), vectors, count);
      for (const buffer of buffers) chunks.push(buffer.slice());
      view().setUint32(
        writtenAt,
        buffers.reduce((sum, buffer) => sum + buffer.length, 0),
        true,
      );
      return ERRNO.success;
    },
  };
}

function buffersOf(view: DataView, vectors: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const at = vectors + index * 8;
    return new Uint8Array(view.buffer, view.getUint32(at, true), view.getUint32(at + 4, true));
  });
}

function readInto(buffers: readonly Uint8Array[], files: Files): number {
  let total = 0;
  for (const buffer of buffers) {
    const part = files.stdin.subarray(files.read, files.read + buffer.length);
    buffer.set(part);
    files.read += part.length;
    total += part.length;
  }
  return total;
}

/** Sleeps until the first timer of the list is due and reports it; Go's scheduler waits for timers this way. */
function sleep(view: DataView, subscriptions: number, events: number, count: number, ready: number): number {
  const due = Array.from({ length: count }, (_, index) =>
    clockOf(view, subscriptions + index * SUBSCRIPTION_BYTES),
  );
  const next = due.filter((one) => one !== undefined).sort((a, b) => (a.ns < b.ns ? -1 : 1))[0];
  if (next === undefined) return ERRNO.inval;
  if (next.ns > 0n) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(next.ns) / 1e6);
  new Uint8Array(view.buffer, events, EVENT_BYTES).fill(0);
  view.setBigUint64(events, next.userdata, true);
  view.setUint32(ready, 1, true);
  return ERRNO.success;
}

function clockOf(view: DataView, at: number): { userdata: bigint; ns: bigint } | undefined {
  if (view.getUint8(at + 8) !== 0) return undefined;
  const timeout = view.getBigUint64(at + 24, true);
  const absolute = (view.getUint16(at + 40, true) & 1) === 1;
  return {
    userdata: view.getBigUint64(at, true),
    ns: absolute ? timeout - process.hrtime.bigint() : timeout,
  };
}
