/**
 * Returns a DuckDB row value as plain JavaScript: integers beyond 2^53 stay bigint, everything else is as JSON would
 * have it.
 */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return safeNumber(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (value !== null && typeof value === 'object') return plainObject(value);
  return value;
}

function safeNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function plainObject(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
}
