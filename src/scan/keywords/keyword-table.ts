/** Words as an automaton: one step a byte finds all of them, whatever the case of their letters. */
export type KeywordTable = {
  /** State that follows state `s` at byte `b`, at `s * 256 + b`. */
  next: Uint16Array;
  /** 1 for a state at which a word ends. */
  isEnd: Uint8Array;
  /** Ids of the words that end at a state. */
  wordsAt: readonly (readonly number[])[];
};

/**
 * Returns the automaton of words (Aho and Corasick). The id of a word is its place in the list.
 * @param words in lower case, ASCII
 */
export function keywordTable(words: readonly string[]): KeywordTable {
  const states = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Uint16Array(states * 256);
  const wordsAt: number[][] = [[]];
  words.forEach((word, id) => {
    let state = 0;
    for (const byte of Buffer.from(word, 'latin1')) state = step(state, byte, next, wordsAt);
    wordsAt[state]?.push(id);
  });
  link(next, wordsAt);
  for (let state = 0; state < wordsAt.length; state += 1) foldCase(next, state);
  const isEnd = Uint8Array.from(wordsAt, (ids) => (ids.length > 0 ? 1 : 0));
  return { next, isEnd, wordsAt };
}

function step(state: number, byte: number, next: Uint16Array, wordsAt: number[][]): number {
  const at = state * 256 + byte;
  if (next[at] === 0) next[at] = wordsAt.push([]) - 1;
  return next[at] as number;
}

/** Completes the tree of words to an automaton: each state continues as the longest suffix of it does. */
function link(next: Uint16Array, wordsAt: number[][]): void {
  const suffix = new Uint16Array(wordsAt.length);
  const queue = [...next.subarray(0, 256)].filter((state) => state !== 0);
  for (let at = 0; at < queue.length; at += 1) {
    const state = queue[at] as number;
    const other = suffix[state] as number;
    wordsAt[state]?.push(...(wordsAt[other] ?? []));
    for (let byte = 0; byte < 256; byte += 1) {
      const child = next[state * 256 + byte] as number;
      const otherwise = next[other * 256 + byte] as number;
      if (child === 0) next[state * 256 + byte] = otherwise;
      else {
        suffix[child] = otherwise;
        queue.push(child);
      }
    }
  }
}

function foldCase(next: Uint16Array, state: number): void {
  for (let lower = 97; lower <= 122; lower += 1)
    next[state * 256 + lower - 32] = next[state * 256 + lower] as number;
}
