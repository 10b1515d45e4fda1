import { sprintf } from './sprintf.js';
import { type JsonValue, type Term, termToJson } from './terms.js';

/** A built-in supplied by the host: JSON arguments in (sets as sorted arrays), JSON out; `undefined` is Rego's undefined. */
export type HostBuiltin = (...args: JsonValue[]) => JsonValue | undefined;

/** A built-in on Rego terms; a bigint result keeps all its digits. */
export type NativeBuiltin = (...args: Term[]) => JsonValue | bigint | undefined;

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;
const INT64_MAX = 2n ** 63n - 1n;

/** The built-ins that OPA leaves to the host and that a compiled policy gets here, with OPA's semantics. */
export const NATIVE_BUILTINS: Readonly<Record<string, NativeBuiltin>> = {
  sprintf: (format, values) =>
    format?.type === 'string' && values?.type === 'array' ? sprintf(format.value, values.items) : undefined,
  'strings.any_prefix_match': (search, base) => anyPair(search, base, (text, part) => text.startsWith(part)),
  'strings.any_suffix_match': (search, base) => anyPair(search, base, (text, part) => text.endsWith(part)),
  'strings.count': (search, part) =>
    search?.type === 'string' && part?.type === 'string' ? countOf(search.value, part.value) : undefined,
  'time.parse_rfc3339_ns': (text) => (text?.type === 'string' ? parseRfc3339(text.value) : undefined),
};

/** A host's built-in as the policy instance calls it. */
export function fromHost(builtin: HostBuiltin): NativeBuiltin {
  return (...args) => builtin(...args.map(termToJson));
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

/** Nanoseconds since 1970; undefined for what is no such date, and outside the years 1678 to 2262, as in OPA. */
function parseRfc3339(text: string): bigint | undefined {
  const parts = RFC3339.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const [offsetHour, offsetMinute] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 24 || offsetMinute > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const offset = (offsetHour * 60 + offsetMinute) * (parts[8] === '-' ? -60_000 : 60_000);
  const ms = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 - offset;
  const ns = BigInt(ms) * 1_000_000n + BigInt((parts[7] ?? '').padEnd(9, '0').slice(0, 9));
  return ns > INT64_MAX || ns < -INT64_MAX - 1n ? undefined : ns;
}
