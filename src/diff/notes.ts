import type { DiffedPack } from '../model/index.js';
import { formatMoment, plural } from '../text/format.js';

/** Returns what a reader of a comparison should know first, one sentence each. */
export function notesOn(old: DiffedPack, now: DiffedPack): string[] {
  return [
    ...(old.organisation === now.organisation
      ? []
      : [`The packs name different organisations: ${old.organisation} and ${now.organisation}.`]),
    ...(Date.parse(old.asOf) > Date.parse(now.asOf)
      ? [`OLD is as of ${formatMoment(old.asOf)}, which is later than NEW; the order may be wrong.`]
      : []),
    ...(old.assessmentSha256 === now.assessmentSha256 ? ['Both packs are the same.'] : []),
    ...incompleteNote('OLD', old),
    ...incompleteNote('NEW', now),
  ];
}

/** Returns the sentence on a pack that is incomplete; none if it is complete. */
export function incompleteNote(name: string, { incomplete }: DiffedPack): string[] {
  if (incomplete === 0) return [];
  return [
    `${name} is incomplete for ${plural(incomplete, 'reason')}, which its report lists; a change may come from what was not read.`,
  ];
}
