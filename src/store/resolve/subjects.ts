import type { AuditPlan } from '../../model/index.js';
import { columnNames } from '../columns.js';
import { quoteId, quoteText } from '../sql.js';
import { FACTS, statedInPlan } from './facts.js';
import { SUBJECT_TABLES } from './subject-tables.js';

/** Facts beside `Applicability` that a mapping of a framework may ask for. */
const FURTHER_FACTS = ['environment', 'account_kind', 'interactive_login_capable'] as const;

/** The facts of `subjects`, in the order of its columns. */
export const SUBJECT_FACTS: readonly string[] = [...FACTS, ...FURTHER_FACTS];

/** Statement that creates `subjects` (kind, id, applicability facts, further facts; null where nobody said). */
export function createSubjects(plan: AuditPlan): string {
  const selects = SUBJECT_TABLES.map(({ kind, table, id }) => {
    const has = new Set(columnNames(table));
    const facts = SUBJECT_FACTS.map((fact) =>
      aliased(has.has(fact) ? quoteId(fact) : unstated(plan, fact), fact),
    );
    return `SELECT ${quoteText(kind)} AS kind, ${quoteId(id)} AS id, ${facts.join(', ')} FROM ${table}`;
  });
  const stated = FACTS.map((fact) => aliased(statedInPlan(plan, fact), fact));
  return `CREATE TABLE subjects AS ${selects.join(' UNION ALL BY NAME ')} UNION ALL BY NAME
    SELECT 'organisation' AS kind, ${quoteText(plan.organisation)} AS id, ${stated.join(', ')}`;
}

/** A fact that records of this kind cannot carry: what the plan states for every subject. */
function unstated(plan: AuditPlan, fact: string): string {
  return FACTS.includes(fact) ? statedInPlan(plan, fact) : 'NULL';
}

function aliased(expression: string, name: string): string {
  return `${expression} AS ${quoteId(name)}`;
}
