import type { AuditPlan, InputFile, RecordKind, SubjectKind } from '../../model/index.js';
import { type JsonMember, type JsonText, jsonConstant, jsonObject, jsonValue } from '../json-text.js';

/** What the SQL of a dossier depends on beside the evidence. */
export type DossierPlan = {
  /** The audit plan. */
  plan: AuditPlan;
  /** Kinds of which at least one file was supplied; lists of the others are null. */
  supplied: ReadonlySet<RecordKind>;
  /** Whether a directory of principals was supplied: only then is a name it lacks nobody's, and a leaver visible. */
  directory: boolean;
} & DossierContext;

/** What dossiers hold beside the records. */
export type DossierContext = {
  /** The input files, for what is on record about how they were taken. */
  files: readonly InputFile[];
  /** Rules that rest on a document, by the kind of subject they are about. */
  rulesOnDocuments: { readonly [K in SubjectKind]?: readonly string[] };
};

/** Members every dossier begins with; `id` is a SQL expression. */
export function baseMembers({ plan }: DossierPlan, kind: SubjectKind, id: string): JsonMember[] {
  const { asOfMs, period } = plan;
  return [
    ['as_of', jsonConstant({ ms: asOfMs, iso: new Date(asOfMs).toISOString() })],
    ['period', jsonConstant(period && { start_ms: period.startMs, end_ms: period.endMs })],
    [
      'subject',
      jsonObject([
        ['kind', jsonConstant(kind)],
        ['id', jsonValue(id)],
      ]),
    ],
  ];
}

/** `value` where every kind named was supplied, else null. */
export function whereSupplied(
  { supplied }: DossierPlan,
  kinds: readonly RecordKind[],
  value: JsonText,
): JsonText {
  return kinds.every((kind) => supplied.has(kind)) ? value : jsonConstant(null);
}
