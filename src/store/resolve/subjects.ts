import { quoteId, quoteText } from '../../duckdb/sql.js';
import {
  type AuditPlan,
  isScopeFact,
  SCOPE_FACT_NAMES,
  SCOPE_FACTS,
  SUBJECT_FACTS,
  type SubjectKind,
  TABLED_SUBJECTS,
  type TabledKind,
} from '../../model/index.js';
import { columnNames } from '../columns.js';
import { factType } from '../terms/fact-type.js';
import { originColumns } from '../terms/scope-origin.js';
import { ownersOf } from './owners.js';
import { scopeColumns, scopeFactsOf, statedInPlan } from './stated-scope.js';
import { touchedColumns } from './touched-scope.js';

const FACTS = Object.keys(SUBJECT_FACTS);

/** What a subject of a kind takes from the keys it touches: whatever puts it in scope, or only what nothing states of it itself. */
type Taking = 'whatever-is-in-scope' | 'what-is-not-stated';

/** Kinds of subject that have the scope of the keys they touch. */
const TAKING: { readonly [K in SubjectKind]?: Taking } = {
  principal: 'whatever-is-in-scope',
  repository: 'whatever-is-in-scope',
  route: 'what-is-not-stated',
  vendor: 'what-is-not-stated',
  incident: 'what-is-not-stated',
};

/**
 * Returns the statements that create `subjects` (kind, id, owner, the facts about a subject, null if a fact is not stated, where
 * each comes from, `assumed`, the facts that only a default states, and `fact_set`, the number of all subjects that agree in facts and
 * assumed ones), `fact_sets`, what each number stands for, and `scope_items`, the sets of what is in no table of subjects: logs,
 * and what is about nothing that is known.
 *
 * @param known kinds of which there may be a subject: a SELECT of the others costs time and finds nothing.
 */
export function createSubjects(plan: AuditPlan, known: ReadonlySet<TabledKind>): string[] {
  const selects = [
    NO_SUBJECT,
    ...TABLED_SUBJECTS.filter(({ kind }) => known.has(kind)).map((one) => selectSubjects(one, plan)),
    `SELECT 'organisation' AS kind, ${quoteText(plan.organisation)} AS id, NULL AS owner, ${defaults(plan)}`,
    `SELECT 'nothing' AS kind, '' AS id, NULL AS owner, ${defaults(plan)}`,
    selectLogs(plan),
  ];
  const assumed = SCOPE_FACT_NAMES.map(
    (fact) => `CASE WHEN ${quoteId(originColumns(fact).by)} = 'default' THEN ${quoteText(fact)} END`,
  );
  const set = [...FACTS.map(quoteId), 'assumed'].join(', ');
  return [
    `CREATE TEMP TABLE scoped AS SELECT *, (dense_rank() OVER (ORDER BY ${set}))::INTEGER AS fact_set
      FROM (SELECT *, [fact FOR fact IN [${assumed.join(', ')}] IF fact IS NOT NULL] AS assumed FROM (${selects.join(' UNION ALL BY NAME ')}))`,
    `CREATE TABLE subjects AS FROM scoped WHERE kind NOT IN ('nothing', 'log')`,
    `CREATE TABLE scope_items AS SELECT kind, id AS name, fact_set FROM scoped WHERE kind IN ('nothing', 'log')`,
    `CREATE TABLE fact_sets AS SELECT DISTINCT fact_set, ${set} FROM scoped`,
    'DROP TABLE scoped',
  ];
}

/** No row: its columns have their types even if no kind of subject that is known has the field. */
const NO_SUBJECT = `SELECT NULL::VARCHAR AS kind, NULL::VARCHAR AS id, NULL::VARCHAR AS owner, ${FACTS.flatMap(typedNulls).join(', ')} WHERE false`;

function typedNulls(fact: string): string[] {
  const value = aliased(`NULL::${factType(fact)}`, fact);
  if (!isScopeFact(fact)) return [value];
  const { by, key, rule } = originColumns(fact);
  return [value, aliased('NULL::VARCHAR', by), aliased('NULL::VARCHAR', key), aliased('NULL::INTEGER', rule)];
}

