import type { WrittenText } from '../text/encoding.js';

/** A path below `data` or `input`, such as `['bank', 'keys']` for `data.bank.keys`. */
export type DataPath = readonly string[];

const PART = String.raw`(?:\.[A-Za-z_]\w*|\[\s*(?:"(?:\\.|[^"\\\n])*"|\x60[^\x60]*\x60)\s*\])`;
const PACKAGE = new RegExp(String.raw`^(?:[ \t\r]*(?:#[^\n]*)?\n)*[ \t]*package[ \t]+([A-Za-z_]\w*${PART}*)`);
const NOT_CODE = String.raw`#[^\n]*|\$?\x60[^\x60]*\x60|\$?"(?:\\.|[^"\\\n])*"`;
const DATA = new RegExp(String.raw`${NOT_CODE}|(?<![\w.])data(?!\w)(${PART}*)`, 'g');
const NAMED = String.raw`(?<=\bobject\.get\(\s*)input(?!\w)(?<record>${PART}*)\s*,\s*"(?<name>[A-Za-z_]\w*)"`;
const INPUT = new RegExp(String.raw`${NOT_CODE}|${NAMED}|(?<![\w.])input(?!\w)(?<path>${PART}*)`, 'g');

/** Returns a text as the source of a policy file. */
export function sourceOf({ text, fault }: WrittenText): { source: string; fault?: string } {
  return { source: text, ...(fault === null ? {} : { fault }) };
}

/**
 * Returns the package a source declares, read without a parser, for sources that do not parse.
 * The parsed package decides who owns a source from outside.
 */
export function packageOf(source: string): DataPath | undefined {
  const name = PACKAGE.exec(source)?.[1];
  return name === undefined ? undefined : parts(`.${name}`);
}

/**
 * Returns the paths below `data` that a source names, in code and not in comments or texts. `data[x]` names the empty
 * path, which is above every package.
 */
export function dataPathsOf(source: string): DataPath[] {
  return [...source.matchAll(DATA)].flatMap(([token, path]) => {
    if (path !== undefined) return [parts(path)];
    return token.startsWith('$') ? dataPathsOf(token.slice(2, -1)) : [];
  });
}

/** Returns whether a path is another, or below it. */
export function isBelow(path: DataPath, other: DataPath): boolean {
  return other.every((part, index) => part === path[index]);
}

/**
 * Returns the paths below `input` that a source names in code; `object.get(input.key, "type", null)` names `key.type`.
 * `input[x]` and `input` as a whole name the empty path, and so does a text with expressions in it, because they are not
 * looked for there.
 */
export function inputPathsOf(source: string): DataPath[] {
  return [...source.matchAll(INPUT)].flatMap(({ 0: token, groups: { record, name, path } = {} }) => {
    if (record !== undefined && name !== undefined) return [[...parts(record), name]];
    if (path !== undefined) return [parts(path)];
    return token.startsWith('$') ? [[]] : [];
  });
}

/** Returns whether one path is the other, above it or below it. */
export function overlap(one: DataPath, other: DataPath): boolean {
  return one.slice(0, other.length).every((part, index) => part === other[index]);
}

function parts(path: string): DataPath {
  return [...path.matchAll(new RegExp(PART, 'g'))].map(([part]) =>
    part.startsWith('.') ? part.slice(1) : textOf(part.slice(1, -1).trim()),
  );
}

/** Returns what a text in Rego stands for: one in quotes is written as in JSON, so that `"\u0061"` is `a`. */
function textOf(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal.slice(1, -1);
  }
}
