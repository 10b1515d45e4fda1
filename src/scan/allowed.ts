import { startOfDay } from '../text/start-of-day.js';
import type { AllowComment } from './allow-comments.js';
import type { ScanFinding } from './report.js';

/** An allow comment in a file of now. */
export type PlacedComment = AllowComment & {
  /** Path. */
  path: string;
};

/**
 * Returns findings of which those that a comment allows are suppressed, with a finding for each comment that allows nothing, has
 * no reason, whose date is none, or that is past it. Such a comment suppresses nothing.
 * @param today day of the scan, `2026-09-30`, UTC
 */
export function withAllowed(
  findings: readonly ScanFinding[],
  comments: readonly PlacedComment[],
  today: string,
): ScanFinding[] {
  const used = new Set<PlacedComment>();
  const judged = findings.map((finding) => {
    const comment = comments.find((each) => allows(each, finding));
    if (!comment) return finding;
    used.add(comment);
    return faultOf(comment, today) === null ? allowed(finding, comment) : finding;
  });
  const faults = comments.flatMap((comment) => {
    const fault = faultOf(comment, today) ?? (used.has(comment) ? null : UNUSED);
    return fault === null ? [] : [faultFinding(comment, fault)];
  });
  return [...judged, ...faults];
}

function allows({ path, line, rule, isAlone }: PlacedComment, finding: ScanFinding): boolean {
  if (!finding.present || finding.path !== path) return false;
  const target = isAlone ? line + 1 : line;
  return finding.line === target && (rule === '*' || rule === finding.rule);
}

type Fault = { rule: string; reason: string };

const UNUSED: Fault = { rule: 'allow-unused', reason: 'the comment allows nothing that is found' };
const NO_RULE: Fault = {
  rule: 'allow-without-rule',
  reason: 'the comment names no rule; write the rule, or * for all, after keyproof:allow',
};
const NO_REASON: Fault = {
  rule: 'allow-without-reason',
  reason: 'the comment states no reason; write reason="..." after the rule',
};
const NO_DAY: Fault = {
  rule: 'allow-invalid-date',
  reason: 'until of the comment is no date; write it as 2027-01-01',
};
const EXPIRED: Fault = { rule: 'allow-expired', reason: 'the comment is past its date' };

function faultOf({ rule, reason, until }: AllowComment, today: string): Fault | null {
  if (rule === '') return NO_RULE;
  if (reason === null) return NO_REASON;
  if (until !== null && startOfDay(until) === null) return NO_DAY;
  return until !== null && until < today ? EXPIRED : null;
}

function allowed(finding: ScanFinding, { reason }: PlacedComment): ScanFinding {
  if (finding.state === 'suppressed') return finding;
  return { ...finding, state: 'suppressed', suppressedBy: 'allowed', reason };
}

function faultFinding({ path, line }: PlacedComment, { rule, reason }: Fault): ScanFinding {
  return markFinding({ rule, path, line, reason, fingerprint: '' });
}

/** Returns the finding that a comment, or an entry of a baseline, is no longer good. */
export function markFinding({
  rule,
  path,
  line,
  reason,
  fingerprint,
}: Pick<ScanFinding, 'rule' | 'path' | 'line' | 'fingerprint'> & { reason: string }): ScanFinding {
  return {
    rule,
    path,
    line,
    column: 1,
    commit: null,
    authorDate: null,
    firstSeen: null,
    present: true,
    clientSide: false,
    shape: 'format',
    fingerprint,
    secretSha256: null,
    state: 'open',
    suppressedBy: null,
    reason,
  };
}
