const LEAD = 'Counted in part only: ';

/** Returns the sentence that ends the limitation of a mapping whose evidence is not whole. */
export function inPartSentence(reasons: readonly string[]): string {
  return `${LEAD}${reasons.join('; ')}.`;
}

/** A limitation without the sentence of {@link inPartSentence}, and the reasons that the sentence gives; null if it has none. */
export type SplitLimitation = { limitation: string; reasons: string | null };

/** Splits a limitation, so that a report can print reasons that many mappings share once. */
export function splitLimitation(limitation: string): SplitLimitation {
  const at = limitation.indexOf(LEAD);
  if (at < 0) return { limitation, reasons: null };
  return { limitation: limitation.slice(0, at).trimEnd(), reasons: limitation.slice(at + LEAD.length) };
}
