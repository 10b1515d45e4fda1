import type { SubjectKind } from './dossier.js';
import type { Verdict } from './framework.js';
import type { Outcome, Severity } from './outcome.js';
import type { FactValue } from './plan.js';
import type { ParamValue } from './policy.js';

/** What became of one check (a rule on a subject) between two packs. */
export type CheckChangeKind =
  /** Fails now; the old pack has no such check, or could not decide it, or had it not applicable. */
  | 'new'
  /** Passed or was attested, and fails now. */
  | 'regressed'
  /** An accepted exception covered the failure, and covers it no longer. */
  | 'lapsed'
  /** Failed, and fails now. */
  | 'persisting'
  /** Fails now, under an accepted exception. */
  | 'waived'
  /** Failed, and passes now or is attested. */
  | 'fixed'
  /** Failed, and the rule states now why it does not concern the subject. */
  | 'no-longer-applies'
  /** Failed, and the new pack has no such subject or rule. */
  | 'gone'
  /** Was decided, and lacks evidence now or could not be evaluated. */
  | 'newly-undecided'
  /** Lacked evidence or could not be evaluated, and is decided now without a failure. */
  | 'decided'
  /** Changed between passed, attested and not applicable. */
  | 'otherwise';

/** All kinds of change, in the order of reports. */
export const CHECK_CHANGES: readonly CheckChangeKind[] = [
  'new',
  'regressed',
  'lapsed',
  'persisting',
  'waived',
  'fixed',
  'no-longer-applies',
  'gone',
  'newly-undecided',
  'decided',
  'otherwise',
];

/** Kinds of change that make matters worse: a failure that the old pack does not have. */
export const WORSE_CHANGES: readonly CheckChangeKind[] = ['new', 'regressed', 'lapsed'];

/** What may explain a change, as far as both packs tell. */
export type ChangeCause =
  /** What the rule read about the subject differs, or one of the packs has no such subject, and the files read differ. */
  | 'evidence'
  /** The as-of date or the period differs, and what the rule read depends on it. */
  | 'time'
  /** The source of the rule differs, or one of the packs has no such rule. */
  | 'policy'
  /** A threshold of the rule differs. */
  | 'threshold'
  /** The framework's file says otherwise what decides the control. */
  | 'framework'
  /** An accepted exception covers the failure in one of the packs only. */
  | 'waiver'
  /** Facts that the audit took as given differ (applicability, profile, jurisdictions). */
  | 'scope'
  /** What keyproof.yaml states of exports (`sources`, `classify`) differs, or it differs and the packs do not tell in what. */
  | 'reading'
  /** Another version of keyproof wrote the pack. */
  | 'tool';

/** Causes that people decide: what they alone explain is a choice, no better or worse evidence. */
export const DECIDED_CAUSES: readonly ChangeCause[] = [
  'policy',
  'threshold',
  'framework',
  'waiver',
  'scope',
  'reading',
];

/** All causes, in the order of reports. */
export const CHANGE_CAUSES: readonly ChangeCause[] = ['evidence', 'time', ...DECIDED_CAUSES, 'tool'];

/** One check that differs between two packs, or fails in the new one. */
export type CheckChange = {
  /** Stable id of the check, as in both packs. */
  id: string;
  /** What became of it. */
  change: CheckChangeKind;
  /** Everything that may explain it: one cause explains it alone; several may; none if neither pack tells, or nothing changed. */
  causes: ChangeCause[];
  /** Rule. */
  ruleId: string;
  /** Subject examined. */
  subject: {
    /** Kind. */
    kind: SubjectKind;
    /** Id. */
    id: string;
    /** Name for people; null if not stated. */
    label: string | null;
    /** Accountable person or team; null if not stated. */
    owner: string | null;
  };
  /** Its result in the old pack; null if it has none. */
  old: CheckResult | null;
  /** Its result in the new pack; null if it has none. */
  new: CheckResult | null;
  /** First violation in the newest pack that has one; null if neither has. */
  message: string | null;
};

