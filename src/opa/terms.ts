import type { JsonValue } from '../model/index.js';

/** A Rego value. Unlike JSON it tells sets from arrays, has keys of any kind, and keeps every digit of a number. */
export type Term =
  | { readonly type: 'null' }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly text: string }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'array'; readonly items: readonly Term[] }
  | { readonly type: 'object'; readonly entries: readonly (readonly [Term, Term])[] }
  | { readonly type: 'set'; readonly items: readonly Term[] };

const NULL: Term = { type: 'null' };
const TRUE: Term = { type: 'boolean', value: true };
const FALSE: Term = { type: 'boolean', value: false };
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const BARE_POINT = /^(-?)\.|\.(?=$|[eE])/g;
const DECIMAL = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
const PAIR = /[\ud800-\udfff]/;
const BEYOND_53_BITS = /^-?\d{16,}$/;
const SPACE = new Set([9, 10, 13, 32]);
const PLAIN = { enumerable: true, writable: true, configurable: true };
const ORDER = ['null', 'boolean', 'number', 'string', 'array', 'object', 'set'];

/**
 * Parses what `opa_value_dump` of a compiled policy writes, and ground values as people write them.
 *
 * @throws SyntaxError for text that is no ground Rego value.
 */
export function parseTerm(text: string): Term {
  const cursor = { text, at: 0 };
  const term = readTerm(cursor);
  skip(cursor);
  if (cursor.at !== text.length)
    throw new SyntaxError(`unexpected text after a Rego value: ${text.slice(cursor.at)}`);
  return term;
}

type Cursor = { readonly text: string; at: number };

function readTerm(cursor: Cursor): Term {
  skip(cursor);
  switch (cursor.text[cursor.at]) {
    case '"':
      return { type: 'string', value: readString(cursor) };
    case '[':
      return { type: 'array', items: readList(cursor, ']', readTerm) };
    case '{':
      return readBraces(cursor);
    case 'n':
      return word(cursor, 'null', NULL);
    case 't':
      return word(cursor, 'true', TRUE);
    case 'f':
      return word(cursor, 'false', FALSE);
    case 's':
      return word(cursor, 'set()', { type: 'set', items: [] });
    default:
      return { type: 'number', text: numberText(match(cursor, NUMBER)) };
  }
}

/** Returns a number as JSON writes it: Rego takes `.5`, JSON does not. */
function numberText(text: string): string {
  return text.includes('.')
    ? text.replace(BARE_POINT, (_, sign?: string) => (sign === undefined ? '' : `${sign}0.`))
    : text;
}

function word(cursor: Cursor, name: string, term: Term): Term {
  if (!take(cursor, name)) throw new SyntaxError(`no Rego value at ${cursor.at}`);
  return term;
}

