import type { JsonValue } from '../model/index.js';
import { fromHost, type HostBuiltin, NATIVE_BUILTINS } from './builtins.js';
import { RegoEvaluationError, RegoMemoryError } from './errors.js';
import type { Evaluation } from './go-builtins.js';
import { MemoryAbort, PolicyAbort, TextAbort } from './policy-abort.js';
import { createInstance, type PolicyInstance } from './policy-instance.js';
import { type BigIntegers, compareTerms, parseTerm, printTerm, type Term, termToJson } from './terms.js';
import { secureRandom } from './wasi-host.js';

/** How a policy is loaded. */
export type EngineOptions = {
  /** The `data` document: a JSON value, or JSON as UTF-8 bytes. */
  data?: object | Uint8Array;
  /** Built-ins of the host by name; they win over keyproof's own of the same name. */
  builtins?: Readonly<Record<string, HostBuiltin>>;
  /**
   * The wall clock that built-ins see, in ms since 1970; it stands still during an evaluation. Default: the machine's.
   */
  clock?: () => number;
  /** Fills its argument with the bytes that rand.intn, uuid.rfc4122 and signing draw on. Default: the machine's. */
  random?: (bytes: Uint8Array) => void;
  /** How `evaluate` gives integers that JavaScript's numbers cannot hold; default `number`, the nearest. */
  bigIntegers?: BigIntegers;
  /** Limits of its memory. */
  memory?: {
    /**
     * Most bytes one instance may hold; default 1 GiB. OPA's own built-ins, which run in an instance of theirs, may
     * take as much again.
     */
    maxBytes?: number;
    /**
     * Most bytes of text that may leave it at once: a result, or an argument of a built-in outside of the module;
     * default 64 MiB.
     */
    maxTextBytes?: number;
  };
};

/** A result set as OPA's ABI gives it: empty if the entrypoint is undefined. */
export type ResultSet = readonly { readonly result: JsonValue }[];

/** A compiled policy, ready to be evaluated in this thread any number of times. */
export type Engine = {
  /** Names of the entrypoints, sorted, such as `policies/rotation/result`. */
  readonly entrypoints: readonly string[];
  /**
   * Value of an entrypoint for an input (any JSON value, or JSON as UTF-8 bytes), sets as lists in OPA's order;
   * undefined if the result is undefined in Rego.
   */
  evaluate(entrypoint: string, input?: unknown): JsonValue | undefined;
  /** The same for Rego terms: sets are sets, and numbers keep every digit. */
  evaluateTerm(entrypoint: string, input?: Term): Term | undefined;
  /** The result set as Rego terms, in OPA's order: for a compiled query, an object of its variables for each answer. */
  resultSet(input?: Term, entrypoint?: string | number): readonly Term[];
  /** The same for input that is JSON already: bytes go into the policy's memory as they are. */
  evaluateRaw(input: Uint8Array | ArrayBuffer | string, entrypoint?: string | number): ResultSet;
  /** Replaces the `data` document. */
  setData(data: object | Uint8Array): void;
  /** Bytes of memory held now. WebAssembly memory only grows: `reset` gives it back. */
  memoryBytes(): number;
  /** Throws the instance away; the next evaluation makes a fresh one. */
  reset(): void;
};

const DEFAULT_MAX_BYTES = 2 ** 30;
const DEFAULT_MAX_TEXT_BYTES = 2 ** 26;
const encoder = new TextEncoder();

/**
 * Loads a compiled policy. After an evaluation that throws, its instance is replaced by a fresh one.
 *
 * @param wasm bytes as `compile` gives them, or a module compiled from them (which threads can share).
 * @throws RegoEvaluationError for what is no compiled policy; RegoMemoryError if the limit is too low to start;
 * `evaluate` and `evaluateRaw` throw the same, with the entrypoint.
 */
