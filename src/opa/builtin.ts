import type { JsonValue } from '../model/index.js';
import type { Term } from './terms.js';

/** What a built-in written here answers where only OPA's own will do. */
export const ASK_OPA: unique symbol = Symbol('ask OPA');

/** A built-in on Rego terms; a bigint result keeps all its digits. */
export type NativeBuiltin = (...args: Term[]) => JsonValue | bigint | undefined | typeof ASK_OPA;
