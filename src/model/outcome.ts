/** The result of one policy on one subject. Absence is never success: missing data is `no-evidence`. */
export type Outcome =
  /** Tested on data; no violation. */
  | 'pass'
  /** At least one violation, proved by a record. */
  | 'fail'
  /** Data the policy requires is missing. */
  | 'no-evidence'
  /** The policy states why it does not concern this subject. */
  | 'not-applicable'
  /** The policy could not be evaluated on this subject. */
  | 'error'
  /** A document is on record and answered for; its content was not tested. */
  | 'attested'
  /** A violation covered by an accepted exception that has not expired. */
  | 'waived';

/** All outcomes, in the order reports list them. */
export const OUTCOMES: readonly Outcome[] = [
  'fail',
  'no-evidence',
  'error',
  'waived',
  'attested',
  'pass',
  'not-applicable',
];

/** Severity of a violation. The policy's, unless the violation states its own. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Severities from worst to least. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Returns the worst of severities; null, which counts as none, if there is none. */
export function worstSeverity(severities: readonly (Severity | null)[]): Severity | null {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? null;
}
