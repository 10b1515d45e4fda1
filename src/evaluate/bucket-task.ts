import type { Bucket } from '../model/index.js';
import type { EvaluatedPolicy } from './to-observation.js';

/** What a worker needs to evaluate one bucket. Everything survives a structured clone. */
export type BucketTask = {
  /** Subjects to evaluate. */
  bucket: Bucket;
  /** NDJSON file to write observations to. */
  output: string;
  /** Places (0-based) of subjects to evaluate policy by policy, because all together ended their worker. */
  isolated: number[];
  /** Policies that ended their worker on a subject, by `<place>:<ruleId>`, with the sentence that says why. */
  blocked: ReadonlyMap<string, string>;
  /** Policies given up for the whole run, with the sentence that says why. */
  disabled: ReadonlyMap<string, string>;
  /** Where the worker says what it is doing; see Beat. */
  beat: SharedArrayBuffer;
};

/** A policy as it is evaluated apart from the others. */
export type IsolatedPolicy = EvaluatedPolicy & {
  /** Entrypoint of its own result. */
  entrypoint: string;
  /** Why it cannot be evaluated at all; null where it can. */
  fault: string | null;
  /** Whether its facts hold no sets and no integers beyond 53 bits: the rule book's do, which a test holds on every example. */
  listsSorted: boolean;
};

/** What is shared with every worker of a run. */
export type WorkerData = {
  /** Compiled policies. */
  module: WebAssembly.Module;
  /** The `data` document. */
  data: object;
  /** Policies with what the worker needs of them. */
  policies: (IsolatedPolicy & { subject: string })[];
  /** Most bytes of memory one instance may take. */
  maxBytes: number;
};

/** Two counters a worker shares with the watchdog: place of the subject under evaluation + 1, and of the policy + 1 (0: all together). */
export type Beat = Int32Array<SharedArrayBuffer>;

/** A fresh beat. */
export function createBeat(): Beat {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}
