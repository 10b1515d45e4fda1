import {
  type Observation,
  resultOfElements,
  type Severity,
  type SourceRef,
  type Violation,
} from '../../model/index.js';
import { formatCount, plural, shortHash } from '../../text/format.js';
import { SEVERITY_WORDS } from '../text/words.js';

/** A record as a report cites it. */
export type RecordView = { file: string; record: string; sha256: string | null };

/** One reason why a check failed. */
export type ViolationView = {
  /** The sentence. */
  message: string;
  /** `age_days 122; risk_tier high`: the values relied on; null if there are none. */
  facts: string | null;
  /** Records relied on. */
  records: RecordView[];
  /** `and 3 more records`; null if all are shown. */
  moreRecords: string | null;
};

/** A failed check as a report prints it. */
export type FindingView = {
  /** Stable id. */
  id: string;
  /** Subject id. */
  subject: string;
  /** Internal severity; names its icon. */
  severity: Severity;
  /** Severity as printed. */
  severityWord: string;
  /** Why it failed; at most three. */
  violations: ViolationView[];
  /** `2 more reasons in assessment.json`; null if all are shown. */
  moreViolations: string | null;
};

const MOST_VIOLATIONS = 3;

/**
 * Returns a failed observation as printed, with at most `records` records for each violation.
 *
 * @param elements ids of the elements that count; default: all of the policy.
 */
export function findingView(
  observation: Observation,
  records: number,
  elements: readonly string[] | null = null,
): FindingView {
  const violations = observation.violations.filter(({ element }) => elements?.includes(element) ?? true);
  const left = violations.length - MOST_VIOLATIONS;
  const severity = resultOfElements(observation, elements).severity ?? 'low';
  return {
    id: observation.id,
    subject: observation.subject.id,
    severity,
    severityWord: SEVERITY_WORDS[severity],
    violations: violations.slice(0, MOST_VIOLATIONS).map((item) => violationView(item, records)),
    moreViolations: left > 0 ? `${plural(left, 'more reason')} in assessment.json` : null,
  };
}

function violationView(violation: Violation, most: number): ViolationView {
  const left = violation.records.length - most;
  return {
    message: violation.message,
    facts: factsText(violation.facts),
    records: violation.records.slice(0, most).map(recordView),
    moreRecords: left > 0 ? `and ${plural(left, 'more record')}` : null,
  };
}

/** Returns a record as a report cites it, with the start of its file's hash. */
export function recordView({ file, record, sha256 }: SourceRef): RecordView {
  return { file, record, sha256: sha256 === undefined ? null : shortHash(sha256) };
}

/** Returns `age days 122; risk tier high`: the values that a violation relies on; null if there are none. */
export function factsText(facts: Violation['facts']): string | null {
  const parts = Object.entries(facts).map(
    ([name, value]) => `${name.replaceAll('_', ' ')} ${factText(value)}`,
  );
  return parts.length === 0 ? null : parts.join('; ');
}

function factText(value: Violation['facts'][string]): string {
  if (value === null) return 'unknown';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'number' && value >= 10_000 && Number.isInteger(value)
    ? formatCount(value)
    : String(value);
}
