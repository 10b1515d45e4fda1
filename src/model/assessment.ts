import type { Action, MissingEvidence, SubjectFailures } from './actions.js';
import type { PreviousChanges } from './diff.js';
import type { SubjectKind } from './dossier.js';
import type { CarriedFollowUp, FollowUp } from './follow-up.js';
import type { Control, CountedState, Framework, Grade, Verdict } from './framework.js';
import type { InputFile } from './input-file.js';
import type { JudgedObservation } from './observation.js';
import type { Outcome, Severity } from './outcome.js';
import type {
  ChosenPreset,
  DueDays,
  GivenFact,
  Jurisdiction,
  OutputFormat,
  ParamOrigin,
  Profile,
  ScopeRule,
} from './plan.js';
import type { Criterion, Limit, ParamValue, Policy } from './policy.js';
import type { Applicability, EntityFacts, RecordKind } from './records.js';
import type { RegisteredWaiver } from './waiver.js';

/** Number of observations by outcome. */
export type OutcomeCounts = { [O in Outcome]: number };

/** Number of failed observations by severity. */
export type SeverityCounts = { [S in Severity]: number };

/** What one policy showed on its whole population. */
export type PolicyResult = Omit<Policy, 'reads' | 'elements'> & {
  /** Members of the dossier that it may read, sorted; null if it may read anything. */
  reads: string[] | null;
  /** Subjects of its kind. */
  population: number;
  /** Observations by outcome; they add up to `population`. */
  outcomes: OutcomeCounts;
  /** Failed observations by severity. */
  severities: SeverityCounts;
  /** Its elements with their results, in the order of METADATA; the policy itself if it declares none. */
  elements: {
    /** Element id. */
    id: string;
    /** A short phrase. */
    title: string;
    /** What a result on it shows; null if the policy declares no elements. */
    shows: string | null;
    /** Whose limit decides it; null if the policy declares no elements. */
    criterion: Criterion | null;
    /** Whose limit decided it. */
    limit: Limit;
    /** Outcomes on the whole population. */
    outcomes: OutcomeCounts;
  }[];
  /** Required fields found unknown, with the number of subjects, most first. */
  missing: {
    /** Dossier path. */
    field: string;
    /** Subjects. */
    subjects: number;
  }[];
  /** Reasons for not applying, with the number of subjects, most first, at most 20. */
  reasons: {
    /** Reason as the policy states it. */
    reason: string;
    /** Subjects. */
    subjects: number;
  }[];
  /** Distinct errors, at most 20. */
  errors: {
    /** Message. */
    message: string;
    /** Subjects. */
    subjects: number;
  }[];
  /** Parameters that a preset or a threshold of keyproof.yaml sets, by name; the others have their defaults. */
  set: {
    [name: string]: {
      /** Default of the rule. */
      from: ParamValue;
      /** What sets it. */
      origin: ParamOrigin;
    };
  };
};

/** One mapping of a control with its result. */
export type MappingResult = {
  /** Policy id. */
  ruleId: string;
  /** How much it speaks for here: a `direct` mapping used on subjects whose facts are unknown is `partial`. */
  grade: Grade;
  /** Elements of the policy that count here; empty if the policy was not part of the run. */
  elements: {
    /** Element id. */
    id: string;
    /** A short phrase. */
    title: string;
  }[];
  /** Whose limit decided the elements that count, each limit once; none of no limit. */
  limits: Limit[];
  /** True if the policy has other elements, which do not count here. */
  inPart: boolean;
  /** Failures against nothing but keyproof's defaults, if the framework calls these observations; absent if there are none. */
  defaultFailures?: number;
  /** Elements that count here and failed against nothing but such defaults, in the order of the policy; absent if there are none. */
  defaultElements?: string[];
  /** What this evidence does not show. */
  limitation: string | null;
  /** Subjects the mapping may be used for. */
  population: number;
  /** Subjects whose applicability is unknown, so that the mapping was not used. */
  undecided: number;
  /** Subjects known to be out of the mapping's scope. */
  outOfScope: number;
  /** Subjects whose scope no record and no rule states, and that only a default of keyproof.yaml keeps out; absent in packs written before it was counted. */
  notStated?: number;
  /** Outcomes of the subjects in scope. */
  outcomes: OutcomeCounts;
  /** Ids of failed observations of subjects in scope, worst first, at most 20; each is in `observations`. */
  findings: string[];
};

