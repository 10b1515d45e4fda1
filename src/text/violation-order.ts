import { SEVERITIES, type Severity, type Violation } from '../model/index.js';
import { compareText } from './compare-text.js';

/** A policy as far as the order of its violations depends on it. */
type Graded = {
  /** Severity of violations that state none. */
  severity: string;
};

/** Returns the severity of a violation: its own, or the policy's; high if neither is one. */
export function severityOf(violation: Violation | undefined, policy: Graded): Severity {
  return violation?.severity ?? SEVERITIES.find((known) => known === policy.severity) ?? 'high';
}

/** Returns the comparison of violations of a policy: the worst first, then by their texts. */
export function compareViolations(policy: Graded): (a: Violation, b: Violation) => number {
  const rank = (violation: Violation): number => SEVERITIES.indexOf(severityOf(violation, policy));
  return (a, b) =>
    rank(a) - rank(b) ||
    compareText(a.message, b.message) ||
    compareText(JSON.stringify(a), JSON.stringify(b));
}

/** Compares records by file and place. @returns -1, 0 or 1. */
export function compareRecords(a: Violation['records'][number], b: Violation['records'][number]): number {
  return compareText(a.file, b.file) || compareText(a.record, b.record);
}
