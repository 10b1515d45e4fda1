import { closest, distance } from 'fastest-levenshtein';

/** The candidate closest to what was written, or null if none is close enough to be what was meant (more than a third of the letters differ). */
export function nearest(written: string, candidates: readonly string[]): string | null {
  if (candidates.length === 0) return null;
  const best = closest(written.toLowerCase(), candidates);
  const limit = Math.max(2, Math.floor(best.length / 3));
  return distance(written.toLowerCase(), best.toLowerCase()) <= limit ? best : null;
}

/** The end of a sentence about an unknown name: `; did you mean "x"?`, or a full stop if nothing is close. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  const best = nearest(written, candidates);
  return best === null ? '.' : `; did you mean "${best}"?`;
}