function readString(cursor: Cursor): string {
  const { text, at } = cursor;
  let end = text.indexOf('"', at + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end < 0) throw new SyntaxError(`a Rego text without an end at ${at}`);
  cursor.at = end + 1;
  const inside = text.slice(at + 1, end);
  return inside.includes('\\') ? (JSON.parse(`"${inside}"`) as string) : inside;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (before > 0 && text[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}

function readBraces(cursor: Cursor): Term {
  const members = readList(cursor, '}', (inside) => {
    const key = readTerm(inside);
    skip(inside);
    if (!take(inside, ':')) return key;
    return [key, readTerm(inside)] as const;
  });
  const isEntry = (member: Term | readonly [Term, Term]): member is readonly [Term, Term] =>
    Array.isArray(member);
  if (members.every(isEntry)) return { type: 'object', entries: members };
  return { type: 'set', items: members as readonly Term[] };
}

function readList<T>(cursor: Cursor, end: string, read: (cursor: Cursor) => T): T[] {
  const items: T[] = [];
  cursor.at += 1;
  for (skip(cursor); !take(cursor, end); skip(cursor)) {
    items.push(read(cursor));
    skip(cursor);
    if (!take(cursor, ',') && cursor.text[cursor.at] !== end)
      throw new SyntaxError(`a list of Rego values without "${end}"`);
  }
  return items;
}

function skip(cursor: Cursor): void {
  while (SPACE.has(cursor.text.charCodeAt(cursor.at))) cursor.at += 1;
}

function take(cursor: Cursor, word: string): boolean {
  const found = cursor.text.startsWith(word, cursor.at);
  if (found) cursor.at += word.length;
  return found;
}

function match(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found === undefined)
    throw new SyntaxError(`no Rego value at ${cursor.at}: ${cursor.text.slice(cursor.at, cursor.at + 20)}`);
  cursor.at += found.length;
  return found;
}

/** Compares in the order OPA sorts in: by type, then by value; object keys before object values. */
export function compareTerms(a: Term, b: Term): number {
  if (a.type !== b.type) return ORDER.indexOf(a.type) - ORDER.indexOf(b.type);
  if (a.type === 'number' && b.type === 'number') return compareNumbers(a.text, b.text);
  if (a.type === 'string' && b.type === 'string') return compareTexts(a.value, b.value);
  if (a.type === 'boolean' && b.type === 'boolean') return Number(a.value) - Number(b.value);
  return compareLists(listOf(a), listOf(b));
}

/**
 * Compares by bytes of UTF-8, as Go does; JavaScript compares UTF-16, which differs if a character takes two units of
 * it.
 */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  if (PAIR.test(a) || PAIR.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

function compareNumbers(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (x !== y) return x < y ? -1 : 1;
  return a === b ? 0 : compareDecimals(decimalOf(a), decimalOf(b));
}

/** Digits without zeros at either end, and the power of ten of the first. */
type Decimal = { sign: number; power: number; digits: string };

function decimalOf(text: string): Decimal {
  const [, minus = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const power = digits.length - fraction.length + Number(exponent);
  const sign = digits === '' ? 0 : minus === '' ? 1 : -1;
  return { sign, power: sign === 0 ? 0 : power, digits: withoutEndZeros(digits) };
}

function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/** Compares numbers that are the same as JavaScript's and need not be the same. */
function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.power !== b.power) return (a.power - b.power) * a.sign;
  return a.digits === b.digits ? 0 : (a.digits < b.digits ? -1 : 1) * a.sign;
}

function listOf(term: Term): readonly Term[] {
  if (term.type === 'array') return term.items;
  if (term.type === 'set') return sortTerms(term.items);
  if (term.type !== 'object') return [];
  const entries = sortEntries(term.entries);
  return [...entries.map(([key]) => key), ...entries.map(([, value]) => value)];
}

function compareLists(a: readonly Term[], b: readonly Term[]): number {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const order = compareTerms(a[index] as Term, b[index] as Term);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function sortTerms(items: readonly Term[]): readonly Term[] {
  return items.length < 2 ? items : [...items].sort(compareTerms);
}

function sortEntries(entries: readonly (readonly [Term, Term])[]) {
  return [...entries].sort(([a], [b]) => compareTerms(a, b));
}

/** Returns the value as OPA prints it: sets and object keys sorted, a space after each comma and colon. */
export function printTerm(term: Term): string {
  switch (term.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(term.value);
    case 'number':
      return term.text;
    case 'string':
      return JSON.stringify(term.value);
    case 'array':
      return `[${term.items.map(printTerm).join(', ')}]`;
    case 'set':
      return term.items.length === 0 ? 'set()' : `{${sortTerms(term.items).map(printTerm).join(', ')}}`;
    case 'object':
      return `{${sortEntries(term.entries)
        .map(([key, value]) => `${printTerm(key)}: ${printTerm(value)}`)
        .join(', ')}}`;
  }
}

/**
 * What becomes of an integer, or a number, that is too large for JavaScript's: the nearest it has, or text with every
 * digit.
 */
export type BigIntegers = 'number' | 'text';

/**
 * Returns the value as JSON: a set becomes a sorted array, a key that is no string its JSON text. Numbers become
 * JavaScript's.
 */
export function termToJson(term: Term, bigIntegers: BigIntegers = 'number'): JsonValue {
  switch (term.type) {
    case 'null':
      return null;
    case 'boolean':
    case 'string':
      return term.value;
    case 'number':
      return bigIntegers === 'text' ? exactNumber(term.text) : Number(term.text);
    case 'array':
      return term.items.map((item) => termToJson(item, bigIntegers));
    case 'set':
      return sortTerms(term.items).map((item) => termToJson(item, bigIntegers));
    case 'object':
      return objectOf(term.entries, bigIntegers);
  }
}

function exactNumber(text: string): number | string {
  const number = Number(text);
  const isLost = BEYOND_53_BITS.test(text) ? !Number.isSafeInteger(number) : !Number.isFinite(number);
  return isLost ? text : number;
}

/** Does what Object.fromEntries does, in half the time: every result of an evaluation passes here. */
function objectOf(
  entries: readonly (readonly [Term, Term])[],
  bigIntegers: BigIntegers,
): { [name: string]: JsonValue } {
  const object: { [name: string]: JsonValue } = {};
  for (const [key, term] of entries) {
    const name = keyText(key);
    const value = termToJson(term, bigIntegers);
    if (name === '__proto__') Object.defineProperty(object, name, { value, ...PLAIN });
    else object[name] = value;
  }
  return object;
}

/**
 * Returns the value as JSON text that keeps every digit; sets and keys as `termToJson` has them, keys in OPA's order.
 */
export function termToJsonText(term: Term): string {
  switch (term.type) {
    case 'array':
      return `[${term.items.map(termToJsonText).join(',')}]`;
    case 'set':
      return `[${sortTerms(term.items).map(termToJsonText).join(',')}]`;
    case 'object':
      return `{${sortEntries(term.entries)
        .map(([key, value]) => `${JSON.stringify(keyText(key))}:${termToJsonText(value)}`)
        .join(',')}}`;
    default:
      return printTerm(term);
  }
}

function keyText(key: Term): string {
  return key.type === 'string' ? key.value : termToJsonText(key);
}
