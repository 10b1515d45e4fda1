import type {
  Instant,
  JudgedObservation,
  KeyLife,
  Observation,
  SourceRef,
  Subject,
  SubjectOutcome,
  Violation,
} from '../model/index.js';

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

/** Returns the outcome in a row of observations.parquet. */
export function subjectOutcomeOf(row: Row): SubjectOutcome {
  return {
    ruleId: String(row['rule_id']),
    subjectId: String(row['subject_id']),
    outcome: row['outcome'] as Observation['outcome'],
  };
}

/** Returns the subject in a row of subjects.parquet; the columns that are not its own fields are its facts. */
export function subjectOf({ kind, id, label, owner, status, source, life, scope, ...facts }: Row): Subject {
  return {
    kind: kind as Subject['kind'],
    id: String(id),
    label: label as string | null,
    owner: owner as string | null,
    status: status as string | null,
    facts: facts as Subject['facts'],
    life: life === null ? null : lifeOf(life as Row),
    source: source === null ? null : sourceOf(source as Row),
    ...(scope === undefined ? {} : { scope: scope as NonNullable<Subject['scope']> }),
  };
}

/** Returns the life of a key in a row; the column is of the same shape, but for days that an Instant leaves out. */
function lifeOf({ created, rotated, used, expires, revoked, ...rest }: Row): KeyLife {
  const dates = { created, rotated, used, expires, revoked };
  const instants = Object.entries(dates).map(([name, value]) => [name, instantOf(value as Row | null)]);
  return { ...rest, ...Object.fromEntries(instants) } as KeyLife;
}

function instantOf(row: Row | null): Instant | null {
  if (row === null) return null;
  const { day, ...instant } = row;
  return (day === null ? instant : row) as Instant;
}

/** Returns the source in a row. The column has null for an unknown SHA-256; the model leaves it out. */
function sourceOf({ file, record, sha256 }: Row): SourceRef {
  const source = { file: String(file), record: String(record) };
  return sha256 === null ? source : { ...source, sha256: String(sha256) };
}
