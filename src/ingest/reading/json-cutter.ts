import { BOUNDS, passed } from '../bounds.js';
import type { JsonExcess } from './json-bounds.js';
import { itemAt, type RecordLists } from './record-lists.js';

/** What is made of JSON text that goes by. */
export type JsonParts = {
  /** Text around the records; `end` is where it ends in the current piece. */
  rest(text: string, end: number): void;
  /** An element stands here in its list, for all that are cut out of it; called before the first one is given. */
  first(): void;
  /** The text of one element of a list, or of a document that holds no list; `end` is where it ends in the current piece. */
  element(text: string, place: Place, end: number): void;
};

/** Where an element was: its `items` entry (`` for a document, `$` in a list at the top), and the names that lead to it. */
export type Place = { item: string; names: readonly string[] };

const [QUOTE, ESCAPE, COMMA] = [0x22, 0x5c, 0x2c];
const [CLOSE_LIST, OPEN_OBJECT] = [0x5d, 0x7b];
/** `[` and `{`, `]` and `}` differ in this bit. */
const [CURLY, OPEN, CLOSE] = [0x20, 0x7b, 0x7d];
/** Characters of an element held back until it is known to hold no list of records. */
const HELD_BACK = 1024 * 1024;

/** A list whose elements are cut out, or (depth 0) the documents of a file. */
type List = { depth: number; item: string; count: number; fed: boolean; awaits: 'element' | 'comma' };

/**
 * Cuts records out of JSON text that goes by, so that each is parsed by itself: by V8, in a tenth of the time that a parser
 * takes which reads piece by piece. That one reads what is left. Counts brackets and commas meanwhile, and stops where the
 * nesting or the members of an object pass their bound. It finds the ends of values in valid JSON; whether the text is JSON
 * is the parsers' to tell.
 */
export class JsonCutter {
  readonly #deepest: number;
  readonly #commas = new Uint32Array(BOUNDS.depth.limit + 1);
  readonly #objects = new Uint8Array(BOUNDS.depth.limit + 1);
  /** By depth: the name or index of the value that is read there, as deep as lists may lie. */
  readonly #names: string[] = [];
  readonly #open: List[] = [{ depth: 0, item: '', count: 0, fed: false, awaits: 'element' }];
  #depth = 0;
  #inText = false;
  #escaped = false;
  #key: string | null = null;
  #expectsKey = false;
  /** Parts of the element that is cut out, from earlier pieces; null if none is. */
  #held: string[] | null = null;
  #heldLength = 0;
  /** Whether the element may hold lists of records: its text is given to `rest` once one is found. */
  #mayHoldLists = false;
  /** Whether the element is no object, list or text, so that the next character of another kind ends it. */
  #isBare = false;
  /** Where in the piece the text begins that was not given yet; -1 if there is none. */
  #from = 0;
  #excess: JsonExcess | null = null;

  constructor(
    private readonly lists: RecordLists,
    private readonly to: JsonParts,
  ) {
    this.#deepest = Math.max(-1, ...lists.members.map(({ path }) => path.length)) + 1;
  }

