import {
  type Grade,
  type Limit,
  type NamedElement,
  OUTCOMES,
  type OutcomeCounts,
  type Severity,
  type SubjectKind,
} from '../model/index.js';
import type { MappingUse } from './mapping-use.js';

/** A number of subjects that share a field. */
export type FieldCount = {
  /** Dossier path or fact. */
  field: string;
  /** Subjects. */
  subjects: number;
};

/** Everything known about one policy as evidence for one control. */
export type MappingState = {
  /** Policy id. */
  ruleId: string;
  /** Kind of subject it examines; null if the policy was not part of the run. */
  kind: SubjectKind | null;
  /** What of the policy counts. */
  use: MappingUse;
  /** The elements that count; empty if the policy was not part of the run. */
  elements: NamedElement[];
  /** Whose limit decides each of these elements, in the same order. */
  limits: Limit[];
  /** Whether the policy has other elements. */
  inPart: boolean;
  /** Ids of the elements that count and failed on at least one subject in scope. */
  failed: string[];
  /** Grade after unknown facts were taken into account. */
  grade: Grade;
  /** What this evidence does not show. */
  limitation: string | null;
  /** Observations in scope. */
  population: number;
  /** Observations known to be out of scope. */
  outOfScope: number;
  /** Observations out of scope by a default of keyproof.yaml alone: no record and no rule states it. */
  notStated: number;
  /** Observations left out because a fact is unknown. */
  undecided: number;
  /** The facts that were unknown, most subjects first. */
  undecidedFields: FieldCount[];
  /** The facts that were unknown if the mapping accepts that, most subjects first. */
  acceptedFields: FieldCount[];
  /** Outcomes of the observations in scope. */
  outcomes: OutcomeCounts;
  /** Of those without evidence, how many only wait for the end of the time allowed. */
  waiting: number;
  /** Worst severity among the failures in scope. */
  severity: Severity | null;
  /** Whether it fails against defaults of keyproof only, and the control itself gives none of these numbers. */
  byDefault: boolean;
  /** Whether it does so in a framework in which that is no exception. */
  observed: boolean;
  /** Failures against nothing but keyproof's defaults; 0 if the framework does not call these observations. */
  defaultFailures: number;
  /** Worst severity of the other failures; null if there are none. */
  severityBeyondDefaults: Severity | null;
  /** Elements without a limit of keyproof's by which the other failures failed, in the order of the policy. */
  failedBeyondDefaults: string[];
  /** Ids of the worst failures in scope, at most 20. */
  findings: string[];
  /** What the worst failure in scope says; null if there is none. */
  worst: string | null;
  /** Id of the element that this is about; null if there is none. */
  worstElement: string | null;
  /** Whether the severity may be stated beside a failure. */
  severityShown: boolean;
  /** Fields needed and unknown in scope, most subjects first. */
  missing: FieldCount[];
  /** Subjects of the kind on which the policy gave no observation at all. */
  unevaluated: number;
  /** Whether any export of the subject's kind was supplied. */
  supplied: boolean;
  /** Sentences on inputs that were rejected, cut short or unreadable, so that the population may lack subjects. */
  inputGaps: string[];
};

/** Returns counts of no observations. */
export function noOutcomes(): OutcomeCounts {
  return { fail: 0, 'no-evidence': 0, error: 0, waived: 0, attested: 0, pass: 0, 'not-applicable': 0 };
}

/** Returns the sum of all outcomes. */
export function total(outcomes: OutcomeCounts): number {
  return OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
}

/** Returns the worst severity of the failures that are exceptions: all, unless the framework calls failures of defaults observations. */
export function exceptionSeverity({
  severity,
  severityBeyondDefaults,
  defaultFailures,
}: MappingState): Severity | null {
  return defaultFailures > 0 ? severityBeyondDefaults : severity;
}
