import { start } from './format.js';

/** Controls except tab and line feed, characters that turn the reading direction, half surrogates and noncharacters. */
const UNSEEN = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|\p{Cs}|\p{Noncharacter_Code_Point}|\ufeff/gu;

/** A text of printable ASCII, as most are: nothing of it is replaced, which this tells several times as fast. */
const PLAIN = /^[\t\n -~]*$/;

/** Longest text a report prints in one place; the rest is in assessment.json. */
export const LONGEST_TEXT = 1600;

const code = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/**
 * Returns text that is safe to print. Control characters, half surrogates and characters that turn the reading
 * direction are replaced by their names (`[U+202E]`), so that an identifier cannot pass for another. Very long text
 * is cut and marked as cut.
 */
export function printableText(text: string, longest = LONGEST_TEXT): string {
  const cut =
    text.length > longest ? `${start(text, longest)} … (${text.length - longest} characters more)` : text;
  return PLAIN.test(cut) ? cut : cut.replace(UNSEEN, code);
}

/** Returns a copy of a document with every string in it made printable. */
export function printable<T>(value: T, longest?: number): T {
  return walk(value, longest) as T;
}

function walk(value: unknown, longest?: number): unknown {
  if (typeof value === 'string') return printableText(value, longest);
  if (Array.isArray(value)) return value.map((item) => walk(item, longest));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [printableText(key, longest), walk(item, longest)]));
}
