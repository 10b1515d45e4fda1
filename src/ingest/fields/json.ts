import { isObject } from '../../text/is-object.js';

/**
 * Returns a member that should be an object; an empty one if it is anything else, so that paths into it read as absent.
 */
export function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

/** Returns a member that should be an object, or the text of one, as tables keep it; an empty one if it is neither. */
export function objectInText(value: unknown): Record<string, unknown> {
  if (typeof value !== 'string') return objectOf(value);
  try {
    return objectOf(JSON.parse(value));
  } catch {
    return {};
  }
}

/** Returns a member that should be a text: trimmed; null if it is absent, empty or no text. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/** Returns the first of several members that is a non-empty text. */
export function firstText(...values: unknown[]): string | null {
  for (const value of values) {
    const text = textOf(value);
    if (text !== null) return text;
  }
  return null;
}

/** Returns a table looked up by a name from outside: own entries only, so that `constructor` finds nothing. */
export function entryOf<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
