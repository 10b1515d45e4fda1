import { quoteId, quoteText } from '../../duckdb/sql.js';
import { type AuditPlan, SUBJECT_FACTS, TABLED_SUBJECTS } from '../../model/index.js';
import { columnNames } from '../columns.js';
import { ownersOf } from './owners.js';
import { statedInPlan } from './subject-tables.js';

const FACTS = Object.keys(SUBJECT_FACTS);

/**
 * Returns the statement that creates `subjects` (kind, id, owner, the facts about a subject, null if a fact is not stated,
 * and `fact_set`, the number of all subjects that agree in every fact).
 */
export function createSubjects(plan: AuditPlan): string {
  const selects = TABLED_SUBJECTS.map((one) => {
    const { kind, table, id } = one;
    const owners = ownersOf(one);
    const has = new Set(columnNames(table));
    const facts = FACTS.map((fact) =>
      aliased(has.has(fact) ? `r.${quoteId(fact)}` : statedInPlan(plan, fact), fact),
    );
    return `SELECT ${quoteText(kind)} AS kind, r.${quoteId(id)} AS id, ${owners.value} AS owner, ${facts.join(', ')}
      FROM ${table} r ${owners.join}`;
  });
  const stated = FACTS.map((fact) => aliased(statedInPlan(plan, fact), fact));
  return `CREATE TABLE subjects AS SELECT *, (dense_rank() OVER (ORDER BY ${FACTS.map(quoteId).join(', ')}))::INTEGER AS fact_set
    FROM (${selects.join(' UNION ALL BY NAME ')} UNION ALL BY NAME
      SELECT 'organisation' AS kind, ${quoteText(plan.organisation)} AS id, NULL AS owner, ${stated.join(', ')})`;
}

function aliased(expression: string, name: string): string {
  return `${expression} AS ${quoteId(name)}`;
}
