import { BOUNDS, passed } from '../bounds.js';

/** Where JSON text passes a bound. */
export type JsonExcess = {
  /** Characters of the text that may be parsed. */
  end: number;
  /** The sentence that reports it. */
  sentence: string;
};

/** Watches JSON text that goes by, piece by piece. */
export type JsonWatch = (piece: string) => JsonExcess | null;

/** Text of a value that cannot pass a bound, however it is nested: each level and each member takes a character. */
const SHORT = BOUNDS.depth.limit;

/** Returns where one JSON value passes a bound; null if it does not. */
export function excessOf(text: string): JsonExcess | null {
  return text.length <= SHORT || bracketsIn(text) <= SHORT ? null : watchJson()(text);
}

/** Returns the number of brackets that open in a text, at most one more than may matter. */
function bracketsIn(text: string): number {
  if (text.length > BOUNDS.members.limit) return SHORT + 1;
  let count = 0;
  for (const bracket of '{[') {
    for (let at = text.indexOf(bracket); at >= 0 && count <= SHORT; at = text.indexOf(bracket, at + 1))
      count += 1;
  }
  return count;
}

const [QUOTE, ESCAPE, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Returns a watch over the nesting and the members of objects. It counts brackets and commas only, which costs a
 * fraction of parsing; whether the text is JSON is the parser's to tell.
 */
export function watchJson(): JsonWatch {
  const commas = new Uint32Array(BOUNDS.depth.limit + 1);
  const objects = new Uint8Array(BOUNDS.depth.limit + 1);
  let depth = 0;
  let inText = false;
  let escaped = false;
  const enter = (isObject: boolean): void => {
    depth += 1;
    commas[depth] = 0;
    objects[depth] = isObject ? 1 : 0;
  };
  const isPast = (code: number): boolean => {
    if (code === COMMA) {
      commas[depth] = (commas[depth] ?? 0) + 1;
      return objects[depth] === 1 && (commas[depth] ?? 0) >= BOUNDS.members.limit;
    }
    if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth = Math.max(0, depth - 1);
    if (code !== OPEN_LIST && code !== OPEN_OBJECT) return false;
    if (depth === BOUNDS.depth.limit) return true;
    enter(code === OPEN_OBJECT);
    return false;
  };
  return (piece) => {
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (escaped) escaped = false;
      else if (inText) {
        if (code === ESCAPE) escaped = true;
        else if (code === QUOTE) inText = false;
      } else if (code === QUOTE) inText = true;
      else if (isPast(code))
        return { end: at, sentence: passed(code === COMMA ? BOUNDS.members : BOUNDS.depth) };
    }
    return null;
  };
}
