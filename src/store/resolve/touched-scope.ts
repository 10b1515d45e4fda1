import { quoteId, quoteTexts } from '../../duckdb/sql.js';
import { type AuditPlan, SCOPE_FACT_NAMES, SCOPE_FACTS } from '../../model/index.js';
import { IS_SECRET } from '../terms/conditions.js';
import { scopeColumns } from './stated-scope.js';

/** Columns of a fact in `touched`: its value, and the first key it is taken from. */
export const touchedColumns = (fact: string) => ({ value: `${fact}_value`, key: `${fact}_key` });

/**
 * Returns the statements that create `touched` (kind, name, and for each fact its value and a key): the scope that people,
 * repositories and logs have from the keys they touch, as records or rules state it of the keys. A person touches the
 * keys of the grants held in the audited time and the keys owned; a repository those it names and those found in it; a log those of
 * its events. One key in scope is enough; out of scope is only what touches keys that all are stated to be.
 */
export function createTouched(plan: AuditPlan): string[] {
  const facts = SCOPE_FACT_NAMES.map((fact) => bestOf(fact));
  return [
    `CREATE TEMP TABLE touched_keys AS SELECT key_id, environment, ${SCOPE_FACT_NAMES.map(ranked).join(', ')} FROM keys`,
    `CREATE TEMP TABLE star_keys AS ${SCOPE_FACT_NAMES.map(oneOfEach).join(' UNION ')}`,
    `CREATE TEMP TABLE touching AS ${pairs(plan).join(' UNION ')}`,
    `CREATE TABLE touched AS SELECT kind, name, ${SCOPE_FACT_NAMES.flatMap(valueAndKey).join(', ')}
      FROM (SELECT t.kind, t.name, ${facts.join(', ')} FROM touching t JOIN touched_keys k USING (key_id) GROUP BY ALL)`,
    'DROP TABLE touching',
    'DROP TABLE star_keys',
    'DROP TABLE touched_keys',
  ];
}

/** The values of a fact, the one that puts a subject in the narrowest scope first. */
function worstFirst(fact: (typeof SCOPE_FACT_NAMES)[number]): readonly (string | boolean)[] {
  return SCOPE_FACTS[fact];
}

function ranked(fact: (typeof SCOPE_FACT_NAMES)[number]): string {
  const { value } = scopeColumns(fact);
  const texts = worstFirst(fact).map(String);
  return `list_position(${quoteTexts(texts)}, ${quoteId(value)}::VARCHAR) AS ${quoteId(fact)}`;
}

/** The rank of the narrowest scope with the first key that has it; null if none is stated, or some is not and the others are out. */
function bestOf(fact: (typeof SCOPE_FACT_NAMES)[number]): string {
  const out = worstFirst(fact).length;
  const best = `min({'rank': k.${quoteId(fact)}, 'key': k.key_id}) FILTER (k.${quoteId(fact)} IS NOT NULL)`;
  return `CASE WHEN min(k.${quoteId(fact)}) < ${out} OR bool_and(k.${quoteId(fact)} IS NOT NULL) THEN ${best} END AS ${quoteId(fact)}`;
}

function valueAndKey(fact: (typeof SCOPE_FACT_NAMES)[number]): string[] {
  const values = worstFirst(fact);
  const { value, key } = touchedColumns(fact);
  const text = `(${quoteTexts(values.map(String))})[${quoteId(fact)}.rank]`;
  const typed = typeof values[0] === 'boolean' ? `${text}::BOOLEAN` : text;
  return [`${typed} AS ${quoteId(value)}`, `${quoteId(fact)}.key AS ${quoteId(key)}`];
}

/** A key of each environment and value: a grant on every key touches no scope that these do not show. */
function oneOfEach(fact: (typeof SCOPE_FACT_NAMES)[number]): string {
  return `SELECT environment, min(key_id) AS key_id FROM touched_keys GROUP BY environment, ${quoteId(fact)}`;
}

/** SELECTs of (kind, name, key_id): what touches which key. */
function pairs({ period, asOfMs }: AuditPlan): string[] {
  const held = `(g.effect = 'deny') IS NOT TRUE AND (g.removed_at."ms" < ${period?.startMs ?? asOfMs}) IS NOT TRUE`;
  return [
    `SELECT 'principal' AS kind, g.principal_id AS name, g.key_id FROM grants g JOIN principals USING (principal_id)
      WHERE ${held} AND g.key_state = 'known'`,
    `SELECT 'principal', g.principal_id, k.key_id FROM grants g JOIN principals USING (principal_id)
      JOIN star_keys k ON g.environment IS NULL OR g.environment = k.environment WHERE ${held} AND g.key_id = '*'`,
    `SELECT 'principal', owner_id, key_id FROM keys WHERE owner_id IS NOT NULL`,
    `SELECT 'repository', coalesce(n.id, named.name), named.key_id FROM (SELECT unnest(repositories) AS name, key_id FROM keys) named
      LEFT JOIN repository_names n ON n.name = lower(named.name)`,
    `SELECT 'repository', f.repository_id, l.key_id FROM secret_findings f JOIN leaked_keys l ON l.finding = f.ordinal
      WHERE ${IS_SECRET} AND f.repository_id <> ''`,
    `SELECT DISTINCT 'log', log, key_id FROM events WHERE key_state = 'known' AND log IS NOT NULL`,
  ];
}
