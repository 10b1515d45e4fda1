import { DuckDBInstance } from '@duckdb/node-api';
import { loadFrameworks } from '../../src/assess/index.js';
import {
  type Assessment,
  type ControlMapping,
  isEntityFact,
  OUTCOMES,
  type Predicate,
} from '../../src/model/index.js';

/** Numbers of subjects of one kind that count for a mapping, by what became of them. */
export type CountedRow = {
  /** `framework control rule`. */
  mapping: string;
  /** Kind of subject of the rule. */
  kind: string;
  /** `in`, `out`, `not-stated` or `undecided`. */
  state: string;
  /** Outcome of the elements that the mapping takes. */
  outcome: string;
  /** Subjects. */
  count: number;
};

type Asked = {
  mapping: string;
  rule: string;
  elements: string[];
  needs: { fact: string; allowed: string[] }[];
};

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const texts = (values: readonly string[]) => `[${values.map(text).join(', ')}]::VARCHAR[]`;

const FACTS = [
  'pci_scope',
  'icfr_relevant',
  'personal_data',
  'carries_pan',
  'protects_stored_account_data',
  'tpp_aspsp_interface',
  'customer_credential',
  'critical_or_important_function',
  'environment',
  'account_kind',
  'interactive_login_capable',
  'external',
];

/**
 * Counts from the two tables of a pack alone, in SQL written for this test, what each mapping of the frameworks counts. The organisation
 * is left out: it has the scope of what it is made of.
 */
export async function countedFromTables(pack: string, { plan }: Assessment): Promise<CountedRow[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const asked = mappingsOf(plan);
  const needs = asked.flatMap(({ mapping, needs: own }) =>
    own.map(({ fact, allowed }) => `(${text(mapping)}, ${text(fact)}, ${texts(allowed)})`),
  );
  const mappings = asked.map(
    ({ mapping, rule, elements }) => `(${text(mapping)}, ${text(rule)}, ${texts(elements)})`,
  );
  const facts = FACTS.map((fact) => `{'fact': ${text(fact)}, 'value': "${fact}"::VARCHAR}`);
  const sql = `
    WITH mapping AS (FROM (VALUES ${mappings.join(', ')}) m(mapping, rule_id, elements)),
    need AS (FROM (VALUES ${needs.join(', ')}) n(mapping, fact, allowed)),
    fact AS (SELECT kind, id, f.fact AS fact, f.value AS value,
        len(list_filter(scope, lambda s: s.fact = f.fact AND s."by" = 'default')) > 0 AS assumed
      FROM (SELECT kind, id, scope, unnest([${facts.join(', ')}]) AS f FROM read_parquet('${pack}/subjects.parquet'))),
    seen AS (SELECT m.mapping, o.subject_kind AS kind, o.subject_id AS id,
        CASE WHEN len(o.elements) = 0 OR len(m.elements) = 0 THEN o.outcome
          ELSE list_sort([list_position(${texts(OUTCOMES)}, e.outcome) FOR e IN o.elements IF list_contains(m.elements, e.element)])[1]::VARCHAR END AS raw
      FROM mapping m JOIN read_parquet('${pack}/observations.parquet') o USING (rule_id) WHERE o.subject_kind <> 'organisation'),
    stated AS (SELECT s.mapping, s.kind, s.id, s.raw,
        coalesce(bool_or(f.value IS NOT NULL AND NOT list_contains(n.allowed, f.value) AND NOT f.assumed), false) AS out,
        coalesce(bool_or(f.value IS NOT NULL AND NOT list_contains(n.allowed, f.value)), false) AS outside,
        coalesce(bool_or(f.value IS NULL AND NOT list_contains(n.allowed, 'unknown')), false) AS unknown
      FROM seen s LEFT JOIN need n ON n.mapping = s.mapping LEFT JOIN fact f ON f.kind = s.kind AND f.id = s.id AND f.fact = n.fact
      GROUP BY ALL)
    SELECT mapping, kind, CASE WHEN out THEN 'out' WHEN outside THEN 'not-stated' WHEN unknown THEN 'undecided' ELSE 'in' END AS state,
      CASE WHEN try_cast(raw AS INTEGER) IS NULL THEN raw ELSE (${texts(OUTCOMES)})[raw::INTEGER] END AS outcome, count(*)::INTEGER AS count
    FROM stated GROUP BY ALL ORDER BY ALL`;
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson() as unknown as CountedRow[];
  connection.closeSync();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Mappings to which nothing stated about the entity is contrary; the bank states every fact about itself. */
function mappingsOf(plan: Assessment['plan']): Asked[] {
  return loadFrameworks(plan.frameworks, {}).frameworks.flatMap((framework) =>
    framework.controls.flatMap((control) =>
      control.policies
        .map((mapping) =>
          asked(mapping, `${framework.id} ${control.id}`, [framework.when, control.when, mapping.when]),
        )
        .filter(({ entity }) => entity.every(([fact, allowed]) => isStated(plan, fact, allowed)))
        .map(({ entity: _, ...one }) => one),
    ),
  );
}

function asked(
  { id, elements = [] }: ControlMapping,
  control: string,
  all: readonly (Predicate | undefined)[],
) {
  const conditions = all.flatMap((one) => Object.entries(one ?? {}));
  const needs = conditions.filter(([fact]) => !isEntityFact(fact));
  return {
    mapping: `${control} ${id}`,
    rule: id,
    elements,
    needs: needs.map(([fact, allowed]) => ({ fact, allowed: allowed.map(String) })),
    entity: conditions.filter(([fact]) => isEntityFact(fact)),
  };
}

function isStated(
  { applicability }: Assessment['plan'],
  fact: string,
  allowed: readonly (string | boolean)[],
): boolean {
  const stated = Object.entries(applicability).find(([name]) => name === fact)?.[1];
  return [stated ?? []].flat().some((value) => allowed.includes(value));
}
