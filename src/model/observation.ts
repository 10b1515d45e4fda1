import type { SubjectKind } from './dossier.js';
import type { Outcome, Severity } from './outcome.js';
import type { SourceRef } from './provenance.js';

/** One reason why a policy failed on a subject. */
export type Violation = {
  /** One sentence with the values that decide it. */
  message: string;
  /** Severity, where this violation is worse or milder than the policy's default. */
  severity?: Severity;
  /** The values relied on, by name; never a secret. */
  facts: { [name: string]: string | number | boolean | null | string[] };
  /** The records relied on. */
  records: SourceRef[];
};

/** One policy on one subject (OSCAL observation). */
export type Observation = {
  /** Stable id: first 16 hex characters of the SHA-256 of rule id, subject kind and subject id. */
  id: string;
  /** Policy. */
  ruleId: string;
  /** Subject examined. */
  subject: {
    /** Kind. */
    kind: SubjectKind;
    /** Id. */
    id: string;
  };
  /** Result. */
  outcome: Outcome;
  /** Worst severity of its violations; null unless it failed. */
  severity: Severity | null;
  /** Why it failed; sorted by severity then message. */
  violations: Violation[];
  /** Dossier paths that were needed and unknown; sorted. */
  missing: string[];
  /** Why the policy does not concern the subject; sorted. */
  reasons: string[];
  /** What went wrong, for `error`. */
  error: string | null;
};
