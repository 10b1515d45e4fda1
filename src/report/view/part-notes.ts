import type { FrameworkResult } from '../../model/index.js';
import { splitLimitation } from '../../text/in-part-sentence.js';

/** Reasons for which the evidence of some tests counts in part only, printed once for all of them. */
export type PartNote = { anchor: string; number: number; text: string };

/** The notes of a framework by their reasons. */
export type PartNotes = ReadonlyMap<string, PartNote>;

/** Returns the notes of a framework in the order of its controls; `prefix` begins their anchors. */
export function partNotesOf({ controls }: Pick<FrameworkResult, 'controls'>, prefix: string): PartNotes {
  const limitations = controls.flatMap(({ mappings }) => mappings.map((one) => one.limitation ?? ''));
  const reasons = new Set(limitations.flatMap((one) => splitLimitation(one).reasons ?? []));
  return new Map(
    [...reasons].map((text, n) => [text, { anchor: `${prefix}-${n + 1}`, number: n + 1, text }]),
  );
}

/** Returns what a test does not show, apart from the reasons that a note gives; null for what there is none of. */
export function limitationOf(
  limitation: string | null,
  notes: PartNotes,
): { limitation: string | null; partNote: PartNote | null } {
  const split = splitLimitation(limitation ?? '');
  return { limitation: split.limitation || null, partNote: notes.get(split.reasons ?? '') ?? null };
}
