import { createHash } from 'node:crypto';

/** SHA-256 of a text, lower-case hex. */
export const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** mulberry32: 32 bits of state, the same numbers on every machine. Yields [0, 1). */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Returns the streams of choices of one bank: one for each label, so that drawing one number more in one part of the bank
 * leaves every other part as it was.
 */
export const createStreams = (seed) => (label) => {
  const next = mulberry32(Number.parseInt(sha256(`${seed}/${label}`).slice(0, 8), 16));
  const int = (min, max) => min + Math.floor(next() * (max - min + 1));
  const pick = (list) => list[int(0, list.length - 1)];
  const chance = (probability) => next() < probability;
  const text = (alphabet, length) => Array.from({ length }, () => pick(alphabet)).join('');
  return { next, int, pick, chance, text, shuffle: (list) => shuffle(list, int) };
};

function shuffle(list, int) {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = int(0, i);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

/** A list of weighted values made drawable: `weighted({low: 2, high: 1})` gives `['low', 'low', 'high']`. */
export const weighted = (weights) =>
  Object.entries(weights).flatMap(([value, weight]) => Array.from({ length: weight }, () => value));

/** A UUID-shaped id derived from a text: stable, and never a real one. */
export function stableUuid(text) {
  const hex = sha256(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
