import { isObject } from '../text/is-object.js';

/** Two documents in one; where both have a value, the second's. */
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
