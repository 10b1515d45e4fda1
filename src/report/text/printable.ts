import { start } from '../../text/format.js';

/** Controls but tab and line feed, characters that turn the reading direction, half surrogates, code points that are no characters. */
const UNSEEN = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|\p{Cs}|\p{Noncharacter_Code_Point}|\ufeff/gu;

/** Longest text a report prints in one place; the rest is in assessment.json. */
export const LONGEST_TEXT = 1600;

const code = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/**
 * Text as it may be printed: control characters, half surrogates and characters that turn the reading direction are
 * named (`[U+202E]`) instead of obeyed, so that an identifier cannot pass for another; very long text is cut, and says so.
 */
export function printableText(text: string, longest = LONGEST_TEXT): string {
  const cut =
    text.length > longest ? `${start(text, longest)} … (${text.length - longest} characters more)` : text;
  return cut.replace(UNSEEN, code);
}

/** A copy of a document with every string in it made printable. */
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
