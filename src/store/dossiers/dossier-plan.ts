import type { AuditPlan, RecordKind, SubjectKind } from '../../model/index.js';
import { quoteText } from '../sql.js';

/** What the SQL of a dossier depends on beside the evidence. */
export type DossierPlan = {
  /** The audit plan. */
  plan: AuditPlan;
  /** Kinds of which at least one file was supplied; lists of the others are null. */
  supplied: ReadonlySet<RecordKind>;
};

/** A dossier member: its name and the SQL expression of its value. */
export type Member = readonly [name: string, expression: string];

/** Members every dossier begins with. */
export function baseMembers({ plan }: DossierPlan, kind: SubjectKind, id: string): Member[] {
  const { asOfMs, period } = plan;
  return [
    ['as_of', `{'ms': ${asOfMs}, 'iso': ${quoteText(new Date(asOfMs).toISOString())}}`],
    ['period', period ? `{'start_ms': ${period.startMs}, 'end_ms': ${period.endMs}}` : 'NULL'],
    ['subject', `{'kind': ${quoteText(kind)}, 'id': ${id}}`],
  ];
}

/** `expression` where every kind named was supplied, else null. */
export function whereSupplied(
  { supplied }: DossierPlan,
  kinds: readonly RecordKind[],
  expression: string,
): string {
  return kinds.every((kind) => supplied.has(kind)) ? expression : 'NULL';
}
