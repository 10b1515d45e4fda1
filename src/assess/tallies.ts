import type { ElementOutcome, Outcome, Severity, SubjectKind } from '../model/index.js';
import type { Store } from '../store/index.js';
import { NOT_OVER } from '../text/not-over.js';
import type { FactSets } from './fact-sets.js';
import type { Facts } from './facts.js';

/** Observations of one policy that agree in outcome, severity, elements and every fact a predicate can name. */
export type Tally = {
  /** Policy. */
  ruleId: string;
  /** Kind of subject. */
  kind: SubjectKind;
  /** Number of the set of facts in the store; null if the subject is in no set. */
  factSet: number | null;
  /** Result. */
  outcome: Outcome;
  /** Severity of the failure; null unless it failed. */
  severity: Severity | null;
  /** Results of the elements; empty if they are that of the policy. */
  elements: (Pick<ElementOutcome, 'element' | 'outcome' | 'severity'> & { waits: boolean })[];
  /** Whether it lacks evidence only because the time allowed is not over. */
  waits: boolean;
  /** Known facts of these subjects, including those of the entity. */
  facts: Facts;
  /** What failures of the organisation or a person are about, if that is known; empty otherwise. */
  items: Item[];
  /** The same as the store has it; null if empty. */
  itemsText: string | null;
  /** Number of observations. */
  count: number;
};

/** What a violation is about: a key, a log or a found secret. */
export type Item = {
  /** Element of the violation. */
  element: string;
  /** Its facts about scope; empty if it is about the subject itself. */
  facts: Facts;
};

/** Observations of one policy in which one dossier path was needed and unknown. */
export type MissingTally = {
  /** Policy. */
  ruleId: string;
  /** Dossier path. */
  field: string;
  /** Ids of the elements that it concerns; empty for all of them. */
  elements: string[];
  /** Known facts of these subjects, including those of the entity. */
  facts: Facts;
  /** Number of observations. */
  count: number;
};

/** Everything the verdicts count, aggregated by the database: its size does not grow with the number of subjects. */
export type Tallies = {
  /** Observations. */
  observations: Tally[];
  /** Missing fields. */
  missing: MissingTally[];
};

type Row<T> = Omit<T, 'facts' | 'items'> & { kind: SubjectKind; factSet: number | null };

/** Returns the condition that a result without evidence only waits for the end of the time allowed. */
function waits(row: string): string {
  return `(${row}.outcome = 'no-evidence' AND len(${row}.missing) > 0
    AND len([path FOR path IN ${row}.missing IF NOT ends_with(path, '${NOT_OVER}')]) = 0)`;
}

const JOINED = `LEFT JOIN subjects s ON s.kind = o.kind AND s.id = o."subjectId"`;

const OBSERVATIONS = `SELECT o."ruleId" AS "ruleId", o.kind AS kind, o.outcome AS outcome, o.severity AS severity,
    [{'element': e.element, 'outcome': e.outcome, 'severity': e.severity, 'waits': ${waits('e')}} FOR e IN o.elements] AS elements,
    ${waits('o')} AS waits,
    s.fact_set AS "factSet", o.items AS "itemsText", count(*) AS count
  FROM observations o ${JOINED} GROUP BY ALL ORDER BY ALL`;

/** A field missing for the policy as a whole concerns every element; else it concerns those that lack it. */
const MISSING = `SELECT o."ruleId" AS "ruleId", o.kind AS kind, o.field AS field, o.elements AS elements,
    s.fact_set AS "factSet", count(*) AS count
  FROM (
    SELECT "ruleId", kind, "subjectId", unnest(missing) AS field, []::VARCHAR[] AS elements
      FROM observations WHERE len(missing) > 0 AND len(elements) = 0
    UNION ALL
    SELECT "ruleId", kind, "subjectId", field, list_sort(list(element)) AS elements
      FROM (SELECT "ruleId", kind, "subjectId", e.element AS element, unnest(e.missing) AS field
        FROM (SELECT "ruleId", kind, "subjectId", unnest(elements) AS e FROM observations WHERE len(missing) > 0))
      GROUP BY ALL
  ) o ${JOINED} GROUP BY ALL ORDER BY ALL`;

/** Counts all observations in two passes of the database. */
export async function readTallies(store: Store, factSets: FactSets): Promise<Tallies> {
  const observations = await store.query<Row<Tally>>(OBSERVATIONS);
  const missing = await store.query<Row<MissingTally>>(MISSING);
  return {
    observations: observations.map((row) => ({
      ...row,
      facts: factSets.factsOf(row.kind, row.factSet),
      items: itemsOf(row.itemsText, factSets),
    })),
    missing: missing.map(({ kind, factSet, ...row }) => ({ ...row, facts: factSets.factsOf(kind, factSet) })),
  };
}

/** Returns what violations are about, from the text of the store. */
export function itemsOf(text: string | null, { itemFacts }: FactSets): Item[] {
  if (text === null) return [];
  const items = JSON.parse(text) as { element: string; factSet: number | null }[];
  return items.map(({ element, factSet }) => ({
    element,
    facts: factSet === null ? {} : itemFacts(factSet),
  }));
}
