import type { SeverityCounts } from './assessment.js';
import type { SubjectKind } from './dossier.js';
import type { FollowUp } from './follow-up.js';
import type { CountedControl } from './observation.js';
import type { Severity } from './outcome.js';
import type { Effort } from './policy.js';

/** A control, as lists of controls name it. */
export type NamedControl = Pick<CountedControl, 'framework' | 'control'>;

/** One row of the plan of work: a rule that failed, and what to do about it. */
export type Action = {
  /** Rule that failed. */
  ruleId: string;
  /** Place in the plan, from 1: by severity, then by how many and what share failed in the worst environment. */
  priority: number;
  /** What to do, in a line, as the METADATA of the rule states it (`action`); the title of the rule if it does not. */
  title: string;
  /** How to do it, as the METADATA of the rule states it (`remediation`). */
  remedy: string;
  /** Worst severity among the failures. */
  severity: Severity;
  /** Kind of work, as the METADATA of the rule states it; null if it does not. */
  effort: Effort | null;
  /** Kind of subject examined. */
  kind: SubjectKind;
  /** Subjects that failed. */
  failed: number;
  /** Subjects that were tested: those that passed or failed. */
  tested: number;
  /** Subjects that lack evidence. */
  undecided: number;
  /** Subjects that the rule does not concern. */
  notApplicable: number;
  /** Failures by severity; they add up to `failed`. */
  severities: SeverityCounts;
  /** Failures by environment, the worst first: production, staging, development, test, sandbox, not stated; they add up to `failed`. */
  environments: {
    /** Environment of the subjects; null if it is not stated or the kind of subject has none. */
    environment: string | null;
    /** Subjects that failed. */
    failed: number;
  }[];
  /** Failures by owner, most first, then by name; without an owner last. They add up to `failed`. */
  owners: {
    /** Owner as subjects.parquet has it; null if none is stated or the kind of subject has none. */
    owner: string | null;
    /** Subjects that failed. */
    failed: number;
  }[];
  /** What people wrote about it in a checklist; absent if nothing. */
  followUp?: FollowUp;
  /** As-of date of the first pack that has the oldest of its failures, ISO date-time UTC; absent if no previous pack was given. */
  firstSeen?: string;
  /** Failures whose due date is before the as-of date; absent if no previous pack was given. */
  overdue?: number;
  /**
   * Suggested date by when to be done: the as-of date and the days that keyproof.yaml gives the severity. With a previous pack it
   * is the earliest due date of its failures, each counted from when it was first seen.
   */
  due: {
    /** ISO day, UTC. */
    date: string;
    /** Days from the as-of date, or, with a previous pack, from when a failure was first seen. */
    days: number;
  };
  /** Controls that at least one of the failures counts for, in the order of the frameworks. */
  controls: NamedControl[];
  /** The evidence that shows it done, one or two sentences. */
  closedBy: string;
  /** Ids of the failed observations, worst first, then by subject id, at most 1,000. */
  findings: string[];
};

/** Subjects of one kind by their failures. */
export type SubjectFailures = {
  /** Kind of subject. */
  kind: SubjectKind;
  /** Subjects examined. */
  subjects: number;
  /** Subjects on which at least one rule passed or failed. */
  tested: number;
  /** Subjects with a failure of any rule. */
  failed: number;
  /** The same by the worst severity of their failures; they add up to `failed`. */
  worst: SeverityCounts;
  /** Subjects without a failure that lack evidence for at least one rule. */
  undecided: number;
};

/** Something missing, and what it would decide. A check is one rule on one subject. */
export type MissingEvidence = {
  /** Kind of record (`rotations`), field (`key.risk_tier`), fact (`pci_scope`), or rule that a document is missing for (`attestations.gov-policy-current`). */
  path: string;
  /** What it is, in words. */
  label: string;
  /** What a person would supply: an export, a field of the subjects' own records, a fact of keyproof.yaml, or the record of a document. */
  kind: 'export' | 'field' | 'fact' | 'document';
  /** Checks that nothing else keeps undecided. 0 for what only decides for which controls checks count, what lacks in checks that failed, and exports without which there is nothing to check. */
  alone: number;
  /** Checks that it and possibly more keep undecided. */
  together: number;
  /** Rules concerned, sorted. */
  rules: string[];
  /** Controls concerned, in the order of the frameworks. */
  controls: NamedControl[];
  /** How to get it, one sentence. */
  how: string;
};
