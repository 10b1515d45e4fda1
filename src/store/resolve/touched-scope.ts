import { quoteId, quoteTexts } from '../../duckdb/sql.js';
import { type AuditPlan, SCOPE_FACT_NAMES, SCOPE_FACTS } from '../../model/index.js';
import { factType } from '../terms/fact-type.js';
import { scopeColumns } from './stated-scope.js';
import { createTouching } from './touching.js';

/** Columns of a fact in `touched`: its value, the first key it is taken from, and the rule of `scope` that states it of the key. */
export const touchedColumns = (fact: string) => ({
  value: `${fact}_value`,
  key: `${fact}_key`,
  rule: `${fact}_rule`,
});

/**
 * Returns the statements that create `touched` (kind, name, and for each fact its value and a key): the scope that subjects and logs
 * have from the keys they touch, as records or rules state it of the keys. One key in scope is enough; out of scope is only what
 * touches keys that all are stated to be.
 */
export function createTouched(plan: AuditPlan): string[] {
  const facts = SCOPE_FACT_NAMES.map((fact) => bestOf(fact));
  return [
    `CREATE TEMP TABLE touched_keys AS SELECT key_id, environment, ${SCOPE_FACT_NAMES.flatMap(ranked).join(', ')} FROM keys`,
    ONE_KEY_OF_EACH,
    ...createTouching(plan),
    `CREATE TABLE touched AS SELECT kind, name, ${SCOPE_FACT_NAMES.flatMap(valueAndKey).join(', ')}
      FROM (SELECT t.kind, t.name, ${facts.join(', ')} FROM touching t LEFT JOIN touched_keys k USING (key_id) GROUP BY ALL)`,
    'DROP TABLE touching',
    'DROP TABLE star_keys',
    'DROP TABLE touched_keys',
  ];
}

/** The values of a fact, the one that puts a subject in the narrowest scope first. */
function worstFirst(fact: (typeof SCOPE_FACT_NAMES)[number]): readonly (string | boolean)[] {
  return SCOPE_FACTS[fact];
}

function ranked(fact: (typeof SCOPE_FACT_NAMES)[number]): string[] {
  const { value, rule } = scopeColumns(fact);
  const texts = worstFirst(fact).map(String);
  return [
    `list_position(${quoteTexts(texts)}, ${quoteId(value)}::VARCHAR) AS ${quoteId(fact)}`,
    quoteId(rule),
  ];
}

/** The rank of the narrowest scope with the first key that has it; null if none is stated, or some is not and the others are out. */
function bestOf(fact: (typeof SCOPE_FACT_NAMES)[number]): string {
  const out = worstFirst(fact).length;
  const best = `min({'rank': k.${quoteId(fact)}, 'key': k.key_id, 'rule': k.${quoteId(scopeColumns(fact).rule)}}) FILTER (k.${quoteId(fact)} IS NOT NULL)`;
  return `CASE WHEN min(k.${quoteId(fact)}) < ${out} OR bool_and(k.${quoteId(fact)} IS NOT NULL) THEN ${best} END AS ${quoteId(fact)}`;
}

function valueAndKey(fact: (typeof SCOPE_FACT_NAMES)[number]): string[] {
  const values = worstFirst(fact);
  const { value, key, rule } = touchedColumns(fact);
  const text = `(${quoteTexts(values.map(String))})[${quoteId(fact)}.rank]`;
  return [
    `${text}::${factType(fact)} AS ${quoteId(value)}`,
    ...[`key AS ${quoteId(key)}`, `rule AS ${quoteId(rule)}`].map((part) => `${quoteId(fact)}.${part}`),
  ];
}

/** A key of each environment and value of a fact: a grant on every key touches no scope that these do not show. */
const ONE_KEY_OF_EACH = `CREATE TEMP TABLE star_keys AS SELECT DISTINCT environment, key_id FROM (
  SELECT environment, min(key_id) AS key_id FROM touched_keys
  GROUP BY GROUPING SETS (${SCOPE_FACT_NAMES.map((fact) => `(environment, ${quoteId(fact)})`).join(', ')}))`;
