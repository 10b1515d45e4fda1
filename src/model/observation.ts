import type { SubjectKind } from './dossier.js';
import type { Grade } from './framework.js';
import type { Outcome, Severity } from './outcome.js';
import type { SourceRef } from './provenance.js';

/** One reason why a policy failed on a subject. */
export type Violation = {
  /** Element of the policy that it is about. */
  element: string;
  /** One sentence with the values that decide it. */
  message: string;
  /** Severity, if this violation is worse or milder than the policy's default. */
  severity?: Severity;
  /** The values relied on, by name; never a secret. */
  facts: { [name: string]: string | number | boolean | null | string[] };
  /** The records relied on. */
  records: SourceRef[];
};

/** What a policy showed about one of its elements on one subject. */
export type ElementOutcome = {
  /** Element id. */
  element: string;
  /** Result. */
  outcome: Outcome;
  /** Worst severity of its violations; null unless it failed or is waived. */
  severity: Severity | null;
  /** Dossier paths that were needed for it and unknown; sorted. */
  missing: string[];
  /** Why it does not concern the subject; sorted. */
  reasons: string[];
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
  /** Worst severity of its violations; null unless it failed or is waived. */
  severity: Severity | null;
  /** Why it failed; sorted by severity then message. */
  violations: Violation[];
  /** Dossier paths that were needed and unknown; sorted. */
  missing: string[];
  /** Why the policy does not concern the subject; sorted. */
  reasons: string[];
  /** What went wrong, for `error`. */
  error: string | null;
  /**
   * The result of each element, in the order of METADATA; empty if the policy has one element, or if all have the same
   * outcome for the same reasons, which are then those above.
   */
  elements: ElementOutcome[];
};

/** A control that a failure counts for: its mapping takes a failed element, and the subject is in its scope. */
export type CountedControl = {
  /** Framework id. */
  framework: string;
  /** Control id. */
  control: string;
  /** How much the policy speaks for it. */
  grade: Grade;
};

/** An observation with the controls that it counts for, once the frameworks are assessed. */
export type JudgedObservation = Observation & {
  /** Id of the accepted exception that names it: in force if the outcome is `waived`, not in force if it fails; absent if none does. */
  waiver?: string;
  /** As-of date of the first pack in which the failure was seen, ISO date-time UTC; absent if no previous pack was given, or it does not fail. */
  firstSeen?: string;
  /** Controls that the failure counts for, in the order of the frameworks; empty unless it failed. */
  controls: CountedControl[];
};
