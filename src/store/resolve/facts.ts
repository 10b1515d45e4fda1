import type { AuditPlan } from '../../model/index.js';
import { columnNames } from '../columns.js';
import { quoteText } from '../sql.js';

/** Names of the applicability facts: the booleans that vendor and incident records share, and the scope. */
export const FACTS: readonly string[] = ['pci_scope', ...columnNames('vendors', 'boolean').filter(isShared)];

/** What the plan states for every subject whose record does not say, as SQL; `NULL` where it states nothing. */
export function statedInPlan(plan: AuditPlan, fact: string): string {
  const stated: unknown = Object.entries(plan.applicability).find(([name]) => name === fact)?.[1];
  if (typeof stated === 'boolean') return String(stated);
  return typeof stated === 'string' ? quoteText(stated) : 'NULL';
}

/** The value of a record's column, or where that is null and a fact, what the plan states. */
export function statedFact(plan: AuditPlan, column: string, value: string): string {
  const stated = FACTS.includes(column) ? statedInPlan(plan, column) : 'NULL';
  return stated === 'NULL' ? value : `coalesce(${value}, ${stated})`;
}

function isShared(name: string): boolean {
  return columnNames('incidents', 'boolean').includes(name);
}