/** Result of a check in one pack. */
export type CheckResult = {
  /** Outcome. */
  outcome: Outcome;
  /** Severity of the failure; null unless it failed. */
  severity: Severity | null;
};

/** A pack that is compared. */
export type DiffedPack = {
  /** Name of the audited entity. */
  organisation: string;
  /** As-of date, ISO date-time UTC. */
  asOf: string;
  /** Period, ISO dates UTC; null for a point in time. */
  period: {
    /** First moment. */
    from: string;
    /** Last moment. */
    to: string;
  } | null;
  /** Version of keyproof that wrote it. */
  toolVersion: string;
  /** SHA-256 of its assessment.json: which pack it was. */
  assessmentSha256: string;
  /** Checks that failed, by severity. */
  failed: { [S in Severity]: number };
  /** Checks without evidence or in error. */
  undecided: number;
  /** Reasons why it is incomplete. */
  incomplete: number;
  /** Lowest severity that makes the exit code of its audit 1. */
  failOn: Severity | 'none';
};

/** A rule that is not the same in both packs. */
export type RuleDifference = {
  /** Rule. */
  ruleId: string;
  /** `added` and `removed`: one pack has it; `changed`: both have it. */
  what: 'added' | 'removed' | 'changed';
  /** Whether its source differs; null if a pack does not tell. */
  source: boolean | null;
  /** Thresholds that differ. */
  params: {
    /** Parameter. */
    name: string;
    /** Value in the old pack; null if it had none. */
    old: ParamValue | null;
    /** Value in the new pack; null if it has none. */
    new: ParamValue | null;
  }[];
};

/** A fact that the audits did not take as given alike. */
export type FactDifference = {
  /** Name, as under `applicability` in keyproof.yaml. */
  name: string;
  /** Value in the old pack; null if not stated. */
  old: FactValue | null;
  /** Value in the new pack; null if not stated. */
  new: FactValue | null;
};

/** What the packs differ in beside their results. */
export type PackDifferences = {
  /** Whether the as-of date or the period differs. */
  time: boolean;
  /** Input files. */
  inputs: {
    /** Paths that only the new pack has. */
    added: string[];
    /** Paths that only the old pack has: not there now, or ignored. */
    removed: string[];
    /** Paths whose content differs. */
    changed: string[];
    /** Paths that both packs opened and only the old one read: not recognised now, or not readable to the end. */
    unread: string[];
  };
  /** Rules that differ, sorted by id. */
  rules: RuleDifference[];
  /** Facts that differ, sorted by name. */
  facts: FactDifference[];
  /** Whether keyproof.yaml differs, as the run.json of both packs states; null if one of them does not tell. */
  config: boolean | null;
  /**
   * Whether it states otherwise how exports are read (`sources`, `classify`); of packs that do not record that, whether it differs at all. Null
   * if one of the packs does not tell.
   */
  reading: boolean | null;
  /** Whether the rules of `scope` in keyproof.yaml, which state facts of subjects, differ. */
  scope: boolean;
  /** Ids of accepted exceptions that differ, sorted. */
  exceptions: {
    /** Only in the new pack. */
    added: string[];
    /** Only in the old pack. */
    removed: string[];
    /** In both, with another rule, other subjects, dates or words. */
    changed: string[];
  };
  /** Frameworks. Controls of those that only one of the packs assesses are not compared. */
  frameworks: {
    /** Ids of those only in the new pack. */
    added: string[];
    /** Ids of those only in the old pack. */
    removed: string[];
    /** In both, with another file. */
    changed: FrameworkDifference[];
  };
  /** Whether another version of keyproof wrote the new pack. */
  tool: boolean;
};

/** What differs in the file of a framework that both packs assess: its version, and its controls, in the order of the file. */
export type FrameworkDifference = {
  /** Id. */
  id: string;
  /** Version in each pack. */
  versions: {
    /** In the older pack. */
    old: string;
    /** In the newer pack. */
    new: string;
  };
  /** Ids of controls only in the new file. */
  added: string[];
  /** Ids of controls only in the old file. */
  removed: string[];
  /** Ids of controls that the files define differently: mappings, facts that decide what is in scope, words. */
  changed: string[];
};

