import { JSONParser, type ParsedElementInfo } from '@streamparser/json';
import { isObject } from '../../text/is-object.js';
import { escapePointer } from '../../text/json-pointer.js';
import { BOUNDS, passed } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import { watchJson } from './json-bounds.js';
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
  const found: ReadEvent[] = [];
  const parser = new JSONParser({ separator: '', paths: selectors(items) });
  const lists = recordLists(items);
  let documents = 0;
  parser.onValue = (element) => {
    found.push(...readElement(element, lists, documents));
    if (element.stack.length === 0) documents += 1;
  };
  const watch = watchJson();
  let at = 0;
  let held = 0;
  for await (const chunk of chunks) {
    const excess = watch(chunk);
    const broken = attempt(() => parser.write(excess ? chunk.slice(0, excess.end) : chunk));
    held = found.length > 0 ? 0 : held + chunk.length;
    yield found.splice(0);
    if (broken) throw new UnreadableError(notJson(broken, chunk, at));
    if (excess) throw new UnreadableError(excess.sentence);
    if (held > BOUNDS.value.limit) throw new UnreadableError(passed(BOUNDS.value));
    at += chunk.length;
  }
  const cut = attempt(() => {
    if (!parser.isEnded) parser.end();
  });
  yield found.splice(0);
  if (cut)
    throw new UnreadableError('the file ends in the middle of its JSON: it was cut off; export it again');
  if (documents === 0) throw new UnreadableError('the file holds no JSON value');
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

function attempt(action: () => void): Error | null {
  try {
    action();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function notJson(error: Error, chunk: string, before: number): string {
  const offset = Number(/at position "?(\d+)/.exec(error.message)?.[1] ?? Number.NaN);
  const place = Number.isNaN(offset) ? `before character ${before + chunk.length}` : `at byte ${offset}`;
  return `the file is not valid JSON ${place}; export it again`;
}
