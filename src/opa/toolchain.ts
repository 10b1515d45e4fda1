import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { workerUrl } from '../assets/locate.js';
import {
  type RegoErrorPlace,
  RegoSourceError,
  RegoTimeoutError,
  RegoToolchainError,
  sourceFailure,
} from './errors.js';
import { toolchainModule } from './toolchain-module.js';
import type { ToolchainReply } from './toolchain-worker.js';
import { unsupportedBuiltin } from './unsupported-builtins.js';

/** Rego sources by module path; the path is what errors name. */
export type ModuleSources = Readonly<Record<string, string>>;

/** A version of Rego: `v0` is that of before OPA 1.0, `v2` the one that OPA 1.22 has beside v1. */
export type RegoVersion = 'v0' | 'v1' | 'v2';

/** A built-in that OPA does not know and the host will supply, declared the way OPA's capabilities file does. */
export type BuiltinDeclaration = {
  readonly name: string;
  readonly decl: object;
  readonly nondeterministic?: boolean;
};

/** What a policy may use. */
export type Capabilities = {
  /** Names of OPA built-ins, and declarations of the host's own. */
  readonly builtins: readonly (string | BuiltinDeclaration)[];
};

/** One command for the toolchain; src/rego/toolchain/main.go explains each field. */
export type ToolchainRequest = {
  command:
    | 'batch'
    | 'compile'
    | 'query'
    | 'check'
    | 'format'
    | 'test'
    | 'inspect'
    | 'parse'
    | 'trace'
    | 'version'
    | 'versions';
  modules?: ModuleSources;
  regoVersions?: Readonly<Record<string, RegoVersion>>;
  target?: RegoVersion | 'v0v1' | undefined;
  entrypoints?: readonly string[];
  query?: string;
  requests?: readonly ToolchainRequest[];
  capabilities?: Capabilities | undefined;
  schemas?: Readonly<Record<string, object>> | undefined;
  strict?: boolean;
  data?: object | undefined;
  filter?: string;
  timeoutMs?: number;
  coverage?: boolean;
  trace?: { input: unknown; targets: readonly string[] };
};

type RawError = {
  code: string;
  message: string;
  file?: string;
  row?: number;
  col?: number;
  text?: string;
  details?: string[];
  builtin?: string;
};

const IDLE_MS = 1000;

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Runs one command in the toolchain's thread, after those already waiting.
 *
 * @param limitMs after this many ms the thread is stopped and the command fails.
 * @returns the command's result, as src/rego/toolchain writes it.
 * @throws RegoSourceError or RegoSourceErrors for what is wrong with the modules, RegoTimeoutError, RegoToolchainError.
 */
export function runToolchain(request: ToolchainRequest, limitMs: number): Promise<unknown> {
  const turn = queue.then(() => runNow(request, limitMs));
  queue = turn.catch(() => undefined);
  return turn;
}

async function runNow(request: ToolchainRequest, limitMs: number): Promise<unknown> {
  const reply = await ask(
    await startWorker(),
    Buffer.from(JSON.stringify(request)),
    limitMs,
    request.command,
  );
  if ('failure' in reply)
    throw new RegoToolchainError(`the OPA toolchain stopped (${request.command}): ${reply.failure}`);
  const response = JSON.parse(Buffer.from(reply.stdout).toString('utf8')) as {
    result?: unknown;
    errors?: RawError[];
  };
  if (response.errors) throw sourceFailure(response.errors.map(sourceError));
  return response.result;
}

function sourceError(raw: RawError): RegoSourceError {
  const place: RegoErrorPlace = { code: raw.code };
  if (raw.file !== undefined)
    Object.assign(place, { file: raw.file, row: raw.row, column: raw.col, sourceLine: raw.text });
  if (raw.details !== undefined) place.details = raw.details;
  return new RegoSourceError(
    raw.builtin === undefined ? raw.message : unsupportedBuiltin(raw.builtin),
    place,
  );
}

async function startWorker(): Promise<Worker> {
  clearTimeout(idle);
  const workerData = { module: await toolchainModule() };
  worker ??= new Worker(workerUrl('toolchain'), { workerData, env: {}, execArgv: [] });
  return worker;
}

async function ask(
  thread: Worker,
  request: Uint8Array,
  limitMs: number,
  command: string,
): Promise<ToolchainReply> {
  thread.ref();
  const answered = new AbortController();
  const { signal } = answered;
  try {
    const reply = once(thread, 'message', { signal }) as Promise<[ToolchainReply]>;
    const late = delay(limitMs, 'late' as const, { signal });
    const gone = once(thread, 'exit', { signal }) as Promise<[number]>;
    thread.postMessage(request);
    const first = await Promise.race([reply, late, gone]);
    if (first === 'late')
      throw new RegoTimeoutError(`the OPA toolchain took longer than ${limitMs} ms (${command})`);
    if (typeof first[0] === 'number') return { failure: `its thread ended with ${first[0]}` };
    rest(thread);
    return first[0];
  } catch (error) {
    stop(thread);
    throw error instanceof RegoTimeoutError
      ? error
      : new RegoToolchainError('the OPA toolchain stopped', { cause: error });
  } finally {
    answered.abort();
  }
}

/** Keeps the thread for the next command, but neither the process alive for it nor its memory for long. */
function rest(thread: Worker): void {
  thread.unref();
  idle = setTimeout(() => stop(thread), IDLE_MS).unref();
}

function stop(thread: Worker): void {
  if (worker === thread) worker = undefined;
  void thread.terminate();
}
