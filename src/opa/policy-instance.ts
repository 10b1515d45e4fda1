import { createRequire } from 'node:module';
import type { LoadedPolicy as OpaPolicy } from '@open-policy-agent/opa-wasm';
import { ASK_OPA, type NativeBuiltin } from './builtin.js';
import { callGoBuiltin, type Evaluation } from './go-builtins.js';
import { PolicyAbort, TextAbort } from './policy-abort.js';
import { parseTerm, type Term } from './terms.js';

// The class is in the package's CommonJS exports only.
const opa = createRequire(import.meta.url)('@open-policy-agent/opa-wasm') as {
  LoadedPolicy: typeof OpaPolicy;
};

const PAGE_BYTES = 65_536;
const FIRST_PAGES = 8;
const ABI_MINOR = 2;
const decoder = new TextDecoder();

type Exports = {
  opa_malloc(bytes: number): number;
  opa_json_parse(at: number, bytes: number): number;
  opa_value_parse(at: number, bytes: number): number;
  opa_json_dump(value: number): number;
  opa_value_dump(value: number): number;
  opa_heap_ptr_set(at: number): void;
  opa_eval_ctx_new(): number;
  opa_eval_ctx_set_input(context: number, value: number): void;
  opa_eval_ctx_set_data(context: number, value: number): void;
  opa_eval_ctx_set_entrypoint(context: number, entrypoint: number): void;
  opa_eval_ctx_get_result(context: number): number;
  eval(context: number): number;
  builtins(): number;
  opa_wasm_abi_version: WebAssembly.Global;
  opa_wasm_abi_minor_version: WebAssembly.Global;
};

/** What an instance may take. */
export type Limits = {
  /** Most memory, in bytes. */
  readonly maxBytes: number;
  /**
   * Most bytes of text that leave the memory at once: a result, or what a built-in outside of the module is called
   * with.
   */
  readonly maxTextBytes: number;
};

/** One instance of a compiled policy with its memory. After anything it throws it is fit for nothing but the bin. */
export type PolicyInstance = {
  /** Entrypoint name to number. */
  readonly entrypoints: Readonly<Record<string, number>>;
  /** Evaluates; input is JSON in UTF-8, undefined for none. The result set is JSON text. */
  evaluate(entrypoint: number, input: Uint8Array | undefined): string;
  /** The same for input and result set as Rego terms. */
  evaluateTerm(entrypoint: number, input: Uint8Array | undefined): string;
  /** Replaces `data`, JSON in UTF-8. */
  setData(data: Uint8Array): void;
  /** Bytes of memory it holds; WebAssembly memory never shrinks. */
  memoryBytes(): number;
};

/**
 * Makes an instance with its own memory.
 *
 * @param builtins those written in JavaScript; OPA's own, in Go, answer for all others.
 * @param begin what built-ins see of the world, asked once an evaluation.
 * @throws PolicyAbort, WebAssembly.LinkError, RangeError (no memory), or what a built-in throws.
 */
export function createInstance(
  module: WebAssembly.Module,
  builtins: Readonly<Record<string, NativeBuiltin>>,
  limits: Limits,
  begin: () => Evaluation,
): PolicyInstance {
  const { instance, memory, host } = link(module, Math.max(1, Math.floor(limits.maxBytes / PAGE_BYTES)));
  const { maxTextBytes } = limits;
  const exports = instance.exports as unknown as Exports;
  const inside: Inside = { exports, memory };
  if (exports.opa_wasm_abi_version.value !== 1 || exports.opa_wasm_abi_minor_version.value < ABI_MINOR) {
    throw new PolicyAbort('the module was compiled for an OPA ABI other than 1.2');
  }
  const names = JSON.parse(textAt(memory, exports.opa_json_dump(exports.builtins()))) as Record<
    string,
    number
  >;
  const byId = new Map(Object.entries(names).map(([name, id]) => [id, { name, run: builtins[name] }]));
  let evaluation: Evaluation | undefined;
  host.call = (id, args) => {
    evaluation ??= begin();
    return put(inside, resultOf(inside, byId.get(id), args, { evaluation, maxTextBytes }));
  };
  const run = (format: Format, entrypoint: number, input: Uint8Array | undefined) => {
    evaluation = undefined;
    const result = evaluate(inside, policy, { entrypoint, input, format });
    return decoder.decode(bounded(bytesAt(memory, result), 'its result', maxTextBytes));
  };
  const policy = new opa.LoadedPolicy(instance as never, memory, ABI_MINOR);
  return {
    entrypoints: policy.entrypoints as Record<string, number>,
    evaluate: (entrypoint, input) => run(JSON_FORMAT, entrypoint, input),
    evaluateTerm: (entrypoint, input) => run(TERM_FORMAT, entrypoint, input),
    setData: (data) => policy.setData(exactBuffer(data)),
    memoryBytes: () => memory.buffer.byteLength,
  };
}

/** What a module exports, and the memory it works in. */
type Inside = { exports: Exports; memory: WebAssembly.Memory };

type Host = { call: (id: number, args: readonly number[]) => number };

