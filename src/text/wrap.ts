/** A count with what may stand around it: `9`, `(1)`, `2,000;`. */
const COUNT = /^\(?\d[\d,.]*\)?[,;.:]?$/;

/** A count that ends what came before: `tested 9,`, `Lee (1)`. A bare one begins what follows: `9 keys`. */
const ENDING = /[,;.:)]$/;

/**
 * Breaks a text between words into lines of at most `width` characters; later lines begin with `indent`. A count stays on one line
 * with the word it belongs to if both fit. A longer word keeps its line.
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const words of unbroken(text.split(' '), width - indent.length)) {
    if (line !== '' && line.length + 1 + words.length > width) {
      lines.push(line);
      line = indent + words;
    } else line = line === '' ? words : `${line} ${words}`;
  }
  return [...lines, line];
}

/** Joins each count to the word that it ends or begins, up to a length. */
function unbroken(words: readonly string[], longest: number): string[] {
  const joined: string[] = [];
  words.forEach((word, at) => {
    const before = words[at - 1];
    const held = joined.at(-1);
    const belongs = before !== undefined && (begins(before) || (COUNT.test(word) && ENDING.test(word)));
    if (held !== undefined && belongs && held.length + 1 + word.length <= longest)
      joined[joined.length - 1] = `${held} ${word}`;
    else joined.push(word);
  });
  return joined;
}

function begins(word: string): boolean {
  return COUNT.test(word) && !ENDING.test(word);
}
