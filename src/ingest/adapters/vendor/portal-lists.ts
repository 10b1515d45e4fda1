import { isObject } from '../../../text/is-object.js';
import type { FileSample } from '../../adapter.js';
import { objectOf } from '../../fields/json.js';

/** Members under which portals of vendors list keys. */
const KEY_LISTS = ['data', 'keys', 'apiKeys', 'api_keys', 'items', 'results'];
/** Members under which they list events. */
const EVENT_LISTS = ['data', 'logs', 'events', 'items', 'results'];

/** Where the records of a list of keys are. */
export const KEY_ITEMS = itemsOf(KEY_LISTS);
/** Where the records of a list of events are. */
export const EVENT_ITEMS = itemsOf(EVENT_LISTS);

function itemsOf(lists: readonly string[]): string[] {
  return [...lists.map((name) => `$.${name}`), '$', ''];
}

/** Returns the first record that a sample shows: of a list under one of the names, of a bare array, or the object itself. */
export function firstRecord(
  { first, partial }: FileSample,
  items: readonly string[],
): Record<string, unknown> {
  const whole = first ?? partial;
  const [element] = Array.isArray(whole) ? whole : [whole];
  const lists = items.map((item) => objectOf(element)[item.slice(2)]);
  const list = lists.find((value) => Array.isArray(value) && isObject(value[0]));
  return objectOf(Array.isArray(list) ? list[0] : element);
}
