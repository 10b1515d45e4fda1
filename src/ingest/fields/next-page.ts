import type { AdapterContext } from '../adapter.js';
import { textOf } from './json.js';

/** Marks the file as continuing elsewhere if an envelope has one of these members, such as `NextToken`, and it holds a text. */
export function warnOfNextPage(
  envelope: Record<string, unknown>,
  members: readonly string[],
  sentence: string,
  context: AdapterContext,
): void {
  if (members.some((name) => textOf(envelope[name]) !== null)) context.truncated(sentence);
}
