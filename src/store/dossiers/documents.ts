import type { SubjectKind } from '../../model/index.js';
import { type JsonText, jsonRecord } from '../json-text.js';
import { quoteTexts } from '../sql.js';
import { boundedList, boundedMember, newestFirst } from './bounded.js';
import { type DossierPlan, whereSupplied } from './dossier-plan.js';

/** Order of documents: by the date they were attested, or else approved. */
export const DOCUMENT_ORDER = newestFirst('coalesce(a.attested_on."ms", a.approved_on."ms")', 'a');

/** Documents for the rules about a kind of subject that rest on one, by the subjects in `subject` that they speak for. */
export function documents({ rulesOnDocuments }: DossierPlan, kind: SubjectKind, id: string): string {
  const rules = rulesOnDocuments[kind] ?? [];
  return boundedList({
    group: `s.${id}`,
    record: jsonRecord('attestations', 'a'),
    order: DOCUMENT_ORDER,
    from: `subject s JOIN attestations a ON a.rule IN (FROM (SELECT unnest(${quoteTexts(rules)}::VARCHAR[])))
      AND (coalesce(len(a.subject_ids), 0) = 0 OR list_contains(a.subject_ids, s.${id}))`,
  });
}

/** The `attestations` member, of a list joined as `list`. */
export function documentsMember(context: DossierPlan, list: string): JsonText {
  return whereSupplied(context, ['attestations'], boundedMember(list));
}
