import type { Policy } from './policy.js';

/** Policies compiled into one WebAssembly module: the rule book, or those of one folder of one's own. */
export type CompiledPolicies = {
  /** The module. Entrypoints: `keyproof/subject/<kind>/evaluation`, and one for each policy without a fault. */
  wasm: Uint8Array;
  /** The policies, sorted by id, also those with a fault. */
  policies: Policy[];
  /** Entrypoint of each policy's own result, by rule id. */
  entrypoints: ReadonlyMap<string, string>;
  /** Why a policy is not in the module, by rule id: an `error` on every subject of its kind. */
  faults: ReadonlyMap<string, string>;
  /** The `data` document that the module is loaded with; no other module sees it. */
  data: object;
};