/** Number of changed checks of one kind. */
export type ChangeCounts = {
  /** All. */
  total: number;
  /** By severity in the new pack, else in the old one; those that failed in neither are not in it. */
  severities: { [S in Severity]: number };
  /** By cause: `several` if more than one may explain it, `unknown` if neither pack tells. */
  causes: { [C in ChangeCause | 'several' | 'unknown']?: number };
  /** Of all of them, those that other settings alone explain: whatever may explain them is a choice of people. */
  bySettings: number;
};

/** Changed checks of one rule. */
export type RuleChanges = {
  /** Rule. */
  ruleId: string;
  /** Title. */
  title: string;
  /** Changed checks by kind; kinds without any are left out. */
  counts: { [K in CheckChangeKind]?: number };
};

/** A control whose verdict differs. */
export type ControlChange = {
  /** Framework. */
  framework: string;
  /** Control. */
  control: string;
  /** Title. */
  title: string;
  /** State in the old pack; null if it has no such control. */
  old: ControlState | null;
  /** State in the new pack; null if it has no such control. */
  new: ControlState | null;
  /** Everything that may explain it. */
  causes: ChangeCause[];
};

/** State of a control in one pack. */
export type ControlState = {
  /** Internal state. */
  verdict: Verdict;
  /** The framework's own words for it. */
  text: string;
};

/** What changed from one evidence pack to another, and why. */
export type PackDiff = {
  /** Version of this format. */
  schemaVersion: '1.0.0';
  /** The pack compared from. */
  old: DiffedPack;
  /** The pack compared to. */
  new: DiffedPack;
  /** What a reader should know first, one sentence each. */
  notes: string[];
  /** What the packs differ in beside their results. */
  differences: PackDifferences;
  /** Subjects that only one of the packs has, by kind; kinds without any are left out. */
  subjects: {
    /** Kind. */
    kind: SubjectKind;
    /** Only in the new pack. */
    added: number;
    /** Only in the old pack. */
    gone: number;
  }[];
  /** Checks by kind of change. */
  counts: { [K in CheckChangeKind]: ChangeCounts };
  /** Checks that passed or were attested in the old pack, and that the new pack does not have. They are in no count. */
  unexamined: number;
  /** Rules with changed checks, sorted by id. */
  rules: RuleChanges[];
  /** Frameworks that either pack assesses: those of the new pack, then those of the old one alone. */
  frameworks: {
    /** Id, as a control or a difference names it. */
    id: string;
    /** What a reader calls it. */
    title: string;
  }[];
  /** Controls whose verdict differs, in the order of the frameworks. */
  controls: ControlChange[];
  /** Number of further controls of those frameworks: their verdict is the same, and they are about other numbers of subjects. */
  otherScope: number;
  /** Every check that differs, or fails in the new pack: by kind of change, severity, rule and subject. */
  changes: CheckChange[];
};

/** Failures and undecided checks of packs, in the order of their as-of dates. */
export type PackTrend = {
  /** Version of this format. */
  schemaVersion: '1.0.0';
  /** What a reader should know first, one sentence each. */
  notes: string[];
  /** The packs, oldest first. */
  packs: DiffedPack[];
};

/** What changed since the previous pack, as an audit with `--previous` states it. */
export type PreviousChanges = {
  /** The previous pack. */
  previous: {
    /** Its as-of date, ISO date-time UTC. */
    asOf: string;
    /** SHA-256 of its assessment.json: which pack it was. */
    assessmentSha256: string;
  };
  /** Checks by what became of them; kinds without any are left out. */
  counts: { [K in CheckChangeKind]?: Omit<ChangeCounts, 'causes' | 'bySettings'> };
  /** Of the fixed ones, those that other settings alone explain, and no evidence; absent in packs written before it was counted. */
  fixedBySettings?: number;
  /** Failures that were to be mended before the as-of date, counted from when each was first seen, by severity. */
  overdue: { [S in Severity]: number };
};
