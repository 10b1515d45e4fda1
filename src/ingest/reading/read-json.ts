import { JSONParser, type ParsedElementInfo } from '@streamparser/json';
import { isObject } from '../../text/is-object.js';
import { escapePointer } from '../../text/json-pointer.js';
import { BOUNDS, passed } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import { JsonCutter, type Place } from './json-cutter.js';
import type { ReadEvent, ReadEvents } from './read-event.js';
import {
  bareElements,
  itemAt,
  listElement,
  type RecordLists,
  recordLists,
  wholeElement,
} from './record-lists.js';

/**
 * Records of a JSON file, streamed: a bare array, an object with lists, one object, an array of pages (`jq -s`), or
 * documents one after the other. `null` is a document without records.
 * Locators are JSON pointers; from the second document on `doc 2 /SecretList/0`; a document that is a record is `doc 1`.
 * @throws UnreadableError if the text is not JSON, ends in the middle of it, or passes a bound; what was before is given
 */
export async function* readJson(chunks: AsyncIterable<string>, items: readonly string[]): ReadEvents {
  const text = new JsonText(items);
  let held = 0;
  for await (const chunk of chunks) {
    const fault = faultOf(() => text.write(chunk));
    const found = text.take();
    held = found.length > 0 ? 0 : held + chunk.length;
    yield found;
    if (fault) throw fault;
    if (held > BOUNDS.value.limit) throw new UnreadableError(passed(BOUNDS.value));
  }
  const fault = faultOf(() => text.end());
  yield text.take();
  if (fault) throw fault;
}

/** JSON text that goes by, whose records V8 parses one by one, and the parser in pieces what surrounds them. */
class JsonText {
  readonly #lists: RecordLists;
  readonly #parser: JSONParser;
  readonly #cutter: JsonCutter;
  #found: ReadEvent[] = [];
  #documents = 0;
  /** Objects that the list lies in whose elements are cut out; null while the element is read that stands for them. */
  #within: Record<string, unknown>[] | null = [];
  #piece = '';
  /** Bytes and characters before the piece, and bytes given to the parser. */
  readonly #before = { bytes: 0, characters: 0, parser: 0 };

  constructor(items: readonly string[]) {
    this.#lists = recordLists(items);
    this.#parser = new JSONParser({ separator: '', paths: selectors(items) });
    this.#parser.onValue = (element) => this.#parsed(element);
    this.#cutter = new JsonCutter(this.#lists, {
      rest: (text, end) => this.#rest(text, end),
      first: () => this.#first(),
      element: (text, place, end) => this.#element(text, place, end),
    });
  }

  /** Returns the events since the last time. */
  take(): ReadEvent[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** Reads the next piece. @throws UnreadableError if it is not JSON, or passes a bound */
  write(piece: string): void {
    this.#piece = piece;
    const excess = this.#cutter.write(piece);
    if (excess) throw new UnreadableError(excess.sentence);
    this.#before.bytes += Buffer.byteLength(piece);
    this.#before.characters += piece.length;
    this.#piece = '';
  }

  /** Ends the text. @throws UnreadableError if it ends in the middle */
  end(): void {
    const last = this.#cutter.end();
    if (last !== null) this.#byPieces(last, 0, false);
    if (last !== null || isCutOff(this.#parser)) throw new UnreadableError(CUT_OFF);
    if (this.#documents === 0) throw new UnreadableError('the file holds no JSON value');
  }

  #parsed(element: ParsedElementInfo): void {
    if (this.#within === null) {
      this.#within = element.stack.map((outer): unknown => outer.value).filter(isObject);
      if (Array.isArray(element.parent)) element.parent.length -= 1;
      return;
    }
    this.#add(readElement(element, this.#lists, this.#documents));
    if (element.stack.length === 0) this.#documents += 1;
  }

  #add(events: readonly ReadEvent[]): void {
    for (const event of events) this.#found.push(event);
  }

  #rest(text: string, end: number): void {
    const before = this.#before.parser;
    this.#before.parser += Buffer.byteLength(text);
    this.#try(() => this.#parser.write(text), text, end, before);
  }

  #first(): void {
    this.#within = null;
    this.#before.parser += 2;
    this.#parser.write('""');
    this.#within ??= [];
  }

  #element(text: string, { item, names }: Place, end: number): void {
    const whole = parsedValue(text);
    const value = whole === undefined ? this.#byPieces(text, end) : whole;
    const document = this.#documents === 0 ? '' : `doc ${this.#documents + 1} `;
    if (item === '') {
      this.#add([wholeElement(this.#lists, '', `doc ${this.#documents + 1}`, value)]);
      this.#documents += 1;
      return;
    }
    const record = `${document}/${names.map(escapePointer).join('/')}`;
    if (item === '$') this.#add(bareElements(this.#lists, value, (inner) => `${record}${inner}`));
    else this.#add([listElement(item, record, value, this.#within ?? [])]);
  }

  /** Reads one value with the parser in pieces, which tells where it is not JSON. */
  #byPieces(text: string, end: number, whole = true): unknown {
    const parser = new JSONParser({ separator: '' });
    let value: unknown = null;
    parser.onValue = (element) => {
      if (element.stack.length === 0) value = element.value;
    };
    const parse = (): void => {
      parser.write(text);
      if (whole && !parser.isEnded) parser.end();
    };
    this.#try(parse, text, end, 0);
    return value;
  }

  /** @param parserBefore bytes that the parser got before this text */
  #try(parse: () => void, text: string, end: number, parserBefore: number): void {
    try {
      parse();
    } catch (error) {
      const offset = Number(/absolute position "?(\d+)/.exec(String(error))?.[1] ?? Number.NaN);
      const start =
        this.#before.bytes +
        Buffer.byteLength(this.#piece.slice(0, end)) -
        Buffer.byteLength(text) -
        parserBefore;
      const characters = this.#before.characters + this.#piece.length;
      throw new UnreadableError(notJson(Number.isNaN(offset) ? null : start + offset, characters));
    }
  }
}

