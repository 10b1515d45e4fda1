/** Characters that are not seen: zero-width space, marks of writing direction, word joiner, byte order mark, soft hyphen. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** Spaces that look like any other: no-break, figure, narrow. */
const SPACES = /[\u00a0\u2007\u202f]/g;
/** Hyphens that look like any other. */
const HYPHENS = /[\u2010\u2011]/g;
/** A formula that only keeps a spreadsheet from changing a text: `="0234"`. */
const FORMULA = /^="((?:[^"]|"")*)"$/;
/** An apostrophe that only keeps a spreadsheet from changing a text: before a digit, or before what begins a formula. */
const APOSTROPHE = /^'(?=[\d=+\-@])/;

/** Texts with nothing to clean, which are most. */
const PLAIN = /^[!-&(-<>-~](?:[ -~]*[!-~])?$/;

/**
 * Cleans a cell or member of what spreadsheets and web pages put into it invisibly: spaces around it, invisible
 * characters, no-break spaces and hyphens, `="0234"`, the apostrophe of `'0234`. Two ids that look alike are then the
 * same.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  const seen = text.replace(INVISIBLE, '').replace(SPACES, ' ').replace(HYPHENS, '-').trim();
  const formula = FORMULA.exec(seen);
  return (formula?.[1]?.replaceAll('""', '"') ?? seen).replace(APOSTROPHE, '').trim();
}

/** Says what `cleanText` took from a text beside the spaces around it; null if nothing. */
export function cleaningOf(text: string): string | null {
  const seen = text.trim();
  if (cleanText(text) === seen) return null;
  if (FORMULA.test(seen)) return 'cells such as ="0234" are read without the formula';
  if (APOSTROPHE.test(seen)) return "cells such as '0234 are read without the apostrophe";
  return 'invisible characters, no-break spaces and no-break hyphens are read as what they look like';
}
