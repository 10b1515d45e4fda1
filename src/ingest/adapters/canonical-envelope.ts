import type { AdapterContext, FileSample } from '../adapter.js';
import { isObject } from '../read-event.js';

/** Members under which APIs and query tools put the records of a page. */
const LISTS = ['rows', 'value', 'items', 'data', 'results', 'result'] as const;
/** Members by which a page says that another follows. */
const NEXT = ['nextLink', '@odata.nextLink', 'NextToken', 'nextToken', 'nextPageToken', 'next_page_token'];

/** `AdapterReader.items` for the lists of records in the top-level object of a file; none if it has no such list. */
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

/** Marks a file as continuing elsewhere if its page says so. */
export function saysNextPage(value: Record<string, unknown>, context: AdapterContext): void {
  const name = NEXT.find((candidate) => typeof value[candidate] === 'string' && value[candidate] !== '');
  if (name)
    context.truncated(`the page ends with ${name}: more records exist than it lists; export all pages`);
}

function firstPage({ partial, kind }: FileSample): Record<string, unknown> | null {
  const [first] = [partial].flat();
  return kind !== 'csv' && isObject(first) ? first : null;
}

/** The list of records of a page: its elements are objects, or it has none. */
function listName(page: Record<string, unknown> | null): string | null {
  const found = LISTS.find((name) => {
    const list = page?.[name];
    return Array.isArray(list) && (list.length === 0 || isObject(list[0]));
  });
  return found ?? null;
}
