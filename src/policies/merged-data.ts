import { isObject } from '../text/is-object.js';

/** Merges two documents; if both have a value, the second's counts. */
export function mergedData(
  one: Record<string, unknown>,
  other: Record<string, unknown>,
): Record<string, unknown> {
  const both = Object.entries(other).map(([name, value]) => {
    const before = Object.hasOwn(one, name) ? one[name] : undefined;
    return [name, isObject(before) && isObject(value) ? mergedData(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}
