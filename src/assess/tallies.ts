import type { Outcome, Severity, SubjectKind } from '../model/index.js';
import type { Store } from '../store/index.js';
import type { FactSets } from './fact-sets.js';
import type { Facts } from './facts.js';

/** Observations of one policy that agree in outcome, severity and every fact a predicate can name. */
export type Tally = {
  /** Policy. */
  ruleId: string;
  /** Result. */
  outcome: Outcome;
  /** Severity of the failure; null unless it failed. */
  severity: Severity | null;
  /** Known facts of these subjects, including those of the entity. */
  facts: Facts;
  /** Number of observations. */
  count: number;
};

/** Observations of one policy in which one dossier path was needed and unknown. */
export type MissingTally = {
  /** Policy. */
  ruleId: string;
  /** Dossier path. */
  field: string;
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

type Row<T> = T & { kind: SubjectKind; factSet: number | null };

const JOINED = `LEFT JOIN subjects s ON s.kind = o.kind AND s.id = o."subjectId"`;

/** Counts all observations in two passes of the database. */
export async function readTallies(store: Store, factSets: FactSets): Promise<Tallies> {
  const observations = await store.query<Row<Omit<Tally, 'facts'>>>(
    `SELECT o."ruleId" AS "ruleId", o.kind AS kind, o.outcome AS outcome, o.severity AS severity, s.fact_set AS "factSet",
      count(*) AS count FROM observations o ${JOINED} GROUP BY ALL ORDER BY ALL`,
  );
  const missing = await store.query<Row<Omit<MissingTally, 'facts'>>>(
    `SELECT o."ruleId" AS "ruleId", o.kind AS kind, o.field AS field, s.fact_set AS "factSet", count(*) AS count
      FROM (SELECT "ruleId", kind, "subjectId", unnest(missing) AS field FROM observations WHERE len(missing) > 0) o
      ${JOINED} GROUP BY ALL ORDER BY ALL`,
  );
  const told = <T extends object>({ kind, factSet, ...row }: Row<T>) => ({
    ...row,
    facts: factSets.factsOf(kind, factSet),
  });
  return { observations: observations.map(told), missing: missing.map(told) };
}
