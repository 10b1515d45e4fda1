import { type Outcome, type Severity, SUBJECT_FACTS, type SubjectKind } from '../model/index.js';
import type { Store } from '../store/index.js';
import type { Fact, Facts } from './facts.js';

/** Observations of one policy that agree in outcome, severity and every fact a predicate can name. */
export type Tally = {
  /** Policy. */
  ruleId: string;
  /** Result. */
  outcome: Outcome;
  /** Severity of the failure; null unless it failed. */
  severity: Severity | null;
  /** What is known of these subjects. */
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
  /** What is known of these subjects. */
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

type FactRow = { [field: string]: Fact };
type Row = FactRow & { ruleId: string; kind: SubjectKind; count: number };

const FIELDS = Object.keys(SUBJECT_FACTS);
const factColumns = FIELDS.map((field) => `s."${field}"`).join(', ');
const joined = `JOIN subjects s ON s.kind = o.kind AND s.id = o."subjectId"`;

/**
 * Counts all observations in two passes of the database.
 * @param organisation what is known of the organisation.
 */
export async function readTallies(store: Store, organisation: Facts): Promise<Tallies> {
  const factsOf = (row: Row): Facts =>
    row.kind === 'organisation'
      ? organisation
      : Object.fromEntries(FIELDS.map((field) => [field, [row[field] ?? null]]));
  const observations = await store.query<Row & { outcome: Outcome; severity: Severity | null }>(
    `SELECT o."ruleId" AS "ruleId", o.kind AS kind, o.outcome AS outcome, o.severity AS severity, ${factColumns},
      count(*) AS count FROM observations o LEFT ${joined} GROUP BY ALL ORDER BY ALL`,
  );
  const missing = await store.query<Row & { field: string }>(
    `SELECT o."ruleId" AS "ruleId", o.kind AS kind, o.field AS field, ${factColumns}, count(*) AS count
      FROM (SELECT "ruleId", kind, "subjectId", unnest(missing) AS field FROM observations WHERE len(missing) > 0) o
      LEFT ${joined} GROUP BY ALL ORDER BY ALL`,
  );
  return {
    observations: observations.map((row) => ({
      ruleId: row.ruleId,
      outcome: row.outcome,
      severity: row.severity,
      facts: factsOf(row),
      count: row.count,
    })),
    missing: missing.map((row) => ({
      ruleId: row.ruleId,
      field: row.field,
      facts: factsOf(row),
      count: row.count,
    })),
  };
}

/** The distinct values of every fact among all subjects; a fact the organisation itself lacks is no value. */
export async function organisationFacts(store: Store): Promise<Facts> {
  const facts: { [field: string]: Fact[] } = {};
  for (const field of FIELDS) {
    const rows = await store.query<{ value: Fact }>(
      `SELECT DISTINCT "${field}" AS value FROM subjects WHERE kind <> 'organisation' OR "${field}" IS NOT NULL ORDER BY ALL`,
    );
    facts[field] = rows.map((row) => row.value);
  }
  return facts;
}
