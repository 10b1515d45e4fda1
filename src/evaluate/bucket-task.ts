import type { Bucket } from '../model/index.js';
import type { EvaluatedPolicy } from './to-observation.js';

/** What evaluating one bucket needs: paths, numbers and texts, so that a queue could carry it to another machine. */
export type BucketTask = {
  /** Subjects to evaluate. */
  bucket: Bucket;
  /** NDJSON file to write observations to. */
  output: string;
  /** Places (0-based) of subjects to evaluate policy by policy, because all together ended their worker. */
  isolated: number[];
  /** Policies that ended their worker on a subject: its place, the rule id, and the sentence that states why. */
  blocked: { place: number; ruleId: string; error: string }[];
  /** Policies given up in this bucket, with the sentence that states why. */
  givenUp: { ruleId: string; error: string }[];
};

/** A task for a thread of this process, with the counters in which the thread reports its progress; see Beat. */
export type ThreadTask = { task: BucketTask; beat: SharedArrayBuffer };

/** A policy that is evaluated apart from the others. */
export type IsolatedPolicy = EvaluatedPolicy & {
  /** Index of the module it is in. */
  module: number;
  /** Entrypoint of its own result. */
  entrypoint: string;
  /** Why it cannot be evaluated at all; null if it can. */
  fault: string | null;
  /**
   * Whether its facts hold no sets and no integers beyond 53 bits: true of the rule book, which a test checks on
   * every example.
   */
  listsSorted: boolean;
};

/** What is shared with every worker of a run. */
export type WorkerData = {
  /** Compiled policies, each module with its `data` document as JSON in UTF-8. */
  modules: { module: WebAssembly.Module; data: Uint8Array }[];
  /** Policies of all modules with what the worker needs to know of them, sorted by id. */
  policies: (IsolatedPolicy & { subject: string })[];
  /** Most bytes of memory one instance may take. */
  maxBytes: number;
};

/** Two counters a worker shares with the watchdog: place of the subject under evaluation + 1, and of the policy + 1 (0: all together). */
export type Beat = Int32Array<SharedArrayBuffer>;

/** Creates a beat with both counters at 0. */
export function createBeat(): Beat {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}
