import {
  type CountedControl,
  failedElements,
  type JudgedObservation,
  type Observation,
  type Outcome,
  type Policy,
  type SubjectKind,
} from '../model/index.js';
import type { CountedControls, Store } from '../store/index.js';
import { countedKey } from './counted-controls.js';
import type { FindingExamples } from './finding-examples.js';

/** Most observations of one policy that the assessment contains. */
export const OBSERVATION_LIMIT = 1000;

type Row = Omit<Observation, 'subject'> & {
  kind: SubjectKind;
  subjectId: string;
  factSet: number | null;
  items: string | null;
  waiver: string | null;
  firstSeen: string | null;
};

/**
 * Returns failed, waived, erring and evidence-lacking observations, at most 1,000 for each policy, by policy: failed first, by
 * severity, then subject id.
 * @param examples failures that a finding names; they are kept whatever else is cut.
 * @param counted the controls that failures count for.
 */
export async function notableObservations(
  policies: readonly Policy[],
  examples: FindingExamples,
  counted: readonly CountedControls[],
  store: Store,
): Promise<JudgedObservation[]> {
  const controls = new Map(counted.map((one) => [countedKey(one), one.controls]));
  const named = [...examples.values()].flatMap(({ ids }) => ids);
  const rows = await store.query<Row>(select([...new Set(named)]));
  const known = new Set(policies.map(({ id }) => id));
  return rows.filter(({ ruleId }) => known.has(ruleId)).map((row) => observation(row, controls));
}

const NOTABLE: readonly Outcome[] = ['fail', 'waived', 'error', 'no-evidence'];

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
    SELECT o.id AS id, "ruleId", o.kind AS kind, "subjectId", outcome, severity, violations, missing, reasons, error,
      elements, items, waiver, first_seen AS "firstSeen", s.fact_set AS "factSet"
    FROM observations o LEFT JOIN subjects s ON s.kind = o.kind AND s.id = o."subjectId"
    WHERE o.rowid IN (FROM listed) ORDER BY "ruleId", ${ORDER}`;
}

function observation(row: Row, controls: ReadonlyMap<string, readonly CountedControl[]>): JudgedObservation {
  const { ruleId, kind, factSet, outcome, elements, items } = row;
  const key = countedKey({ ruleId, kind, factSet, failed: failedElements(elements), items });
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
    elements,
    controls: outcome === 'fail' ? [...(controls.get(key) ?? [])] : [],
    ...(row.waiver === null ? {} : { waiver: row.waiver }),
    ...(row.firstSeen === null ? {} : { firstSeen: row.firstSeen }),
  };
}

/** Parses violations. The store keeps them as JSON text, because their facts differ from policy to policy. */
function violationsOf(stored: unknown): Observation['violations'] {
  return typeof stored === 'string' ? JSON.parse(stored) : (stored as Observation['violations']);
}
