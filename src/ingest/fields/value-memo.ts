/** Texts remembered at a time: a register repeats owners, environments and dates, and seldom more different ones at once. */
const MOST = 2_000;
/** Longer texts seldom repeat. */
const LONGEST = 64;

/**
 * Returns a reader of texts that remembers what it read, for a column whose cells repeat. It stops remembering once most
 * cells are new, as ids are. The reader must give the same for the same text, and nobody may change what it gives.
 */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  const seen = new Map<string, T>();
  let hits = 0;
  let isWorth = true;
  return (text) => {
    if (!isWorth || text.length > LONGEST) return read(text);
    const known = seen.get(text);
    if (known !== undefined) {
      hits += 1;
      return known;
    }
    if (seen.size >= MOST) {
      isWorth = hits >= MOST;
      hits = 0;
      seen.clear();
    }
    const value = read(text);
    seen.set(text, value);
    return value;
  };
}