/** One control judged (OSCAL finding). */
export type ControlResult = Pick<
  Control,
  'id' | 'group' | 'title' | 'assessor' | 'applicability' | 'status'
> & {
  /** Internal state. */
  verdict: Verdict;
  /** The framework's own words for it. */
  verdictText: string;
  /** The column of the standard's own report that the evidence suggests to the assessor; absent if it suggests none. */
  suggestion?: string;
  /** One sentence: why this verdict. */
  because: string;
  /** What a person must still ask; null if there is nothing. */
  ask: string | null;
  /** Mapped policies with their results, direct first. */
  mappings: MappingResult[];
  /** First 16 hex characters of the SHA-256 over what of its framework file decides it: status, facts it needs, mappings. */
  definition?: string;
};

/** A framework as assessed. */
export type FrameworkResult = Pick<
  Framework,
  | 'id'
  | 'title'
  | 'version'
  | 'issuer'
  | 'source'
  | 'reviewed'
  | 'state'
  | 'read'
  | 'period'
  | 'short_ids'
  | 'disclaimer'
  | 'vocabulary'
  | 'groups'
> & {
  /** Controls by verdict; they add up to `controls.length`. */
  verdicts: { [V in Verdict]: number };
  /** Facts that were unknown, with the number of subjects each kept out. */
  undecided: {
    /** Applicability field. */
    field: string;
    /** Kind of subject. */
    kind: SubjectKind;
    /** Subjects. */
    subjects: number;
    /** Up to 1,000 subject ids, sorted. */
    examples: string[];
  }[];
  /** Every control of the file, in its order. */
  controls: ControlResult[];
};

/** One line of the gap checklist (OSCAL POA&M item): a control that is not supported, and what to do. */
export type PoamItem = {
  /** `<framework>/<control>`. */
  id: string;
  /** Framework id. */
  framework: string;
  /** Control id. */
  control: string;
  /** Control title. */
  title: string;
  /** State in the framework's words. */
  verdictText: string;
  /** Internal state. */
  verdict: Verdict;
  /** Worst severity among the observations in `failed`; null if there is none, or if the framework leaves severity to people. */
  severity: Severity | null;
  /** Why it is on the list. */
  gap: string;
  /** What to do, from the policies' remediation or the question to ask. */
  action: string;
  /** Evidence that is missing, as export and field names. */
  missing: string[];
  /** Policies concerned. */
  rules: string[];
  /** Failed observations; of an exception, without failures that the framework calls observations (`defaultFailures`). */
  failed: number;
  /** What people wrote about it in a checklist; absent if nothing. */
  followUp?: FollowUp;
};

/** What states a fact about scope, for the subjects of one kind: numbers of subjects. */
export type ScopeCount = {
  /** Fact, such as `pci_scope`. */
  fact: string;
  /** Kind of subject. */
  kind: SubjectKind;
  /** By their records. */
  record: number;
  /** By a rule of keyproof.yaml: `scope`, or `constants` of a source. */
  rule: number;
  /** By the keys they touch. */
  keys: number;
  /** By nothing but the default of keyproof.yaml (`applicability`). */
  default: number;
  /** By nothing. */
  unstated: number;
};

/** An input that is not whole, so that what passes by it passes in the part tested. */
export type PartialInput = {
  /** Kinds of record it concerns; empty if it may concern any. */
  kinds: RecordKind[];
  /** Systems that its log entries are of, lower case, sorted; absent if they may be of any. */
  systems?: string[];
  /** What is wrong with it, without a full stop. */
  problem: string;
};

