/**
 * How sure the shape of a finding is: `issuer` (a prefix and length that its
 * issuer documents), `format` (a file format or connection string that has a place for a secret), `context` (a name and a value
 * that is no word).
 */
export type Shape = 'issuer' | 'format' | 'context';

/** A secret in a text, before anything but its place and fingerprint is kept. */
export type Detected = {
  /** Rule that found it. */
  rule: string;
  /** Offset of its first character in the text, or in its line if it is below the text. */
  at: number;
  /** How many lines below the text it stands; none if left out. */
  below?: number;
  /** The secret itself. Never leaves the thread that found it. */
  value: string;
  /** How sure its shape is. */
  shape: Shape;
  /** Why its value is no real secret; null if it may be one. */
  placeholder: string | null;
};

const RANK: { readonly [K in Shape]: number } = { issuer: 0, format: 1, context: 2 };

/** Returns detections of which no two overlap: of those that do, the surest, then the first, then the longest. */
export function withoutOverlaps<T extends Detected>(found: readonly T[]): T[] {
  const sorted = [...found].sort(
    (a, b) => RANK[a.shape] - RANK[b.shape] || a.at - b.at || b.value.length - a.value.length,
  );
  const kept: T[] = [];
  for (const each of sorted) if (!kept.some((other) => overlap(each, other))) kept.push(each);
  return kept.sort((a, b) => a.at - b.at);
}

function overlap(a: Detected, b: Detected): boolean {
  return a.at < b.at + b.value.length && b.at < a.at + a.value.length;
}