/** Links with as little memory as the module accepts: how much that is, JavaScript cannot ask it. */
function link(module: WebAssembly.Module, maximumPages: number) {
  for (let pages = FIRST_PAGES; ; pages *= 2) {
    const memory = new WebAssembly.Memory({ initial: Math.min(pages, maximumPages), maximum: maximumPages });
    const host: Host = { call: () => 0 };
    try {
      return { instance: new WebAssembly.Instance(module, { env: imports(memory, host) }), memory, host };
    } catch (error) {
      if (!(error instanceof WebAssembly.LinkError) || pages >= maximumPages) throw error;
    }
  }
}

function imports(memory: WebAssembly.Memory, host: Host) {
  const call = (id: number, _context: number, ...args: number[]) => host.call(id, args);
  return {
    memory,
    opa_abort: (at: number) => {
      throw new PolicyAbort(textAt(memory, at));
    },
    opa_println: () => undefined,
    opa_builtin0: call,
    opa_builtin1: call,
    opa_builtin2: call,
    opa_builtin3: call,
    opa_builtin4: call,
  };
}

type NamedBuiltin = { name: string; run: NativeBuiltin | undefined };

/** A value in the form in which it is put into the memory of a policy; undefined for none. */
type Dumped = { bytes: Uint8Array | undefined; parse: Parse };

function resultOf(
  { exports, memory }: Inside,
  builtin: NamedBuiltin | undefined,
  args: readonly number[],
  { evaluation, maxTextBytes }: { evaluation: Evaluation } & Pick<Limits, 'maxTextBytes'>,
): Dumped {
  if (builtin === undefined) throw new PolicyAbort('the policy calls a built-in that it does not name');
  const { name, run } = builtin;
  if (run === undefined && name === 'time.now_ns')
    return { bytes: jsonOf(evaluation.nowNs), parse: 'opa_json_parse' };
  const dump = (arg: number) =>
    bounded(bytesAt(memory, exports.opa_value_dump(arg)), `an argument of ${name}`, maxTextBytes);
  const result =
    run === undefined ? ASK_OPA : run(...args.map((arg): Term => parseTerm(decoder.decode(dump(arg)))));
  if (result !== ASK_OPA) return { bytes: jsonOf(result), parse: 'opa_json_parse' };
  const dumped = args.map((arg) => dump(arg).slice());
  return { bytes: callGoBuiltin(evaluation, name, dumped), parse: 'opa_value_parse' };
}

function jsonOf(value: Exclude<ReturnType<NativeBuiltin>, typeof ASK_OPA>): Uint8Array | undefined {
  if (value === undefined) return undefined;
  return Buffer.from(typeof value === 'bigint' ? String(value) : JSON.stringify(value));
}

function put({ exports, memory }: Inside, { bytes, parse }: Dumped): number {
  if (bytes === undefined) return 0;
  const at = exports.opa_malloc(bytes.length);
  new Uint8Array(memory.buffer).set(bytes, at);
  return exports[parse](at, bytes.length);
}

type Parse = 'opa_json_parse' | 'opa_value_parse';
type Format = { readonly parse: Parse; readonly dump: 'opa_json_dump' | 'opa_value_dump' };

const JSON_FORMAT: Format = { parse: 'opa_json_parse', dump: 'opa_json_dump' };
const TERM_FORMAT: Format = { parse: 'opa_value_parse', dump: 'opa_value_dump' };

/** What is to be evaluated: input in a format, undefined for none. */
type Question = { entrypoint: number; input: Uint8Array | undefined; format: Format };

/**
 * Does what `opa_eval` of the ABI does in one call, except that input which is no JSON is an error and not "no input";
 * gives the address of the result set's text.
 */
function evaluate(inside: Inside, policy: OpaPolicy, { entrypoint, input, format }: Question): number {
  const { exports } = inside;
  const heap = policy.dataHeapPtr as number;
  const parsed = input === undefined ? 0 : parseInput(inside, heap, input, format.parse);
  if (input === undefined) exports.opa_heap_ptr_set(heap);
  const context = exports.opa_eval_ctx_new();
  exports.opa_eval_ctx_set_input(context, parsed);
  exports.opa_eval_ctx_set_data(context, policy.dataAddr);
  exports.opa_eval_ctx_set_entrypoint(context, entrypoint);
  exports.eval(context);
  return exports[format.dump](exports.opa_eval_ctx_get_result(context));
}

function parseInput({ exports, memory }: Inside, at: number, input: Uint8Array, parse: Parse): number {
  const heap = Math.ceil((at + input.length) / 8) * 8;
  const missing = heap - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  new Uint8Array(memory.buffer).set(input, at);
  exports.opa_heap_ptr_set(heap);
  const parsed = exports[parse](at, input.length);
  if (parsed === 0) throw new PolicyAbort('the input is no JSON');
  return parsed;
}

/** Reads zero-terminated UTF-8 in the policy's memory. */
function textAt(memory: WebAssembly.Memory, at: number): string {
  return decoder.decode(bytesAt(memory, at));
}

function bytesAt(memory: WebAssembly.Memory, at: number): Uint8Array {
  const bytes = new Uint8Array(memory.buffer);
  return bytes.subarray(at, bytes.indexOf(0, at));
}

function bounded(bytes: Uint8Array, what: string, maxBytes: number): Uint8Array {
  if (bytes.length > maxBytes) throw new TextAbort(what, maxBytes);
  return bytes;
}

/** Returns the bytes as an exact buffer: opa-wasm takes bytes only as an ArrayBuffer of exactly their length. */
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