/** Population and completeness of one kind of record. */
export type PopulationRow = {
  /** Table. */
  kind: RecordKind;
  /** Files that gave it. */
  files: number;
  /** Records read. */
  records: number;
  /** Distinct subjects or events after joining duplicates. */
  distinct: number;
  /** Records rejected in those files. */
  rejected: number;
  /** Oldest and newest date in it, epoch ms UTC; null if there is none. */
  range: {
    /** Oldest. */
    firstMs: number;
    /** Newest. */
    lastMs: number;
  } | null;
};

/**
 * Rule by which a name in a record means a key: its id, another name that its record states, its display name, the ARN or the name of
 * a secret of AWS without the six characters at the end, the id of an inventory record of the same key, an access key id that user
 * and creation time prove, the ARN of a replica of the secret in another Region, or a Google resource name whose project a record
 * proves to be that of the key.
 */
export type JoinRule =
  | 'id'
  | 'alias'
  | 'name'
  | 'arn-without-suffix'
  | 'secret-name'
  | 'same-key'
  | 'access-key-id'
  | 'replica'
  | 'google-project';

/** How many records of a kind were joined to a key by a rule, or why they were not. */
export type JoinCount = {
  /** Kind of record. */
  kind: RecordKind;
  /** The rule; `ambiguous` if the name means several keys, `unknown` if the inventory has none. */
  rule: JoinRule | 'ambiguous' | 'unknown';
  /** Records. */
  records: number;
};

/** Subjects examined, by kind. */
export type SubjectCounts = { [K in SubjectKind]: number };

/** A reason why the run is incomplete. */
export type Incomplete = {
  /** What kind of thing is missing. */
  kind:
    | 'unreadable-input'
    | 'rejected-records'
    | 'unreadable-fields'
    | 'truncated-input'
    | 'policy-error'
    | 'nothing-evaluated'
    | 'report-not-written'
    | 'source-not-found';
  /** One sentence. */
  message: string;
};

/** What a merged pack was made of. */
export type MergedPacks = {
  /** The packs, in the order in which they were named. */
  packs: {
    /** Name of its folder: paths of its evidence begin with it. */
    name: string;
    /** SHA-256 of its assessment.json, lower-case hex. */
    assessmentSha256: string;
    /** Input files. */
    inputs: number;
    /** Subjects. */
    subjects: number;
  }[];
  /** Subjects that are in more than one pack. */
  shared: number;
  /** Subjects of which packs state different facts. A fact that only some state is taken as they state it; what they state differently is not stated, or true if a fact can only be true or false. */
  differing: number;
};

