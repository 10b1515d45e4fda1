/** Reason in brackets of a missing path of which nothing can be supplied yet: the time allowed ends after the as-of date. */
export const NOT_OVER = ' (the time allowed is not over)';

/** Returns whether a missing path only waits for the end of the time allowed. */
export function isNotOver(missing: string): boolean {
  return missing.endsWith(NOT_OVER);
}
