import type { FrameworkResult } from '../../model/index.js';
import { splitLimitation } from '../../text/in-part-sentence.js';

/** A reason for which the evidence of some tests counts in part only, printed once for all of them. */
export type PartNote = { anchor: string; number: number; text: string };

/** The notes of a framework by their reasons. */
export type PartNotes = ReadonlyMap<string, PartNote>;

/** Returns the notes of a framework in the order of its controls; `prefix` begins their anchors. */
export function partNotesOf({ controls }: Pick<FrameworkResult, 'controls'>, prefix: string): PartNotes {
  const limitations = controls.flatMap(({ mappings }) => mappings.map((one) => one.limitation ?? ''));
  const reasons = new Set(limitations.flatMap((one) => splitLimitation(one).reasons));
  return new Map(
    [...reasons].map((reason, n) => [
      reason,
      { anchor: `${prefix}-${n + 1}`, number: n + 1, text: `${capital(reason)}.` },
    ]),
  );
}

/** Returns what a test does not show, null if nothing is stated, and the notes on what its evidence lacks, by number. */
export function limitationOf(
  text: string | null,
  notes: PartNotes,
): { limitation: string | null; partNotes: PartNote[] } {
  const { limitation, reasons } = splitLimitation(text ?? '');
  const partNotes = reasons.flatMap((reason) => notes.get(reason) ?? []);
  return { limitation: limitation || null, partNotes: partNotes.sort((a, b) => a.number - b.number) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