/** The whole document: what every renderer reads and the pack's contract. Holds no run clock, host, user or machine path. */
export type Assessment = {
  /** Version of this format. */
  schemaVersion: '1.0.0';
  /** The tool. */
  tool: {
    /** Always `keyproof`. */
    name: 'keyproof';
    /** Version. */
    version: string;
    /** SHA-256 over the sorted policy sources evaluated. */
    policyBundleSha256: string;
    /** SHA-256 over the sorted framework files used. */
    frameworksSha256: string;
  };
  /** The plan as carried out. */
  plan: {
    /** Name of the audited entity; the name of the folder that was read if neither keyproof.yaml nor the command states one. */
    organisation: string;
    /** True if neither keyproof.yaml nor the command states an organisation; absent otherwise. */
    unnamed?: boolean;
    /** Profile of its kind; null if keyproof.yaml names none. */
    profile: Profile | null;
    /** Where it is authorised, registered or established; empty if keyproof.yaml does not say. */
    jurisdictions: Jurisdiction[];
    /** As-of date, ISO date-time UTC. */
    asOf: string;
    /** Period, ISO dates UTC; null for a point in time. */
    period: {
      /** First moment. */
      from: string;
      /** Last moment. */
      to: string;
    } | null;
    /** Frameworks assessed. */
    frameworks: string[];
    /** Outputs asked for. */
    formats: OutputFormat[];
    /** Severity that makes the exit code 1. */
    failOn: Severity | 'none';
    /** How the documents are classified, at the foot of every printed page. */
    classification: string;
    /** Facts assumed for every subject whose record does not say, and those stated about the entity. */
    applicability: Partial<Applicability & EntityFacts>;
    /** Rules of keyproof.yaml that state facts of subjects by their ids, in its order; absent if there are none. */
    scope?: ScopeRule[];
    /** The same facts with what states them; those of the profile first. */
    facts: GivenFact[];
    /** The preset of every conflict between practices. */
    presets: ChosenPreset[];
    /** Days by when failures are to be mended, by severity: the suggested dates of `actions` rest on them. */
    due: { [S in Severity]: DueDays };
  };
  /** Set if codes stand instead of people, as reports for readers outside have it; the core of a pack never is. */
  redacted?: 'people';
  /** The packs that it was merged from; absent if it is an audit of its own. */
  merged?: MergedPacks;
  /** Why the run is incomplete; empty when it is complete. */
  incomplete: Incomplete[];
  /** Input files, sorted by path. */
  inputs: InputFile[];
  /** Population and completeness by record kind. */
  population: PopulationRow[];
  /** Inputs that are not whole; absent in packs written before it was kept. */
  partialInputs?: PartialInput[];
  /** Where the facts about the scope of subjects come from; absent in packs written before it was kept. */
  scope?: ScopeCount[];
  /** How records were joined to keys; absent in packs written before it was kept. */
  joins?: JoinCount[];
  /** Subjects examined. */
  subjects: SubjectCounts;
  /** All observations by outcome. */
  outcomes: OutcomeCounts;
  /** Failed observations by severity. */
  severities: SeverityCounts;
  /** Subjects by their failures: kinds with subjects, in the order of reports. */
  subjectFailures: SubjectFailures[];
  /** The plan of work: every rule that failed, by priority. */
  actions: Action[];
  /** What is missing, by what a person would supply: what decides most checks alone first. */
  missingEvidence: MissingEvidence[];
  /** What people wrote in the checklist that was given, sorted by id; absent if none was given. */
  followUps?: CarriedFollowUp[];
  /** What changed since the previous pack; absent if none was given. */
  changes?: PreviousChanges;
  /** Register of exceptions: every waiver with what it names, sorted by id. */
  exceptions: RegisteredWaiver[];
  /** Policies with their results, sorted by id. */
  policies: PolicyResult[];
  /** Frameworks with their findings, in plan order. */
  frameworks: FrameworkResult[];
  /** The gap checklist, worst first. */
  gaps: PoamItem[];
  /** Observations that failed, are waived, erred or lack evidence: at most 1,000 a policy (failed ones first, by severity, then subject id). All of them are in observations.parquet; all failed ones in findings.csv. */
  observations: JudgedObservation[];
};

/** What `audit --json` prints. */
export type AuditSummary = {
  /** Folder of the pack, as given; null if none was written. */
  output: string | null;
  /** Exit code. */
  exitCode: number;
  /** Why the run is incomplete. */
  incomplete: Incomplete[];
  /** Subjects examined. */
  subjects: SubjectCounts;
  /** Observations by outcome. */
  outcomes: OutcomeCounts;
  /** Failed observations by severity. */
  severities: SeverityCounts;
  /** What changed since the previous pack; absent if none was given. */
  changes?: PreviousChanges;
  /** Verdict counts by framework. */
  frameworks: {
    /** Framework. */
    id: string;
    /** Controls by verdict. */
    verdicts: { [V in Verdict]: number };
    /** Controls by state, as reports count them: observations apart from `insufficient-data`; they add up to `controls`. */
    states: { [S in CountedState]: number };
    /** Number of controls. */
    controls: number;
  }[];
};