const CUT_OFF = 'the file ends in the middle of its JSON: it was cut off; export it again';

/** Returns what V8 parses of a text; undefined if it cannot. */
function parsedValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Selectors of `@streamparser/json` for the lists, in a top-level object and in an array of pages. */
function selectors(items: readonly string[]): string[] {
  const members = items.filter((item) => item.startsWith('$.')).map((item) => item.slice(2));
  return ['$', '$.*', ...members.flatMap((path) => [`$.${path}.*`, `$.*.${path}.*`])];
}

function readElement(element: ParsedElementInfo, lists: RecordLists, documents: number): ReadEvent[] {
  const { value, key, parent, stack } = element;
  if (stack.length === 0) {
    return isObject(value) ? [wholeElement(lists, '', `doc ${documents + 1}`, value)] : topLevelScalar(value);
  }
  if (!Array.isArray(parent)) return [];
  const path = [...stack.slice(1).map((container) => String(container.key)), String(key)];
  const pointer = `/${path.map(escapePointer).join('/')}`;
  const record = documents === 0 ? pointer : `doc ${documents + 1} ${pointer}`;
  const paged = Array.isArray(stack.length === 1 ? parent : stack[1]?.value);
  const events = inArray(lists, paged ? path.slice(1) : path, record, element);
  if (events.length > 0) parent.length -= 1;
  return events;
}

/** Returns what an array element is: a page or record of the top-level array (no names left), or a member of a list. */
function inArray(
  lists: RecordLists,
  names: string[],
  record: string,
  { value, stack }: ParsedElementInfo,
): ReadEvent[] {
  if (names.length === 0) return bareElements(lists, value, (inner) => `${record}${inner}`);
  const item = itemAt(lists, names.slice(0, -1));
  if (item === undefined) return [];
  return [listElement(item, record, value, stack.map((outer): unknown => outer.value).filter(isObject))];
}

function topLevelScalar(value: unknown): ReadEvent[] {
  if (value === null || Array.isArray(value)) return [];
  return [
    { type: 'malformed', record: '/', reason: 'expected an object or an array at the top of the file' },
  ];
}

/** Returns the error of what cannot be read; any other goes on. */
function faultOf(action: () => void): UnreadableError | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof UnreadableError) return error;
    throw error;
  }
}

function isCutOff(parser: JSONParser): boolean {
  try {
    if (!parser.isEnded) parser.end();
    return false;
  } catch {
    return true;
  }
}

function notJson(byte: number | null, characters: number): string {
  const place = byte === null ? `before character ${characters}` : `at byte ${byte}`;
  return `the file is not valid JSON ${place}; export it again`;
}
