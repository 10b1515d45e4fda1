import type { Instant } from '../../model/index.js';

/**
 * Returns when a private key was made or last replaced, if all that is known is when its certificate was issued: at any time until
 * then, because a renewal may keep the key.
 * @param since the earliest moment at which the key can have been made, if that is known
 */
export function noLaterThan(issued: Instant | null, since: Instant | null = null): Instant | null {
  if (issued?.state !== 'known' || issued.ms === null) return issued;
  const earliest = since?.ms ?? 0;
  if (earliest >= issued.ms) return issued;
  return {
    state: 'known',
    ms: earliest,
    tolerance_ms: issued.ms + issued.tolerance_ms - earliest,
    day: issued.day ?? new Date(issued.ms).toISOString().slice(0, 10),
  };
}
