import { isObject } from '../../text/is-object.js';
import { escapePointer } from '../../text/json-pointer.js';
import { rowOfColumns } from './column-rows.js';
import type { ReadEvent } from './read-event.js';

/** The places of the records in a JSON value: `Adapter.items` taken apart. */
export type RecordLists = {
  /** Whether a bare array holds records. */
  bare: boolean;
  /** Whether an object by itself is a record. */
  single: boolean;
  /** Member names that lead to a list of records, each with its `items` entry; `*` stands for any member or element. */
  members: { item: string; path: string[] }[];
};

/** A list of records inside a value: where it is, and the objects that it lies in, the outermost first. */
type ListInside = { at: string[]; list: unknown[]; within: Record<string, unknown>[] };

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

/**
 * Returns one record of a list, or what is wrong with it. A list of names and values, as queries of AWS give rows, is the object
 * that they make; so is a list of cells beside the names of its columns.
 * @param within the objects that the list lies in, the outermost first
 */
export function listElement(
  list: string,
  record: string,
  stated: unknown,
  within: Record<string, unknown>[] = [],
): ReadEvent {
  const row = rowOfColumns(stated, within);
  const value = row ?? (Array.isArray(stated) ? (rowOfPairs(stated) ?? stated) : stated);
  if (isObject(value)) {
    return { type: 'record', raw: { record, list, value, ...(within.length > 0 ? { within } : {}) } };
  }
  return { type: 'malformed', record, reason: `expected an object, found ${nameOf(value)}` };
}

/** Returns the object that `[{"field": "@message", "value": "..."}]` or `[{"eventName": "..."}]` states; null for any other list. */
function rowOfPairs(list: unknown[]): Record<string, unknown> | null {
  const pairs = list.map(pairOf).filter((pair) => pair !== null);
  const names = new Set(pairs.map(([name]) => name));
  return list.length > 0 && names.size === list.length ? Object.fromEntries(pairs) : null;
}

function pairOf(value: unknown): [string, unknown] | null {
  if (!isObject(value)) return null;
  const { field } = value;
  if (typeof field === 'string') return [field, value['value']];
  const [only, ...more] = Object.entries(value);
  return only !== undefined && more.length === 0 ? only : null;
}

/** Says what a value is without showing it: in a list of secrets it may be one. */
function nameOf(value: unknown): string {
  if (value === null || Array.isArray(value)) return value === null ? 'null' : 'a list';
  return (
    { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'nothing'
  );
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
 * Returns what an element of a bare array is. Of a list of lists (`jq -s` of bare lists) each inner element is a page or a
 * record.
 * @param locate makes a locator of what follows the element's own pointer
 */
export function bareElements(
  lists: RecordLists,
  value: unknown,
  locate: (inner: string) => string,
): ReadEvent[] {
  const isList = lists.bare && Array.isArray(value) && value.length > 0 && value.every(isObject);
  if (!isList) return [wholeElement(lists, '$', locate(''), value)];
  return value.flatMap((element, index) =>
    splitElement(lists, { place: '$', base: `/${index}` }, element, locate),
  );
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
  if (!Array.isArray(value)) return splitElement(lists, { place: '', base: '' }, value, locate);
  return value.flatMap((element, index) =>
    splitElement(lists, { place: '$', base: `/${index}` }, element, locate),
  );
}

/** Whether a value is an element of a bare array, and its pointer. */
type ElementPlace = { place: '' | '$'; base: string };

function splitElement(
  lists: RecordLists,
  { place, base }: ElementPlace,
  value: unknown,
  locate: (pointer: string) => string,
): ReadEvent[] {
  const records = lists.members.flatMap(({ item, path }) =>
    listsAt(value, path).flatMap(({ at, list, within }) => {
      const pointer = `${base}/${at.map(escapePointer).join('/')}`;
      return list.map((element, index) => listElement(item, locate(`${pointer}/${index}`), element, within));
    }),
  );
  const whole =
    place === '$'
      ? bareElements(lists, value, (inner) => locate(`${base}${inner}`))
      : [wholeElement(lists, place, locate(base), value)];
  return [...records, ...whole];
}

/**
 * Returns the places in an envelope that should lead to a list of records below any member or element (`$.runs.*.results`) and hold
 * something else: what was in them is lost. A place that is absent or null leads to none.
 */
export function misplacedLists(
  items: readonly string[],
  envelope: Record<string, unknown>,
): { record: string; reason: string }[] {
  const paths = recordLists(items).members.filter(({ path }) => path.includes('*'));
  const found = paths.flatMap(({ path }) => misplacedAt(envelope, path, ''));
  return [...new Map(found.map((one) => [one.record, one])).values()];
}

function misplacedAt(
  value: unknown,
  [name, ...rest]: readonly string[],
  record: string,
): { record: string; reason: string }[] {
  if (value === null || value === undefined) return [];
  const holds = Array.isArray(value) ? name === undefined || name === '*' : isObject(value);
  if (!holds) {
    const expected = name === undefined || name === '*' ? 'a list of records' : 'an object';
    return [{ record, reason: `expected ${expected}, found ${nameOf(value)}` }];
  }
  if (name === undefined) return [];
  return membersNamed(value, name).flatMap(([member, inner]) =>
    misplacedAt(inner, rest, `${record}/${escapePointer(member)}`),
  );
}

/** Returns the value under a path of member names; undefined if there is none. */
export function memberAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}

/** Returns the `items` entry of a list at these member names; undefined if no record is expected there. */
export function itemAt(lists: RecordLists, names: readonly string[]): string | undefined {
  return lists.members.find(
    ({ path }) =>
      path.length === names.length && path.every((name, level) => name === '*' || name === names[level]),
  )?.item;
}

/** Returns whether a value has the list, or what holds such lists: also an empty one, or null. */
function hasList(value: unknown, path: readonly string[]): boolean {
  const outer = path.includes('*') ? path.slice(0, path.indexOf('*')) : path;
  const found = memberAt(value, outer);
  return found === null || Array.isArray(found) || (outer !== path && isObject(found));
}

/** Returns the lists under a path of member names. */
function listsAt(value: unknown, path: readonly string[]): ListInside[] {
  const [name, ...rest] = path;
  if (name === undefined) return Array.isArray(value) ? [{ at: [], list: value, within: [] }] : [];
  return membersNamed(value, name).flatMap(([member, inner]) =>
    listsAt(inner, rest).map(({ at, list, within }) => ({
      at: [member, ...at],
      list,
      within: isObject(value) ? [value, ...within] : within,
    })),
  );
}

function membersNamed(value: unknown, name: string): [string, unknown][] {
  if (name === '*') return typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return isObject(value) && Object.hasOwn(value, name) ? [[name, value[name]]] : [];
}
