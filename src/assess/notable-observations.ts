import type { Observation, Outcome, Policy, SubjectKind } from '../model/index.js';
import type { Store } from '../store/index.js';
import type { FindingExamples } from './finding-examples.js';

/** Most observations of one policy that the assessment contains. */
export const OBSERVATION_LIMIT = 1000;

type Row = Omit<Observation, 'subject'> & { kind: SubjectKind; subjectId: string };

/**
 * Returns failed, erring and evidence-lacking observations, at most 1,000 for each policy, by policy: failed first, by
 * severity, then subject id.
 * @param examples failures that a finding names; they are kept whatever else is cut.
 */
export async function notableObservations(
  policies: readonly Policy[],
  examples: FindingExamples,
  store: Store,
): Promise<Observation[]> {
  const named = [...examples.values()].flatMap(({ ids }) => ids);
  const rows = await store.query<Row>(select([...new Set(named)]));
  const known = new Set(policies.map(({ id }) => id));
  return rows.filter(({ ruleId }) => known.has(ruleId)).map(observation);
}

const NOTABLE: readonly Outcome[] = ['fail', 'error', 'no-evidence'];

const LISTED = NOTABLE.map((outcome) => `'${outcome}'`).join(', ');

const ORDER = `list_position([${LISTED}], outcome),
  list_position(['critical', 'high', 'medium', 'low'], severity) NULLS LAST, "subjectId"`;

/**
 * Returns the SQL query that chooses the rows before it reads what they contain; named ids come first. Ids are
 * hexadecimal, so they need no quoting.
 */
function select(named: readonly string[]): string {
  const first = named.length > 0 ? `id IN (${named.map((id) => `'${id}'`).join(', ')}) DESC, ` : '';
  return `WITH listed AS (SELECT rowid FROM observations WHERE outcome IN (${LISTED})
      QUALIFY row_number() OVER (PARTITION BY "ruleId" ORDER BY ${first}${ORDER}) <= ${OBSERVATION_LIMIT})
    SELECT id, "ruleId", kind, "subjectId", outcome, severity, violations, missing, reasons, error
    FROM observations WHERE rowid IN (FROM listed) ORDER BY "ruleId", ${ORDER}`;
}

function observation(row: Row): Observation {
  return {
    id: row.id,
    ruleId: row.ruleId,
    subject: { kind: row.kind, id: row.subjectId },
    outcome: row.outcome,
    severity: row.severity,
    violations: violationsOf(row.violations),
    missing: row.missing,
    reasons: row.reasons,
    error: row.error,
  };
}

/** Parses violations. The store keeps them as JSON text, because their facts differ from policy to policy. */
function violationsOf(stored: unknown): Observation['violations'] {
  return typeof stored === 'string' ? JSON.parse(stored) : (stored as Observation['violations']);
}
