import { isObject } from '../../../../text/is-object.js';
import type { FileSample } from '../../../adapter.js';

/** Members under which APIs and query tools put the records of a page. */
const LISTS = ['rows', 'value', 'items', 'data', 'results', 'result'] as const;

/**
 * Returns `AdapterReader.items` for the lists of records in the top-level object of a file; none if it has no such
 * list.
 */
export function envelopeLists(sample: FileSample): string[] {
  const name = listName(firstPage(sample));
  return name === null ? [] : [`$.${name}`];
}

/** Records in the sample: those of a page's list, the elements of a bare list, or the object itself. */
export function recordsIn(sample: FileSample): unknown[] {
  const page = firstPage(sample);
  const name = listName(page);
  return name === null ? [sample.partial].flat() : [page?.[name]].flat();
}

/** A list of records inside the top-level object of a file. */
export type ListPlace = {
  /** Entry of `AdapterReader.items` for it. */
  item: string;
  /** Its records, as far as the sample has them. */
  records: Record<string, unknown>[];
};

const DEEPEST = 3;

/** Returns where the lists of objects in the top-level object of a file are, down to three members deep. */
export function listPlaces(sample: FileSample): ListPlace[] {
  const page = Array.isArray(sample.partial) ? null : firstPage(sample);
  return page === null ? [] : placesIn(page, '$');
}

function placesIn(value: Record<string, unknown>, item: string, depth = 1): ListPlace[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name.includes('.') || name === '*') return [];
    const place = `${item}.${name}`;
    if (Array.isArray(inner)) {
      const records = inner.filter(isObject);
      return records.length > 0 ? [{ item: place, records }] : [];
    }
    return isObject(inner) && depth < DEEPEST ? placesIn(inner, place, depth + 1) : [];
  });
}

/**
 * Returns `AdapterReader.items` for the lists that hold the columns which keyproof.yaml maps; none if the file has them at its top, or
 * in a member that holds the records of APIs.
 */
export function mappedLists(sample: FileSample, columns: { readonly [field: string]: string }): string[] {
  const page = firstPage(sample);
  const names = Object.values(columns).map((column) => column.split('.')[0] ?? column);
  const holds = (record: Record<string, unknown>): boolean =>
    names.some((name) => Object.hasOwn(record, name));
  if (page === null || listName(page) !== null || holds(page)) return [];
  return listPlaces(sample)
    .filter(({ records }) => records.some(holds))
    .map(({ item }) => item);
}

function firstPage({ partial, kind }: FileSample): Record<string, unknown> | null {
  const [first] = [partial].flat();
  return kind !== 'csv' && isObject(first) ? first : null;
}

/** Returns the list of records of a page: its elements are objects, or it has none. */
function listName(page: Record<string, unknown> | null): string | null {
  const found = LISTS.find((name) => {
    const list = page?.[name];
    return Array.isArray(list) && (list.length === 0 || isObject(list[0]));
  });
  return found ?? null;
}