  /** Takes the next piece of text. Returns where it passes a bound; null if it does not. */
  write(piece: string): JsonExcess | null {
    if (this.#from > 0) this.#from = 0;
    let at = 0;
    while (at < piece.length && this.#excess === null) at = this.#step(piece, at);
    const end = this.#excess?.end ?? piece.length;
    if (this.#held) this.#hold(piece.slice(Math.max(0, this.#from), end));
    else if (this.#from >= 0) this.to.rest(piece.slice(this.#from, end), end);
    if (this.#held || this.#from >= 0) this.#from = 0;
    return this.#excess;
  }

  /** Gives what is held back: the text ended in the middle of an element. Returns the text of one that is surely cut out. */
  end(): string | null {
    if (!this.#held) return null;
    if (!this.#mayHoldLists) return this.#held.join('');
    this.#giveHeld('', 0);
    return null;
  }

  #hold(text: string): void {
    this.#held?.push(text);
    this.#heldLength += text.length;
    if (this.#mayHoldLists && this.#heldLength > HELD_BACK) this.#giveHeld('', 0);
  }

  #step(piece: string, at: number): number {
    if (this.#inText) return this.#text(piece, at);
    if (this.#held && !this.#isBare && (!this.#mayHoldLists || this.#depth > this.#deepest))
      return this.#skip(piece, at);
    if (this.#isBare) return this.#bare(piece, at);
    const list = this.#open.at(-1);
    if (list && list.depth === this.#depth && !this.#held) return this.#between(piece, at, list);
    return this.#outside(piece, at);
  }

  /** Reads on to the end of a text. */
  #text(piece: string, from: number): number {
    const end = this.#endOfText(piece, from);
    if (this.#key !== null) this.#key += piece.slice(from, this.#inText ? end : end - 1);
    if (this.#inText) return end;
    if (this.#key !== null) {
      this.#names[this.#depth] = plainKey(this.#key);
      this.#key = null;
    }
    if (this.#held && this.#depth === this.#open.at(-1)?.depth) this.#cut(piece, end);
    return end;
  }

  #endOfText(piece: string, from: number): number {
    let at = from;
    if (this.#escaped && at < piece.length) {
      this.#escaped = false;
      at += 1;
    }
    for (;;) {
      const start = at;
      const quote = piece.indexOf('"', at);
      const end = quote < 0 ? piece.length : quote;
      let back = end - 1;
      while (back >= start && piece.charCodeAt(back) === ESCAPE) back -= 1;
      const isEscaped = (end - 1 - back) % 2 === 1;
      if (quote < 0) {
        this.#inText = true;
        this.#escaped = isEscaped;
        return end;
      }
      at = quote + 1;
      if (isEscaped) continue;
      this.#inText = false;
      return at;
    }
  }

  /** Passes over the inside of an element, as far as no list of records can lie in it. */
  #skip(piece: string, from: number): number {
    const floor = this.#mayHoldLists ? this.#deepest : (this.#open.at(-1)?.depth ?? 0);
    let at = from;
    while (at < piece.length) {
      const code = piece.charCodeAt(at);
      if (code === QUOTE) {
        at = this.#endOfText(piece, at + 1);
        if (this.#inText) return at;
        continue;
      }
      at += 1;
      if (code === COMMA) {
        if (this.#passesMembers()) return this.#stop(at - 1, passed(BOUNDS.members));
      } else if ((code | CURLY) === OPEN) {
        if (!this.#enter(code)) return this.#stop(at - 1, passed(BOUNDS.depth));
      } else if ((code | CURLY) === CLOSE) {
        this.#leave();
        if (this.#depth <= floor) return this.#left(piece, at);
      }
    }
    return at;
  }

  /** Reads one character of an element that is a number or a word. */
  #bare(piece: string, at: number): number {
    const code = piece.charCodeAt(at);
    if (code > 0x20 && code !== COMMA && (code | CURLY) !== CLOSE) return at + 1;
    this.#isBare = false;
    this.#cut(piece, at);
    return at;
  }

  /** Reads one character between the elements of a list whose elements are cut out, or between documents. */
  #between(piece: string, at: number, list: List): number {
    const code = piece.charCodeAt(at);
    if (code <= 0x20) return at + 1;
    if (list.depth === 0) return this.#document(piece, at, code);
    if (code === CLOSE_LIST) return this.#endList(at, list);
    const expected = list.awaits === 'element' ? code !== COMMA && code !== CLOSE : code === COMMA;
    if (!expected) return this.#giveUp(at, list);
    if (list.awaits === 'element') return this.#begin(piece, at, code);
    list.awaits = 'element';
    list.count += 1;
    return at + 1;
  }

  #document(piece: string, at: number, code: number): number {
    if (code === OPEN_OBJECT) return this.#begin(piece, at, code);
    if (code === QUOTE) this.#inText = true;
    else if ((code | CURLY) === OPEN) {
      this.#enter(code);
      this.#openList('$');
    } else if ((code | CURLY) === CLOSE) this.#leave();
    return at + 1;
  }

  #openList(item: string): void {
    this.#open.push({ depth: this.#depth, item, count: 0, fed: false, awaits: 'element' });
  }

  #endList(at: number, list: List): number {
    const dangling = list.awaits === 'element' && list.count > 0;
    this.#open.pop();
    this.#leave();
    if (dangling) this.to.rest(',', at);
    if (this.#from < 0) this.#from = at;
    return at + 1;
  }

  /** Leaves what is not JSON to the parser of the rest, which tells where. */
  #giveUp(at: number, list: List): number {
    this.#open.pop();
    if (list.awaits === 'element' && list.count > 0) this.to.rest(',', at);
    if (this.#from < 0) this.#from = at;
    return at;
  }

  /** Begins to cut out an element. */
  #begin(piece: string, at: number, code: number): number {
    const list = this.#open.at(-1);
    if (list === undefined) return at;
    if (this.#from >= 0) this.to.rest(piece.slice(this.#from, at), at);
    this.#names[list.depth] = String(list.count);
    this.#held = [];
    this.#heldLength = 0;
    this.#from = at;
    const isWhole = list.item === '' || list.item === '$';
    this.#mayHoldLists = isWhole && code === OPEN_OBJECT && this.lists.members.length > 0;
    if (code === QUOTE) this.#inText = true;
    else if ((code | CURLY) === OPEN) {
      if (!this.#enter(code)) return this.#stop(at, passed(BOUNDS.depth));
    } else this.#isBare = true;
    return at + 1;
  }

  /** Ends an element, and gives it. */
  #cut(piece: string, end: number): void {
    const list = this.#open.at(-1);
    const last = piece.slice(Math.max(0, this.#from), end);
    const text = this.#held?.length ? `${this.#held.join('')}${last}` : last;
    this.#held = null;
    this.#mayHoldLists = false;
    if (list === undefined) return;
    this.#from = list.depth === 0 ? end : -1;
    if (list.depth > 0 && !list.fed) {
      list.fed = true;
      this.to.first();
    }
    list.awaits = list.depth === 0 ? 'element' : 'comma';
    this.to.element(
      text,
      { item: list.item, names: list.depth === 0 ? [] : this.#names.slice(1, list.depth + 1) },
      end,
    );
  }

  /** Gives the parser of the rest an element that holds lists of records, or is too long to wait for one. */
  #giveHeld(piece: string, at: number): void {
    const list = this.#open.at(-1);
    const text = `${this.#held?.join('') ?? ''}${piece.slice(Math.max(0, this.#from), at)}`;
    this.#held = null;
    this.#mayHoldLists = false;
    if (list && list.depth > 0) {
      if (list.fed) this.to.rest(',', at);
      list.fed = true;
      list.awaits = 'comma';
    }
    this.to.rest(text, at);
    this.#from = at;
  }

  /** Reads up to the next bracket outside the lists, or of an element that may hold some. */
  #outside(piece: string, from: number): number {
    let at = from;
    while (at < piece.length && this.#excess === null) {
      const code = piece.charCodeAt(at);
      if (code === QUOTE) {
        if (this.#expectsKey && this.#depth <= this.#deepest) this.#key = '';
        this.#expectsKey = false;
        at = this.#text(piece, at + 1);
        if (this.#inText) return at;
      } else if (code === COMMA) at = this.#comma(at);
      else if ((code | CURLY) === OPEN) return this.#openInside(piece, at, code);
      else if ((code | CURLY) === CLOSE) {
        this.#leave();
        return this.#left(piece, at + 1);
      } else at += 1;
    }
    return at;
  }

  #comma(at: number): number {
    if (this.#passesMembers()) return this.#stop(at, passed(BOUNDS.members));
    const isObject = this.#objects[this.#depth] === 1;
    this.#expectsKey = isObject;
    if (!isObject) this.#names[this.#depth] = String(this.#commas[this.#depth]);
    return at + 1;
  }

  #openInside(piece: string, at: number, code: number): number {
    const item = code === OPEN_OBJECT ? undefined : itemAt(this.lists, this.#namesFrom(this.#depth));
    if (!this.#enter(code)) return this.#stop(at, passed(BOUNDS.depth));
    if (item === undefined) return at + 1;
    if (this.#held) this.#giveHeld(piece, at);
    this.#openList(item);
    return at + 1;
  }

  /** Returns the names that lead to a depth, without the number of a page. */
  #namesFrom(depth: number): string[] {
    return this.#names.slice(this.#open[1]?.depth === 1 ? 2 : 1, depth + 1);
  }

  /** Comes back from an object or list: to a list whose element it was, or to what surrounds it. */
  #left(piece: string, at: number): number {
    const list = this.#open.at(-1);
    if (list?.depth !== this.#depth) return at;
    if (this.#held) this.#cut(piece, at);
    else if (list.depth > 0) {
      this.to.rest(piece.slice(Math.max(0, this.#from), at), at);
      this.#from = -1;
    }
    return at;
  }

  /** Enters an object or list; false if that is too deep. */
  #enter(code: number): boolean {
    if (this.#depth === BOUNDS.depth.limit) return false;
    this.#depth += 1;
    this.#commas[this.#depth] = 0;
    this.#objects[this.#depth] = code === OPEN_OBJECT ? 1 : 0;
    this.#expectsKey = code === OPEN_OBJECT;
    if (this.#depth <= this.#deepest) this.#names[this.#depth] = '0';
    return true;
  }

  #leave(): void {
    this.#depth = Math.max(0, this.#depth - 1);
    this.#expectsKey = false;
  }

  #passesMembers(): boolean {
    const commas = (this.#commas[this.#depth] ?? 0) + 1;
    this.#commas[this.#depth] = commas;
    return this.#objects[this.#depth] === 1 && commas >= BOUNDS.members.limit;
  }

  #stop(end: number, sentence: string): number {
    this.#excess = { end, sentence };
    return end;
  }
}

/** Returns a name as it reads, without escapes. */
function plainKey(key: string): string {
  if (!key.includes('\\')) return key;
  try {
    return String(JSON.parse(`"${key}"`));
  } catch {
    return key;
  }
}
