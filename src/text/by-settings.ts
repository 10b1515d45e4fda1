import { formatCount } from './format.js';

/** Returns ` (10 by other settings alone)`, which follows a number of fixed checks; empty for none. */
export function bySettingsText(count: number): string {
  return count > 0 ? ` (${formatCount(count)} by other settings alone)` : '';
}
