/** A word of a text and where it stands. */
export type Word = { text: string; start: number; end: number };

/** Returns the words of a text, letters and digits, in one case and one form of Unicode, with their places in the text. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    text: match[0].normalize('NFKC').toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Returns a name as it is compared: its words, in one case, whatever stands between them. */
export function foldName(name: string): string {
  return wordsOf(name)
    .map(({ text }) => text)
    .join(' ');
}
