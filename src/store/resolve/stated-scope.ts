import { quoteId, quoteText } from '../../duckdb/sql.js';
import {
  type AuditPlan,
  isScopeFact,
  SCOPE_FACT_NAMES,
  type ScopeRule,
  SUBJECT_TABLES,
  type TabledKind,
} from '../../model/index.js';
import { columnTypes } from '../columns.js';

/** Columns of a fact in the table of a kind of subject: its value without any default, what states it, and which rule of `scope` does. */
export const scopeColumns = (fact: string) => ({
  value: `own_${fact}`,
  by: `by_${fact}`,
  rule: `rule_${fact}`,
});

type Fact = (typeof SCOPE_FACT_NAMES)[number];

/** Join of the record `r` to the constants of keyproof.yaml for its file, if there are any, as `by_file`. */
export const CONSTANTS_OF_FILE = `LEFT JOIN (SELECT file, flatten(list(constants)) AS constants FROM supplied
  WHERE len(constants) > 0 GROUP BY file) by_file ON by_file.file = r.source.file`;

type ScopeType = 'VARCHAR' | 'BOOLEAN' | 'INTEGER';

/** Returns the facts about scope that records of a kind of subject have. */
export function scopeFactsOf(kind: TabledKind): Fact[] {
  const columns = columnTypes(SUBJECT_TABLES[kind].table);
  return SCOPE_FACT_NAMES.filter((fact) => fact in columns);
}

/**
 * Returns, for each fact, the columns of the value that a record or a rule of keyproof.yaml states, which of them does
 * (`record`, `rule`), and the place of the rule in `scope`, over the record `r` and `CONSTANTS_OF_FILE`. A constant of a source is a rule without a place.
 */
export function statedScope(
  kind: TabledKind,
  plan: AuditPlan,
): { [column: string]: readonly [type: ScopeType, expression: string] } {
  const entries = scopeFactsOf(kind).flatMap((fact) => {
    const own = `r.${quoteId(fact)}`;
    const ruled = ruledFact(kind, plan, fact);
    const by = `CASE WHEN ${own} IS NOT NULL THEN CASE WHEN list_contains(by_file.constants, ${quoteText(fact)}) THEN 'rule' ELSE 'record' END WHEN ${ruled} IS NOT NULL THEN 'rule' END`;
    const { value, by: column, rule } = scopeColumns(fact);
    return [
      [value, [typeOf(kind, fact), `coalesce(${own}, ${ruled})`]],
      [column, ['VARCHAR', by]],
      [rule, ['INTEGER', `CASE WHEN ${own} IS NULL THEN ${ruleOf(kind, plan, fact)} END`]],
    ] as const;
  });
  return Object.fromEntries(entries);
}

/** Returns the types of these columns. */
export function statedScopeTypes(kind: TabledKind): { [column: string]: string } {
  const entries = scopeFactsOf(kind).flatMap((fact) => {
    const { value, by, rule } = scopeColumns(fact);
    return [
      [value, typeOf(kind, fact)],
      [by, 'VARCHAR'],
      [rule, 'INTEGER'],
    ];
  });
  return Object.fromEntries(entries);
}

/** Returns the value of a column of the record `r`, or if that is null and a fact, what a rule or else the plan states. */
export function scopeValue(kind: TabledKind, plan: AuditPlan, column: string): string {
  const value = `r.${quoteId(column)}`;
  return isScopeFact(column)
    ? `coalesce(${value}, ${ruledFact(kind, plan, column)}, ${statedInPlan(plan, column)})`
    : value;
}

/** Returns what the plan states for every subject whose record does not state it, as SQL; `NULL` if it states nothing. */
export function statedInPlan({ applicability }: AuditPlan, fact: string): string {
  return isScopeFact(fact) ? sqlOf(applicability[fact]) : 'NULL';
}

function typeOf(kind: TabledKind, fact: string): 'VARCHAR' | 'BOOLEAN' {
  return columnTypes(SUBJECT_TABLES[kind].table)[fact] === 'BOOLEAN' ? 'BOOLEAN' : 'VARCHAR';
}

/** Returns what the first rule of keyproof.yaml that names the subject states; `NULL` if none can. */
function ruledFact(kind: TabledKind, plan: AuditPlan, fact: Fact): string {
  return byFirstRule(kind, plan, fact, ({ facts }) => sqlOf(facts[fact]));
}

/** Returns the place of that rule in `scope`, from 1; `NULL` if none names the subject. */
function ruleOf(kind: TabledKind, plan: AuditPlan, fact: Fact): string {
  return `${byFirstRule(kind, plan, fact, (_, place) => String(place))}::INTEGER`;
}

function byFirstRule(
  kind: TabledKind,
  { scope = [] }: AuditPlan,
  fact: Fact,
  give: (rule: ScopeRule, place: number) => string,
): string {
  const id = `r.${quoteId(SUBJECT_TABLES[kind].id)}`;
  const cases = scope.flatMap((rule, index) =>
    (rule.kind ?? 'key') === kind && rule.facts[fact] !== undefined
      ? [`WHEN ${names(rule, id)} THEN ${give(rule, index + 1)}`]
      : [],
  );
  return cases.length === 0 ? 'NULL' : `CASE ${cases.join(' ')} END`;
}

function names({ ids }: ScopeRule, id: string): string {
  return `(${ids.map((pattern) => `${id} GLOB ${quoteText(pattern.replaceAll('[', '[[]'))}`).join(' OR ')})`;
}

function sqlOf(value: string | boolean | null | undefined): string {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? quoteText(value) : 'NULL';
}
