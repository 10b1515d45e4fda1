import type { JsonValue } from '../model/index.js';
import type { Term } from './terms.js';

/** What a built-in written here returns if OPA's own built-in must answer. */
export const ASK_OPA: unique symbol = Symbol('ask OPA');

/** A built-in on Rego terms; a bigint result keeps all its digits. */
export type NativeBuiltin = (...args: Term[]) => JsonValue | bigint | undefined | typeof ASK_OPA;
