/** A Rego value. Unlike JSON it tells sets from arrays, has keys of any kind, and keeps every digit of a number. */
export type Term =
  | { readonly type: 'null' }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly text: string }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'array'; readonly items: readonly Term[] }
  | { readonly type: 'object'; readonly entries: readonly (readonly [Term, Term])[] }
  | { readonly type: 'set'; readonly items: readonly Term[] };

/** A value as JSON has it. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

const NULL: Term = { type: 'null' };
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const ORDER = ['null', 'boolean', 'number', 'string', 'array', 'object', 'set'];

/**
 * Parses what `opa_value_dump` of a compiled policy writes.
 *
 * @throws SyntaxError for text that is no ground Rego value.
 */
export function parseTerm(text: string): Term {
  const cursor = { text, at: 0 };
  const term = readTerm(cursor);
  if (cursor.at !== text.length)
    throw new SyntaxError(`unexpected text after a Rego value: ${text.slice(cursor.at)}`);
  return term;
}

type Cursor = { readonly text: string; at: number };

function readTerm(cursor: Cursor): Term {
  const { text, at } = cursor;
  if (take(cursor, 'null')) return NULL;
  if (take(cursor, 'true')) return { type: 'boolean', value: true };
  if (take(cursor, 'false')) return { type: 'boolean', value: false };
  if (take(cursor, 'set()')) return { type: 'set', items: [] };
  if (text[at] === '[') return { type: 'array', items: readList(cursor, ']', readTerm) };
  if (text[at] === '{') return readBraces(cursor);
  if (text[at] === '"') return { type: 'string', value: JSON.parse(match(cursor, STRING)) as string };
  return { type: 'number', text: match(cursor, NUMBER) };
}

function readBraces(cursor: Cursor): Term {
  const members = readList(cursor, '}', (inside) => {
    const key = readTerm(inside);
    if (!take(inside, ':')) return key;
    skip(inside);
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
  while (cursor.text[cursor.at] === ' ') cursor.at += 1;
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

/** The order OPA sorts in: by type, then by value; object keys before object values. */
export function compareTerms(a: Term, b: Term): number {
  if (a.type !== b.type) return ORDER.indexOf(a.type) - ORDER.indexOf(b.type);
  if (a.type === 'number' && b.type === 'number') return compareNumbers(a.text, b.text);
  if (a.type === 'string' && b.type === 'string')
    return Buffer.compare(Buffer.from(a.value), Buffer.from(b.value));
  if (a.type === 'boolean' && b.type === 'boolean') return Number(a.value) - Number(b.value);
  return compareLists(listOf(a), listOf(b));
}

function compareNumbers(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (difference !== 0 || !/^-?\d+$/.test(a) || !/^-?\d+$/.test(b)) return difference;
  return BigInt(a) < BigInt(b) ? -1 : Number(BigInt(a) > BigInt(b));
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

function sortTerms(items: readonly Term[]): Term[] {
  return [...items].sort(compareTerms);
}

function sortEntries(entries: readonly (readonly [Term, Term])[]) {
  return [...entries].sort(([a], [b]) => compareTerms(a, b));
}

/** The value as OPA prints it: sets and object keys sorted, a space after each comma and colon. */
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

/** The value as JSON: a set becomes a sorted array, a key that is no string its printed form. */
export function termToJson(term: Term): JsonValue {
  switch (term.type) {
    case 'null':
      return null;
    case 'boolean':
    case 'string':
      return term.value;
    case 'number':
      return Number(term.text);
    case 'array':
      return term.items.map(termToJson);
    case 'set':
      return sortTerms(term.items).map(termToJson);
    case 'object':
      return Object.fromEntries(term.entries.map(([key, value]) => [keyText(key), termToJson(value)]));
  }
}

function keyText(key: Term): string {
  return key.type === 'string' ? key.value : printTerm(key);
}
