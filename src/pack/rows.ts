import type { JudgedObservation, Observation, SourceRef, Subject, Violation } from '../model/index.js';

/** A row of a Parquet file that keyproof wrote. */
type Row = { [column: string]: unknown };

/** Returns the observation in a row of observations.parquet, equal to the one that was written. */
export function observationOf(row: Row): JudgedObservation {
  return {
    id: String(row['id']),
    ruleId: String(row['rule_id']),
    subject: {
      kind: row['subject_kind'] as Observation['subject']['kind'],
      id: String(row['subject_id']),
    },
    outcome: row['outcome'] as Observation['outcome'],
    severity: row['severity'] as Observation['severity'],
    violations: (row['violations'] as Row[]).map(violationOf),
    missing: row['missing'] as string[],
    reasons: row['reasons'] as string[],
    error: row['error'] as string | null,
    elements: row['elements'] as Observation['elements'],
    controls: row['controls'] as JudgedObservation['controls'],
    ...(typeof row['waiver'] === 'string' ? { waiver: row['waiver'] } : {}),
    ...(typeof row['first_seen'] === 'string' ? { firstSeen: row['first_seen'] } : {}),
  };
}

function violationOf({ element, message, severity, facts, records }: Row): Violation {
  return {
    element: String(element),
    message: String(message),
    ...(severity === null ? {} : { severity: severity as NonNullable<Violation['severity']> }),
    facts: JSON.parse(String(facts)) as Violation['facts'],
    records: (records as Row[]).map(sourceOf),
  };
}

/** Returns the subject in a row of subjects.parquet; the columns that are not its own fields are its facts. */
export function subjectOf({ kind, id, label, owner, status, source, evidence, ...facts }: Row): Subject {
  return {
    kind: kind as Subject['kind'],
    id: String(id),
    label: label as string | null,
    owner: owner as string | null,
    status: status as string | null,
    facts: facts as Subject['facts'],
    source: source === null ? null : sourceOf(source as Row),
    ...(evidence === undefined ? {} : { evidence: evidence as NonNullable<Subject['evidence']> }),
  };
}

/** Returns the source in a row. The column has null for an unknown SHA-256; the model leaves it out. */
function sourceOf({ file, record, sha256 }: Row): SourceRef {
  const source = { file: String(file), record: String(record) };
  return sha256 === null ? source : { ...source, sha256: String(sha256) };
}
