import type {
  Assessment,
  JudgedObservation,
  PolicyResult,
  Severity,
  SourceRef,
  Violation,
} from '../../model/index.js';
import { isOverdue } from '../../text/due-day.js';
import { formatCount, plural, shortHash } from '../../text/format.js';
import { firstSeenText } from '../text/changes-text.js';
import { dueDayOf } from '../text/due-day.js';
import { limitText } from '../text/limit-text.js';
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
  /** Whose limit decided it; empty if the policy is not known. */
  limit: string;
  /** `new`, or `since 30 June 2026`; null without a previous pack. */
  seen: string | null;
  /** Whether it was to be mended before the as-of date. */
  overdue: boolean;
  /** Id of the exception that names it and does not hold; null if none does. */
  exception: string | null;
  /** Why it failed; at most three. */
  violations: ViolationView[];
  /** `2 more reasons in assessment.json`; null if all are shown. */
  moreViolations: string | null;
};

const MOST_VIOLATIONS = 3;

/** What a finding is printed with: at most `records` records for each violation, its policy, and the plan. */
export type FindingContext = {
  records: number;
  policy: PolicyResult | undefined;
  plan: Pick<Assessment['plan'], 'asOf' | 'due'>;
};

/** Returns a failed observation as printed. */
export function findingView(
  observation: JudgedObservation,
  { records, policy, plan }: FindingContext,
): FindingView {
  const { id, subject, violations, firstSeen, waiver = null } = observation;
  const left = violations.length - MOST_VIOLATIONS;
  const severity = observation.severity ?? 'low';
  const due = dueDayOf(observation, plan);
  return {
    id,
    subject: subject.id,
    severity,
    severityWord: SEVERITY_WORDS[severity],
    limit: limitText(observation, policy),
    seen: firstSeenText(firstSeen, plan.asOf),
    overdue: due !== null && isOverdue(due, plan.asOf),
    exception: waiver,
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
