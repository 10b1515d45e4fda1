import type { Assessment } from '../model/index.js';

/**
 * Returns assessment.json: keys in alphabetical order at every level, two spaces, a final newline; lists keep their
 * order.
 */
export function renderJson(assessment: Assessment): string {
  return `${JSON.stringify(sortKeys(assessment), null, 2)}\n`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  // `sort` without a comparison orders by UTF-16 code unit, as compareText does, at a fraction of its time.
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sortKeys(Reflect.get(value, name))]));
}