export function openEngine(wasm: Uint8Array | WebAssembly.Module, options: EngineOptions = {}): Engine {
  const module = guarded(undefined, () =>
    wasm instanceof WebAssembly.Module ? wasm : new WebAssembly.Module(exact(wasm)),
  );
  const builtins = { ...NATIVE_BUILTINS, ...mapValues(options.builtins ?? {}, fromHost) };
  const { maxBytes = DEFAULT_MAX_BYTES, maxTextBytes = DEFAULT_MAX_TEXT_BYTES } = options.memory ?? {};
  let data = jsonBytes(options.data ?? {});
  let instance: PolicyInstance | undefined;

  const start = (): PolicyInstance => {
    const fresh = createInstance(module, builtins, { maxBytes, maxTextBytes }, () =>
      worldOf(options, maxBytes),
    );
    fresh.setData(data);
    return fresh;
  };
  const reset = () => {
    instance = undefined;
  };
  const attempt = <T>(entrypoint: string | undefined, act: (ready: PolicyInstance) => T): T =>
    guarded(
      entrypoint,
      () => {
        instance ??= start();
        return act(instance);
      },
      reset,
    );
  const numbers = attempt(undefined, (ready) => ready.entrypoints);
  const run = (input: Uint8Array | undefined, entrypoint: string | number): ResultSet => {
    const [name, number] = entrypointOf(numbers, entrypoint);
    return attempt(name, (ready) => JSON.parse(ready.evaluate(number, input)) as ResultSet);
  };

  const runTerms = (input: Uint8Array | undefined, entrypoint: string | number): readonly Term[] => {
    const [name, number] = entrypointOf(numbers, entrypoint);
    const set = attempt(name, (ready) => parseTerm(ready.evaluateTerm(number, input)));
    return set.type === 'set' ? [...set.items].sort(compareTerms) : [];
  };

  return {
    entrypoints: Object.keys(numbers).sort(),
    evaluate: (entrypoint, input) => {
      const term = resultOf(runTerms(input === undefined ? undefined : jsonBytes(input), entrypoint));
      return term === undefined ? undefined : termToJson(term, options.bigIntegers);
    },
    evaluateTerm: (entrypoint, input) => resultOf(runTerms(termBytes(input), entrypoint)),
    resultSet: (input, entrypoint = 0) => runTerms(termBytes(input), entrypoint),
    evaluateRaw: (input, entrypoint = 0) => run(rawBytes(input), entrypoint),
    setData: (next) => {
      data = jsonBytes(next);
      attempt(undefined, (ready) => ready.setData(data));
    },
    memoryBytes: () => instance?.memoryBytes() ?? 0,
    reset,
  };
}

/** Returns the value in a result set, whose one member is an object with the one key `result`. */
function resultOf([member]: readonly Term[]): Term | undefined {
  return member?.type === 'object' ? member.entries[0]?.[1] : undefined;
}

function termBytes(input: Term | undefined): Uint8Array | undefined {
  return input === undefined ? undefined : encoder.encode(printTerm(input));
}

function worldOf(options: EngineOptions, maxBytes: number): Evaluation {
  return {
    maxBytes,
    nowNs: BigInt(Math.trunc((options.clock ?? Date.now)())) * 1_000_000n,
    random: options.random ?? secureRandom,
  };
}

function entrypointOf(
  numbers: Readonly<Record<string, number>>,
  entrypoint: string | number,
): [string, number] {
  const number = numbers[entrypoint];
  if (number !== undefined && Object.hasOwn(numbers, entrypoint)) return [String(entrypoint), number];
  const found = Object.entries(numbers).find(([, other]) => other === entrypoint);
  if (found !== undefined) return found;
  const known = Object.keys(numbers).sort().join(', ');
  throw new RegoEvaluationError(
    `the policy has no entrypoint ${entrypoint}; it has ${known}`,
    String(entrypoint),
  );
}

/**
 * Runs `act`. Everything that a policy, its built-ins or opa-wasm throw (strings and plain objects among it) becomes an
 * Error.
 */
function guarded<T>(entrypoint: string | undefined, act: () => T, failed: () => void = () => undefined): T {
  try {
    return act();
  } catch (thrown) {
    failed();
    throw evaluationError(thrown, entrypoint);
  }
}

function evaluationError(thrown: unknown, entrypoint: string | undefined): RegoEvaluationError {
  if (thrown instanceof RegoEvaluationError) return thrown;
  const reason = reasonOf(thrown);
  const at = entrypoint === undefined ? 'the policy cannot be loaded' : `evaluating ${entrypoint} failed`;
  const message = `${at}: ${reason}`;
  const limit = limitOf(thrown, reason);
  return limit === undefined
    ? new RegoEvaluationError(message, entrypoint, { cause: thrown })
    : new RegoMemoryError(`${message} (memory.${limit})`, entrypoint, { cause: thrown });
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}

/** Returns the option that an evaluation went over, if it did. */
function limitOf(thrown: unknown, reason: string): keyof NonNullable<EngineOptions['memory']> | undefined {
  if (thrown instanceof TextAbort) return 'maxTextBytes';
  return isMemory(thrown, reason) ? 'maxBytes' : undefined;
}

function isMemory(thrown: unknown, reason: string): boolean {
  if (thrown instanceof MemoryAbort) return true;
  if (thrown instanceof PolicyAbort) return /malloc|memory/.test(reason);
  if (thrown instanceof RangeError) return /[Mm]emory/.test(reason);
  return thrown instanceof WebAssembly.LinkError && /memory import .* smaller than/.test(reason);
}

function jsonBytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : encoder.encode(JSON.stringify(value));
}

function rawBytes(input: Uint8Array | ArrayBuffer | string): Uint8Array {
  if (typeof input === 'string') return encoder.encode(input);
  return input instanceof ArrayBuffer ? new Uint8Array(input) : input;
}

function exact(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
