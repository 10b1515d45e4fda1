import { createHash } from 'node:crypto';
import type { JsonValue } from '../model/index.js';
import { ASK_OPA, type NativeBuiltin } from './builtin.js';
import { sprintf } from './sprintf.js';
import { type Term, termToJson } from './terms.js';
import { TIME_BUILTINS } from './time-builtins.js';

/**
 * A built-in supplied by the host: JSON arguments in (sets as sorted arrays), JSON out; `undefined` is Rego's
 * undefined.
 */
export type HostBuiltin = (...args: JsonValue[]) => JsonValue | undefined;

/** The built-ins that OPA leaves to the host and that are written here, for speed, with OPA's semantics. */
export const NATIVE_BUILTINS: Readonly<Record<string, NativeBuiltin>> = {
  sprintf: (format, values) =>
    format?.type === 'string' && values?.type === 'array'
      ? sprintfHere(format.value, values.items)
      : undefined,
  'strings.any_prefix_match': (search, base) => anyPair(search, base, (text, part) => text.startsWith(part)),
  'strings.any_suffix_match': (search, base) => anyPair(search, base, (text, part) => text.endsWith(part)),
  'strings.count': (search, part) =>
    search?.type === 'string' && part?.type === 'string' ? countOf(search.value, part.value) : undefined,
  'crypto.md5': (text) => digest('md5', text),
  'crypto.sha1': (text) => digest('sha1', text),
  'crypto.sha256': (text) => digest('sha256', text),
  ...TIME_BUILTINS,
};

/** Returns a host's built-in as the policy instance calls it. */
export function fromHost(builtin: HostBuiltin): NativeBuiltin {
  return (...args) => builtin(...args.map((arg) => termToJson(arg)));
}

function sprintfHere(format: string, values: readonly Term[]): string | typeof ASK_OPA {
  try {
    return sprintf(format, values);
  } catch (error) {
    if (error instanceof RangeError) return ASK_OPA;
    throw error;
  }
}

/**
 * Computes a digest. Bytes that are no UTF-8 are lost on the way here: a text that may have had some is left to OPA.
 */
function digest(algorithm: string, text: Term | undefined): string | typeof ASK_OPA {
  if (text?.type !== 'string' || text.value.includes('\ufffd')) return ASK_OPA;
  return createHash(algorithm).update(text.value).digest('hex');
}

function anyPair(
  search: Term | undefined,
  base: Term | undefined,
  holds: (text: string, part: string) => boolean,
) {
  const texts = textsOf(search);
  const parts = textsOf(base);
  if (texts === undefined || parts === undefined) return undefined;
  return texts.some((text) => parts.some((part) => holds(text, part)));
}

function textsOf(term: Term | undefined): string[] | undefined {
  if (term?.type === 'string') return [term.value];
  if (term?.type !== 'array' && term?.type !== 'set') return undefined;
  const texts = term.items.flatMap((item) => (item.type === 'string' ? [item.value] : []));
  return texts.length === term.items.length ? texts : undefined;
}

function countOf(text: string, part: string): number {
  return part === '' ? [...text].length + 1 : text.split(part).length - 1;
}
