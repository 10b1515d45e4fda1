const LEAD = 'Counted in part only: ';
const BETWEEN = '; ';

/** Returns the sentence that ends the limitation of a mapping whose evidence is not whole. */
export function inPartSentence(reasons: readonly string[]): string {
  return `${LEAD}${reasons.join(BETWEEN)}.`;
}

/** A limitation without the sentence of {@link inPartSentence}, and the reasons that the sentence gives; none if it has none. */
export type SplitLimitation = { limitation: string; reasons: string[] };

/** Splits a limitation, so that a report can print reasons that many mappings share once. */
export function splitLimitation(limitation: string): SplitLimitation {
  const at = limitation.indexOf(LEAD);
  if (at < 0) return { limitation, reasons: [] };
  const given = limitation.slice(at + LEAD.length).replace(/\.$/, '');
  return { limitation: limitation.slice(0, at).trimEnd(), reasons: given.split(BETWEEN) };
}
