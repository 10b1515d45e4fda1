import { showInstant } from '../replay/show-value.js';
import { code, type Span } from './page.js';

/** A change of a JSON Patch. */
export type Change = {
  /** `add`, `replace` or `remove`. */
  op: string;
  /** JSON Pointer of what it changes. */
  path: string;
  /** The new value; absent if it is removed. */
  value?: unknown;
};

const MOST = 90;

/** Describes what differs from a base, in one line; long values are cut. */
export function differenceSpans(changes: readonly Change[]): Span[] {
  if (changes.length === 0) return ['nothing'];
  return changes.flatMap((change, index) => [...(index === 0 ? [] : [', ']), ...changeSpans(change)]);
}

function changeSpans({ op, path, value }: Change): Span[] {
  if (op === 'remove') return ['without ', code(path)];
  const added = op === 'add' ? ['added '] : [];
  return [...added, code(path), ' is ', code(shortened(inWords(value)))];
}

/** Returns a date as people write it, and any other value as JSON. */
function inWords(value: unknown): string {
  const instant = typeof value === 'object' && value !== null ? showInstant(value) : null;
  return instant ?? JSON.stringify(value);
}

function shortened(words: string): string {
  return words.length > MOST ? `${words.slice(0, MOST)}…` : words;
}
