import { type ControlResult, type MappingResult, SUBJECT_WORDS } from '../../model/index.js';
import { plural } from '../../text/format.js';
import { outsideTexts, shareText } from '../text/share-text.js';
import type { Bar } from './bar.js';
import type { ViewContext } from './context.js';
import { limitationOf, type PartNote, type PartNotes } from './part-notes.js';
import { outcomeBar } from './policy-view.js';

/** A mapping of a control in one row of a table. */
export type MappingRow = {
  ruleId: string;
  title: string;
  anchor: string;
  grade: string;
  /** `deletion of entries; central copy`: the elements that count; null if all of the policy counts. */
  elements: string | null;
  /** `13 of 48 tested (2,351 do not apply)`. */
  share: string;
  /** `48 keys in scope, 12 of unknown scope, 40 out of scope, 1,979 scope not stated`. */
  scope: string;
  failed: number;
  bar: Bar | null;
  limitation: string | null;
  /** The notes on why the evidence counts in part only; none if it counts whole. */
  partNotes: PartNote[];
};

/** Returns the mappings of a control as rows. */
export function mappingRows(
  { mappings }: ControlResult,
  notes: PartNotes,
  context: ViewContext,
): MappingRow[] {
  return mappings.map((mapping) => mappingRow(mapping, notes, context));
}

function mappingRow(
  mapping: MappingResult,
  notes: PartNotes,
  { policies, policyAnchors }: ViewContext,
): MappingRow {
  const { ruleId, grade, elements, inPart, limitation, outcomes, defaultFailures } = mapping;
  const policy = policies.get(ruleId);
  return {
    ruleId,
    title: policy?.title ?? ruleId,
    anchor: policyAnchors.get(ruleId) ?? '',
    grade,
    elements: inPart ? elements.map((element) => element.title).join('; ') : null,
    share: shareText(outcomes, defaultFailures),
    scope: scopeText(mapping, policy === undefined ? ['subject', 'subjects'] : SUBJECT_WORDS[policy.subject]),
    failed: outcomes.fail,
    bar: mapping.population === 0 ? null : outcomeBar(outcomes),
    ...limitationOf(limitation, notes),
  };
}

function scopeText(mapping: MappingResult, words: readonly [string, string]): string {
  return [`${plural(mapping.population, ...words)} in scope`, ...outsideTexts(mapping)].join(', ');
}