function selectSubjects(one: (typeof TABLED_SUBJECTS)[number], plan: AuditPlan): string {
  const { kind, table, id } = one;
  const owners = ownersOf(one);
  const has = new Set(columnNames(table));
  const own: readonly string[] = scopeFactsOf(kind);
  const taking = TAKING[kind] ?? null;
  const columns = FACTS.flatMap((fact) => {
    if (!isScopeFact(fact)) return [aliased(has.has(fact) ? `r.${quoteId(fact)}` : 'NULL', fact)];
    const { value, by, rule } = scopeColumns(fact);
    const stated = own.includes(fact)
      ? { value: `r.${value}`, by: `r.${by}`, rule: `r.${rule}` }
      : NOTHING_STATED;
    return scopeOf(fact, stated, taking, plan);
  });
  const touched = taking
    ? `LEFT JOIN touched t ON t.kind = ${quoteText(kind)} AND t.name = r.${quoteId(id)}`
    : '';
  return `SELECT ${quoteText(kind)} AS kind, r.${quoteId(id)} AS id, ${owners.value} AS owner, ${columns.join(', ')}
    FROM ${table} r ${owners.join} ${touched}`;
}

/** What is stated of a subject itself, as SQL: the value of a fact, what states it, and the place of a rule. */
type Stated = { value: string; by: string; rule: string };

const NOTHING_STATED: Stated = { value: 'NULL', by: 'NULL', rule: 'NULL' };

/** What a subject touches comes before a default, and for some kinds before what their records state. */
function scopeOf(
  fact: (typeof SCOPE_FACT_NAMES)[number],
  own: Stated,
  taking: Taking | null,
  plan: AuditPlan,
): string[] {
  const columns = originColumns(fact);
  const fallback = statedInPlan(plan, fact);
  const byDefault = fallback === 'NULL' ? 'NULL' : `'default'`;
  if (taking === null)
    return [
      aliased(`coalesce(${own.value}, ${fallback})`, fact),
      aliased(`CASE WHEN ${own.value} IS NOT NULL THEN ${own.by} ELSE ${byDefault} END`, columns.by),
      aliased('NULL::VARCHAR', columns.key),
      aliased(`${own.rule}::INTEGER`, columns.rule),
    ];
  const touched = touchedColumns(fact);
  const value = `t.${quoteId(touched.value)}`;
  const over = taking === 'whatever-is-in-scope' ? ` OR ${value} <> ${outOf(fact)}` : '';
  const wins = `(${value} IS NOT NULL AND (${own.value} IS NULL${over}))`;
  return [
    aliased(`CASE WHEN ${wins} THEN ${value} ELSE coalesce(${own.value}, ${fallback}) END`, fact),
    aliased(
      `CASE WHEN ${wins} THEN 'keys' WHEN ${own.value} IS NOT NULL THEN ${own.by} ELSE ${byDefault} END`,
      columns.by,
    ),
    aliased(`CASE WHEN ${wins} THEN t.${quoteId(touched.key)} END`, columns.key),
    aliased(`CASE WHEN ${wins} THEN t.${quoteId(touched.rule)} ELSE ${own.rule} END`, columns.rule),
  ];
}

/** The value of a fact that puts a subject out of scope, as SQL. */
function outOf(fact: (typeof SCOPE_FACT_NAMES)[number]): string {
  const last = SCOPE_FACTS[fact].at(-1);
  return typeof last === 'boolean' ? String(last) : quoteText(String(last));
}

/** The record of each log: its own, or that of all logs of the name. */
const LOGS_DESCRIBED = `FROM (SELECT *, 0 AS further FROM log_sources UNION ALL BY NAME
    SELECT r.* REPLACE (n.log AS log), 1 AS further FROM log_sources r JOIN log_names n ON n.name = r.log)
  QUALIFY row_number() OVER (PARTITION BY log ORDER BY further, ordinal) = 1`;

/** The logs that a record describes or events name: their own facts, or else those of the keys of their events. */
function selectLogs(plan: AuditPlan): string {
  const has = new Set(columnNames('log_sources'));
  const columns = FACTS.flatMap((fact) => {
    if (!isScopeFact(fact)) return [aliased('NULL', fact)];
    const own = has.has(fact) ? `s.${quoteId(fact)}` : 'NULL';
    return scopeOf(fact, { ...NOTHING_STATED, value: own, by: `'record'` }, 'whatever-is-in-scope', plan);
  });
  return `SELECT 'log' AS kind, n.log AS id, NULL AS owner, ${columns.join(', ')}
    FROM (SELECT log FROM log_sources UNION SELECT log FROM events) n
    LEFT JOIN (${LOGS_DESCRIBED}) s ON s.log = n.log
    LEFT JOIN touched t ON t.kind = 'log' AND t.name = n.log WHERE n.log IS NOT NULL`;
}

function defaults(plan: AuditPlan): string {
  return FACTS.flatMap((fact) => {
    if (!isScopeFact(fact)) return [aliased('NULL', fact)];
    return scopeOf(fact, NOTHING_STATED, null, plan);
  }).join(', ');
}

function aliased(expression: string, name: string): string {
  return `${expression} AS ${quoteId(name)}`;
}
