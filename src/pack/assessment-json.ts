import type { Assessment } from '../model/index.js';
import { byText } from '../text/compare-text.js';

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
  const entries = Object.entries(value).sort(byText(([name]) => name));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}
