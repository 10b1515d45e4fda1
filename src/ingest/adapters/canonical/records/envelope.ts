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
