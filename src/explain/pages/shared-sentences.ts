/** Texts without the sentences that all of them end with, and these sentences. */
export type SharedSentences = { own: string[]; shared: string };

/** Takes the sentences that all texts end with out of them, so that they are said once; of fewer than two texts nothing. */
export function sharedSentences(texts: readonly string[]): SharedSentences {
  const all = texts.map((text) => text.split(/(?<=\.)\s+(?=[A-Z])/));
  const [first = []] = all;
  const differs = (back: number): boolean => all.some((one) => one.at(-back) !== first.at(-back));
  let shared = 0;
  while (texts.length > 1 && shared < first.length && !differs(shared + 1)) shared += 1;
  return {
    own: all.map((one) => one.slice(0, one.length - shared).join(' ')),
    shared: first.slice(first.length - shared).join(' '),
  };
}
