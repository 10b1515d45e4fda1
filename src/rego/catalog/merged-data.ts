/** Two documents in one; where both have a value, the second's. */
export function mergedData(
  one: Record<string, unknown>,
  other: Record<string, unknown>,
): Record<string, unknown> {
  const both = Object.entries(other).map(([name, value]) => {
    const before = one[name];
    return [name, isRecord(before) && isRecord(value) ? mergedData(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}

/** Whether a value is an object and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
