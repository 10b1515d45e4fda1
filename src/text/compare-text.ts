/** Compares texts by UTF-16 code unit, the same on every machine and in every locale. @returns -1, 0 or 1. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Returns texts each once, sorted by UTF-16 code unit. */
export function distinctTexts<T extends string>(texts: Iterable<T>): T[] {
  return [...new Set(texts)].sort(compareText);
}

/** Returns a comparison of items by a text of theirs, for `sort`. */
export function byText<T>(text: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => compareText(text(a), text(b));
}
