import { isObject } from '../../text/is-object.js';
import type { AdapterContext, AdapterReader } from '../adapter.js';
import { textOf } from './json.js';

/** Members by which a page states that another follows. */
const NEXT_PAGE = [
  'nextLink',
  '@odata.nextLink',
  'odata.nextLink',
  'NextToken',
  'nextToken',
  'nextPageToken',
  'next_page_token',
  'NextMarker',
  'nextMarker',
];

/** The same, said with yes. */
const CUT_SHORT = ['IsTruncated', 'isTruncated', 'is_truncated', 'has_more', 'hasMore'];

const NEXT_SENTENCE =
  'the page says that another follows: more records exist than it lists; export all pages';

/** Marks the file as continuing elsewhere if an envelope of any export names a next page. */
export function warnOfAnyNextPage(envelope: Record<string, unknown>, context: AdapterContext): void {
  const cut = CUT_SHORT.some((name) => envelope[name] === true);
  if (cut || linksOn(envelope)) context.truncated(NEXT_SENTENCE);
  else warnOfNextPage(envelope, NEXT_PAGE, NEXT_SENTENCE, context);
}

/** Returns whether the links of a page (HAL, JSON:API) have one to the next. */
function linksOn(envelope: Record<string, unknown>): boolean {
  return [envelope['_links'], envelope['links']].filter(isObject).some(({ next }) => {
    const href = isObject(next) ? next['href'] : next;
    return typeof href === 'string' && href !== '';
  });
}

/** Marks the file as continuing elsewhere if an envelope has one of these members, such as `NextToken`, and it holds a text. */
export function warnOfNextPage(
  envelope: Record<string, unknown>,
  members: readonly string[],
  sentence: string,
  context: AdapterContext,
): void {
  if (members.some((name) => textOf(envelope[name]) !== null)) context.truncated(sentence);
}

/**
 * Adds to a reader the warning that its list may go on: for an API that tells in a header only that another page follows, a
 * list of exactly one page may be the first of several.
 *
 * @param pages numbers of records that a page may have.
 */
export function warnOfFullPage(
  reader: AdapterReader,
  pages: readonly number[],
  sentence: string,
  context: AdapterContext,
): AdapterReader {
  let count = 0;
  return {
    ...reader,
    convert(raw) {
      count += 1;
      return reader.convert(raw);
    },
    end() {
      if (pages.includes(count)) context.warn(sentence);
      return reader.end?.() ?? [];
    },
  };
}
