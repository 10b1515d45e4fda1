import type { NamedControl } from './actions.js';

/**
 * A calendar day, ISO (`2026-09-30`), UTC.
 *
 * @pattern ^\d{4}-\d{2}-\d{2}$
 * @examples ["2026-09-30"]
 */
export type IsoDay = string;

/**
 * A text that says something.
 *
 * @pattern \S
 * @examples ["CHG-20417"]
 */
export type StatedText = string;

/** Compensating Controls Worksheet, with the fields of PCI DSS v4.0.1, Appendix C. */
export type CompensatingWorksheet = {
  /** Why the requirement cannot be met as stated. */
  constraints: StatedText;
  /** What the compensating controls are, and how they meet the objective and the risk. */
  definition: StatedText;
  /** Objective of the original control, and the objective met. */
  objective: StatedText;
  /** Risk that the lack of the original control adds. */
  identifiedRisk: StatedText;
  /** How the compensating controls were validated and tested. */
  validation: StatedText;
  /** Processes that keep them in place. */
  maintenance: StatedText;
};

/** An accepted exception, as a person writes it in keyproof.yaml or a file of its own. */
export type Waiver = {
  /** Id, such as the number in the bank's own register. */
  id: StatedText;
  /** Rule whose failures it covers. */
  rule: StatedText;
  /** Ids of the subjects; `*` stands for any characters. A pattern of `*` alone is refused: see `allSubjects`. */
  subjects?: StatedText[];
  /** True if it covers every subject of the rule; `subjects` is left out then. */
  allSubjects?: true;
  /** Why the exception is needed. */
  reason: StatedText;
  /** The risk that is accepted. */
  risk: StatedText;
  /** What reduces the risk instead. */
  compensatingControl: StatedText;
  /** The worksheet that PCI DSS asks for; an assessor cannot take the exception for a compensating control without it. */
  worksheet?: CompensatingWorksheet;
  /** Who asked for it. */
  requestedBy: StatedText;
  /** Who accepted the risk; another person. */
  approver: StatedText;
  /** First day it holds. */
  granted: IsoDay;
  /** Last day it holds, UTC, at most one year after `granted`. */
  expires: IsoDay;
  /** Ticket or minute where it is on record. */
  ticket: StatedText;
};

/** A file of accepted exceptions (`--waivers`). */
export type WaiverFile = {
  /** Accepted exceptions. */
  waivers: Waiver[];
};

/** Whether an exception holds at the as-of date. */
export type WaiverState = 'in-force' | 'expired' | 'not-yet-granted';

/** A row of the register of exceptions. */
export type RegisteredWaiver = Omit<Waiver, 'subjects' | 'allSubjects' | 'worksheet'> & {
  /** Ids and patterns of subjects; empty if it covers every subject of the rule. */
  subjects: string[];
  /** Whether it covers every subject of the rule. */
  allSubjects: boolean;
  /** The worksheet of PCI DSS; null if there is none. */
  worksheet: CompensatingWorksheet | null;
  /** Whether it holds at the as-of date. */
  state: WaiverState;
  /** Failures of its rule that it names. They are `waived` if it is in force, and fail otherwise. */
  failures: number;
  /** Ids of these failures, by subject id, at most 1,000. */
  findings: string[];
  /** Controls that these failures would count for if they were not waived, in the order of the frameworks. */
  controls: NamedControl[];
};
