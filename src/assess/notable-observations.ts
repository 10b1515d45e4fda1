import type { Observation, Outcome, Policy, SubjectKind } from '../model/index.js';
import type { Store } from '../store/index.js';
import { byText } from '../text/compare-text.js';
import type { FindingExamples } from './finding-examples.js';
import type { Tallies } from './tallies.js';

/** Most observations of one policy that the assessment contains. */
export const OBSERVATION_LIMIT = 1000;

type Row = Omit<Observation, 'subject'> & { kind: SubjectKind; subjectId: string };

/**
 * Returns failed, erring and evidence-lacking observations, at most 1,000 for each policy: failed first, by severity,
 * then subject id.
 * @param tallies the outcomes of each policy, so that policies without such observations are not queried.
 * @param examples failures that a finding names; they are kept whatever else is cut.
 */
export async function notableObservations(
  policies: readonly Policy[],
  tallies: Tallies,
  examples: FindingExamples,
  store: Store,
): Promise<Observation[]> {
  const observations: Observation[] = [];
  const counted = tallies.observations.filter(({ outcome }) => NOTABLE.includes(outcome));
  const notable = new Set(counted.map(({ ruleId }) => ruleId));
  for (const { id } of [...policies].sort(byText(({ id }) => id))) {
    if (!notable.has(id)) continue;
    const named = [...examples.values()].filter((one) => one.ruleId === id).flatMap((one) => one.ids);
    const rows = await store.query<Row>(select([...new Set(named)]), [id]);
    observations.push(...rows.map(observation));
  }
  return observations;
}

const NOTABLE: readonly Outcome[] = ['fail', 'error', 'no-evidence'];

const LISTED = NOTABLE.map((outcome) => `'${outcome}'`).join(', ');

const ORDER = `list_position([${LISTED}], outcome),
  list_position(['critical', 'high', 'medium', 'low'], severity) NULLS LAST, "subjectId"`;

/** Returns the SQL query that puts the named ids first. Ids are hexadecimal, so they need no quoting. */
function select(named: readonly string[]): string {
  const first = named.length > 0 ? `id IN (${named.map((id) => `'${id}'`).join(', ')}) DESC, ` : '';
  return `SELECT * FROM (
      SELECT id, "ruleId", kind, "subjectId", outcome, severity, violations, missing, reasons, error
      FROM observations WHERE "ruleId" = ? AND outcome IN (${LISTED})
      ORDER BY ${first}${ORDER} LIMIT ${OBSERVATION_LIMIT}
    ) ORDER BY ${ORDER}`;
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
