import { isObject } from '../../text/is-object.js';
import { escapePointer } from '../../text/json-pointer.js';
import { quote } from '../fields/quote.js';
import type { ReadEvent } from './read-event.js';

/** The places of the records in a JSON value: `Adapter.items` taken apart. */
export type RecordLists = {
  /** Whether a bare array holds records. */
  bare: boolean;
  /** Whether an object by itself is a record. */
  single: boolean;
  /** Member names that lead to a list of records, each with its `items` entry. */
  members: { item: string; path: string[] }[];
};

/** Takes `Adapter.items` apart. */
export function recordLists(items: readonly string[]): RecordLists {
  return {
    bare: items.includes('$'),
    single: items.includes(''),
    members: items
      .filter((item) => item.startsWith('$.'))
      .map((item) => ({ item, path: item.slice(2).split('.') })),
  };
}

/** Returns one record of a list, or what is wrong with it. */
export function listElement(list: string, record: string, value: unknown): ReadEvent {
  if (isObject(value)) return { type: 'record', raw: { record, list, value } };
  return { type: 'malformed', record, reason: `expected an object, found ${quote(value)}` };
}

/**
 * Returns what one object is: an envelope if it has one of the lists (also an empty or null one), else a record.
 * @param place the `items` entry that allows it to be a record: `` for a top-level object, `$` in a bare array
 */
export function wholeElement(lists: RecordLists, place: '' | '$', record: string, value: unknown): ReadEvent {
  if (isObject(value) && lists.members.some(({ path }) => hasList(value, path)))
    return { type: 'envelope', value };
  const allowed = place === '' ? lists.single : lists.bare;
  if (allowed || !isObject(value)) return listElement(place, record, value);
  const names = lists.members.map(({ path }) => path.join('.')).join(', ');
  return { type: 'malformed', record, reason: `expected an object with ${names || 'a list of records'}` };
}

/**
 * Events of one JSON value that is in memory already: an NDJSON line, a YAML document.
 * @param locate makes a locator of a JSON pointer; the pointer is empty for the value itself
 */
export function splitValue(
  lists: RecordLists,
  value: unknown,
  locate: (pointer: string) => string,
): ReadEvent[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return splitElement(lists, '', value, '', locate);
  return value.flatMap((element, index) => splitElement(lists, '$', element, `/${index}`, locate));
}

function splitElement(
  lists: RecordLists,
  place: '' | '$',
  value: unknown,
  base: string,
  locate: (pointer: string) => string,
): ReadEvent[] {
  const records = lists.members.flatMap(({ item, path }) => {
    const list = memberAt(value, path);
    if (!Array.isArray(list)) return [];
    const pointer = `${base}/${path.map(escapePointer).join('/')}`;
    return list.map((element, index) => listElement(item, locate(`${pointer}/${index}`), element));
  });
  return [...records, wholeElement(lists, place, locate(base), value)];
}

/** Returns the value under a path of member names; undefined if there is none. */
export function memberAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (parent, name) => (isObject(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined),
    value,
  );
}

function hasList(value: unknown, path: readonly string[]): boolean {
  const list = memberAt(value, path);
  return list === null || Array.isArray(list);
}
