import { type Parsed, parsed, unparsable } from '../../../fields/parsed.js';

/** A value of HCL. */
export type HclValue = string | number | boolean | HclValue[] | HclItem[];

/** One member or block: `path "secret/*" { ... }` has the keys `path` and `secret/*`. */
export type HclItem = {
  /** Its name, and the labels of a block. */
  keys: string[];
  /** Its value; of a block, its items. */
  value: HclValue;
  /** Line it begins on, from 1. */
  line: number;
};

type Token = { kind: 'text' | 'word' | 'number' | 'mark' | 'end'; text: string; line: number };

/** Longest text that is read: Vault takes no larger policy in one request by default, by far. */
const LONGEST = 2_000_000;
/** Deepest lists and blocks. */
const DEEPEST = 16;

/** Blanks, comments and tokens. A text may hold `${...}` and is on one line. */
const TOKEN =
  /(?<blank>\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<text>"(?:[^"\\\n]|\\[^\n])*")|(?<word>[A-Za-z_][\w.-]*)|(?<number>-?\d[\w.+-]*)|(?<mark>[{}[\],=])/y;

class Refusal extends Error {}

/**
 * Reads the part of HCL (version 1, https://github.com/hashicorp/hcl/tree/hcl1) that policies of Vault are written in: blocks with
 * labels, texts, numbers, lists and comments. A brace may stand on the next line. Heredocs are refused.
 */
export function parseHcl(text: string): Parsed<HclItem[]> {
  try {
    if (text.length > LONGEST) throw new Refusal(`the text is longer than ${LONGEST} characters`);
    const tokens = tokensOf(text);
    const [items, at] = itemsFrom(tokens, 0, 0);
    expect(tokens[at], 'end', '');
    return parsed(items);
  } catch (error) {
    if (error instanceof Refusal) return unparsable(error.message);
    throw error;
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  let [line, at] = [1, 0];
  while (at < text.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw new Refusal(`line ${line} ${problemAt(text.slice(at, at + 2))}`);
    const [whole] = found;
    const kind = (['text', 'word', 'number', 'mark'] as const).find((name) => found.groups?.[name]);
    if (kind) tokens.push({ kind, text: whole, line });
    line += whole.split('\n').length - 1;
    at += whole.length;
  }
  return [...tokens, { kind: 'end', text: '', line }];
}

function problemAt(start: string): string {
  if (start === '<<') return 'begins a heredoc, which is not read: write the text in quotes on one line';
  if (start === '/*') return 'begins a comment that does not end';
  return start.startsWith('"')
    ? 'has a text that does not end'
    : 'has a character that HCL does not have there';
}

/** Returns the items from a token on, and the place behind them. */
function itemsFrom(tokens: readonly Token[], start: number, depth: number): [HclItem[], number] {
  const items: HclItem[] = [];
  let at = start;
  while (isKey(tokens[at])) {
    const line = tokens[at]?.line ?? 0;
    const keys: string[] = [];
    for (; isKey(tokens[at]); at += 1) keys.push(plain(tokens[at]));
    if (isMark(tokens[at], '=')) at += 1;
    else expect(tokens[at], 'mark', '{');
    const [value, next] = valueFrom(tokens, at, depth);
    items.push({ keys, value, line });
    at = isMark(tokens[next], ',') ? next + 1 : next;
  }
  return [items, at];
}

function valueFrom(tokens: readonly Token[], at: number, depth: number): [HclValue, number] {
  const token = tokens[at];
  if (depth > DEEPEST) throw new Refusal(`line ${token?.line} is nested deeper than ${DEEPEST} levels`);
  if (isMark(token, '{')) {
    const [items, next] = itemsFrom(tokens, at + 1, depth + 1);
    expect(tokens[next], 'mark', '}');
    return [items, next + 1];
  }
  return isMark(token, '[') ? listFrom(tokens, at + 1, depth + 1) : [scalarOf(token), at + 1];
}

function listFrom(tokens: readonly Token[], start: number, depth: number): [HclValue[], number] {
  const values: HclValue[] = [];
  let at = start;
  while (!isMark(tokens[at], ']')) {
    const [value, next] = valueFrom(tokens, at, depth);
    values.push(value);
    at = next;
    if (isMark(tokens[at], ',')) at += 1;
    else expect(tokens[at], 'mark', ']');
  }
  return [values, at + 1];
}

function scalarOf(token: Token | undefined): HclValue {
  if (token?.kind === 'text') return plain(token);
  if (token?.kind === 'number') return Number.isFinite(Number(token.text)) ? Number(token.text) : token.text;
  if (token?.text === 'true' || token?.text === 'false') return token.text === 'true';
  throw new Refusal(`line ${token?.line} has no value where one is expected`);
}

function isKey(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'text';
}

function isMark(token: Token | undefined, mark: string): boolean {
  return token?.kind === 'mark' && token.text === mark;
}

function expect(token: Token | undefined, kind: Token['kind'], text: string): void {
  if (token?.kind === kind && token.text === text) return;
  const wanted = kind === 'end' ? 'the name of a block' : `"${text}"`;
  throw new Refusal(`line ${token?.line} has ${token?.text || 'the end'} where ${wanted} is expected`);
}

const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r' };

/** Returns a word, or a text without its quotes and escapes. */
function plain(token: Token | undefined): string {
  if (token?.kind !== 'text') return token?.text ?? '';
  return token.text
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_all, code: string | undefined, letter: string) =>
      code === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
    );
}
